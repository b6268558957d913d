// One batch on its way to the children of a Fanout, where not all took it at once.

import { setMaxListeners } from 'node:events'
import type { Clock } from './clock.ts'
import type { Logger } from './logger.ts'
import {
  type MissedChild,
  type Outcome,
  type PushContext,
  type Receiver,
  Refused,
  type RefusedRow,
  stuckAfterMs,
} from './receiver.ts'

/** What went over one edge of the graph. Plain counts, read when metrics are collected. */
export interface EdgeCounts {
  /** Of the receiver. */
  readonly id: string
  /** Pushes that the receiver took, and their rows. */
  pushes: number
  rows: number
  /** All that they carried: histograms, exemplars and metadata too. */
  items: number
  /** Offers after a refusal that was not permanent. */
  retries: number
  /** Pushes given up, by what the receiver did. */
  refused: number
  exited: number
  stuck: number
}

/** One receiver of the list, and what is known of it. */
export interface Edge<B> {
  readonly receiver: Receiver<B>
  readonly counts: EdgeCounts
  /** Pushes given up that it may still be reading. It is offered nothing meanwhile. */
  stuckPushes: number
}

const backoffMinMs = 30
const backoffMaxMs = 5000

/** An answer, or what was thrown instead of one. */
export type Answer = Outcome | Promise<Outcome> | { readonly error: unknown }

export function offer<B>(edge: Edge<B>, batch: B, context: PushContext): Answer {
  if (edge.stuckPushes > 0) return stillStuck(edge)
  try {
    return edge.receiver.push(batch, context)
  } catch (error) {
    return { error }
  }
}

/** What a child that may still be reading earlier batches gets to say. */
function stillStuck<B>(edge: Edge<B>): Answer {
  const message = `${edge.receiver.id} has not answered an earlier push`
  return { error: new Refused(message, { permanent: true, stuck: true }) }
}

export interface DeliveryOptions<B> {
  readonly clock: Clock
  readonly logger: Logger
  readonly batch: B
  readonly context: PushContext
  /** Of the batch, as the counters count. */
  readonly rows: number
  readonly items: number
  /** The list that the batch is offered to. */
  readonly edges: readonly Edge<B>[]
  /** The list by now. */
  readonly current: () => readonly Edge<B>[]
  /** Children that took the batch before. */
  readonly taken: number
  /** In tests: asserts that the batch is as it was. */
  readonly check: (() => void) | undefined
  /** Called once when the push settles: whether a child took the batch. */
  readonly settled: (isTaken: boolean) => void
  /** Keeps what the batch names, for children that are stuck, until they have answered. */
  readonly keep: ((batch: B) => () => void) | undefined
  /** Called once when no child can read what is not kept any more, which may be later. */
  readonly released: () => void
}

/** A child that has not settled. */
interface Attempt<B> {
  readonly edge: Edge<B>
  /** How often others had taken over when it began. */
  readonly generation: number
  tries: number
  /** Set while it waits to be offered the batch again. */
  waiting?: { readonly cancel: () => void; readonly refusal: Refused }
  /** It is not waited for any more. */
  givenUp: boolean
}

export class Delivery<B> {
  readonly #options: DeliveryOptions<B>
  readonly #pending = new Set<Attempt<B>>()
  /** Those that were offered the batch. */
  readonly #offered: Set<Receiver<B>>
  /** How often children that came since have taken over from some that left. */
  #generation = 0
  /** Children given up that have not answered. */
  #late = 0
  #taken: number
  readonly #missed: MissedChild[] = []
  readonly #refusals: unknown[] = []
  readonly #refusedRows = new Map<number, RefusedRow>()
  #settle: { resolve: (outcome: Outcome) => void; reject: (error: unknown) => void } | undefined
  #cancelGivingUp: (() => void) | undefined
  /** Called when the last child has answered late. */
  #letGo = () => {}

  constructor(options: DeliveryOptions<B>) {
    this.#options = options
    this.#taken = options.taken
    this.#offered = new Set(options.edges.map(({ receiver }) => receiver))
  }

  /** Adds a child that was offered the batch. */
  add(edge: Edge<B>, answer: Answer): void {
    const generation = this.#generation
    const attempt: Attempt<B> = { edge, generation, tries: 0, givenUp: false }
    this.#pending.add(attempt)
    this.#answered(attempt, answer)
  }

  /** What the push answers, once all children were added. Throws `Refused` if nobody took it. */
  outcome(): Outcome | Promise<Outcome> {
    if (this.#pending.size === 0) return this.#finish()
    const { signal } = this.#options.context
    return new Promise((resolve, reject) => {
      this.#settle = { resolve, reject }
      // Every push that waits listens; a source has many of them under one signal.
      setMaxListeners(0, signal)
      signal.addEventListener('abort', this.#stop, { once: true })
      if (signal.aborted) this.#stop()
    })
  }

  #answered(attempt: Attempt<B>, answer: Answer): void {
    if ('error' in answer) this.#failed(attempt, answer.error)
    else if (!(answer instanceof Promise)) this.#took(attempt, answer)
    else {
      answer.then(
        (outcome) => this.#took(attempt, outcome),
        (error: unknown) => this.#failed(attempt, error),
      )
    }
  }

  #took(attempt: Attempt<B>, outcome: Outcome): void {
    const { counts } = attempt.edge
    counts.pushes++
    counts.rows += this.#options.rows - outcome.refused.length
    counts.items += this.#options.items - outcome.refused.length
    if (attempt.givenUp) {
      this.#cameLate(attempt)
      return
    }
    this.#taken++
    for (const refused of outcome.refused) {
      if (!this.#refusedRows.has(refused.row)) this.#refusedRows.set(refused.row, refused)
    }
    this.#missed.push(...outcome.missed)
    this.#done(attempt)
  }

  #failed(attempt: Attempt<B>, error: unknown): void {
    const { context, clock } = this.#options
    if (attempt.givenUp) {
      this.#cameLate(attempt)
      return
    }
    const mayGoOn = error instanceof Refused && !context.signal.aborted
    if (mayGoOn && (error.exited || !error.permanent) && this.#handOver(attempt)) return
    if (!mayGoOn || error.permanent) {
      this.#miss(attempt, error)
      return
    }
    const backoffMs = Math.min(backoffMinMs * 2 ** attempt.tries, backoffMaxMs)
    attempt.tries++
    attempt.edge.counts.retries++
    const cancel = clock.after(error.retryAfterMs ?? backoffMs, () => {
      delete attempt.waiting
      if (this.#handOver(attempt)) return
      this.#answered(attempt, offer(attempt.edge, this.#options.batch, context))
    })
    attempt.waiting = { cancel, refusal: error }
  }

  /**
   * A child that has left the list without taking the batch leaves it to those that came since:
   * two reloads in a row may replace a writer before it has begun to run. Whether there are any.
   */
  #handOver(attempt: Attempt<B>): boolean {
    const current = this.#options.current()
    if (current.some(({ receiver }) => receiver === attempt.edge.receiver)) return false
    const successors = current.filter(({ receiver }) => !this.#offered.has(receiver))
    if (successors.length > 0) {
      const { batch, context } = this.#options
      this.#generation++
      for (const { receiver } of successors) this.#offered.add(receiver)
      for (const edge of successors) this.add(edge, offer(edge, batch, context))
    }
    if (attempt.generation === this.#generation) return false
    this.#offered.delete(attempt.edge.receiver)
    this.#done(attempt)
    return true
  }

  #miss(attempt: Attempt<B>, error: unknown): void {
    const { receiver, counts } = attempt.edge
    if (error instanceof Refused) {
      if (error.exited) counts.exited++
      else if (error.stuck) counts.stuck++
      else counts.refused++
    } else {
      counts.refused++
      const fields = { receiver: receiver.id, err: error instanceof Error ? error : String(error) }
      this.#options.logger.log('error', 'receiver failed on a batch', fields)
    }
    const reason = error instanceof Error ? error.message : String(error)
    this.#missed.push({ id: receiver.id, reason, stuck: false })
    this.#refusals.push(error)
    this.#done(attempt)
  }

  /** The push's signal has fired: nothing is offered again, what is under way has a second left. */
  readonly #stop = (): void => {
    for (const attempt of this.#pending) {
      if (attempt.waiting === undefined) continue
      attempt.waiting.cancel()
      this.#miss(attempt, attempt.waiting.refusal)
    }
    if (this.#pending.size === 0) return
    this.#cancelGivingUp = this.#options.clock.after(stuckAfterMs, () => this.#giveUp())
  }

  #giveUp(): void {
    for (const attempt of this.#pending) {
      const { receiver, counts } = attempt.edge
      attempt.givenUp = true
      attempt.edge.stuckPushes++
      counts.stuck++
      this.#late++
      const reason = `${receiver.id} has not answered within ${stuckAfterMs} ms after the deadline`
      this.#missed.push({ id: receiver.id, reason, stuck: true })
      this.#options.logger.log('error', 'receiver is stuck, it gets nothing until it answers', {
        receiver: receiver.id,
      })
    }
    for (const attempt of [...this.#pending]) this.#done(attempt)
  }

  #cameLate(attempt: Attempt<B>): void {
    attempt.edge.stuckPushes--
    if (--this.#late === 0) this.#letGo()
  }

  #done(attempt: Attempt<B>): void {
    this.#pending.delete(attempt)
    if (this.#pending.size > 0 || this.#settle === undefined) return
    this.#cancelGivingUp?.()
    this.#options.context.signal.removeEventListener('abort', this.#stop)
    try {
      this.#settle.resolve(this.#finish())
    } catch (error) {
      this.#settle.reject(error)
    }
  }

  #finish(): Outcome {
    const { keep, batch, released, check, settled } = this.#options
    if (this.#late === 0) {
      released()
      check?.()
    } else if (keep === undefined) this.#letGo = released
    else {
      this.#letGo = keep(batch)
      released()
    }
    // What a stuck child took is unknown, so the batch must not be pushed again.
    const isTaken = this.#taken > 0
    settled(isTaken)
    if (!isTaken && this.#late === 0) throw this.#refusal()
    return { refused: [...this.#refusedRows.values()], missed: this.#missed }
  }

  /** For nobody took the batch: may it be pushed again, and when? */
  #refusal(): Refused {
    const refusals = this.#refusals
    const messages = new Set(refusals.map((e) => (e instanceof Error ? e.message : String(e))))
    const open = refusals
      .filter((error) => error instanceof Refused)
      .filter((error) => !error.permanent || error.stuck)
    const retryAfterMs = Math.max(...open.map((error) => error.retryAfterMs ?? 0))
    return new Refused([...messages].join('; '), {
      permanent: open.length === 0,
      exited: refusals.every((error) => error instanceof Refused && error.exited),
      ...(retryAfterMs > 0 ? { retryAfterMs } : {}),
      ...(refusals.length === 1 ? { cause: refusals[0] } : {}),
    })
  }
}
