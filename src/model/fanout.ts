// The only fan-out, and the only place that pushes again: every `forward_to` and `output` is one.

import assert from 'node:assert'
import type { Clock } from './clock.ts'
import { Delivery, type Edge, type EdgeCounts, offer } from './delivery.ts'
import type { Logger } from './logger.ts'
import type { PushLedger } from './push_ledger.ts'
import { accepted, type Outcome, type PushContext, type Receiver, Refused } from './receiver.ts'

export interface FanoutOptions<B> {
  /** Of the component that forwards. */
  readonly id: string
  readonly clock: Clock
  readonly logger: Logger
  /** The ledger of the engine's `LabelPool`, for batches that name label sets. */
  readonly pushes?: PushLedger
  /**
   * Keeps what a batch names until the returned function is called. Called when a child is stuck,
   * so that the ledger need not wait for it: its batch keeps what it names, and nothing else.
   */
  readonly keep?: (batch: B) => () => void
  /** The rows of a batch that the forwarding counters count. */
  readonly rows: (batch: B) => number
  /** All that a batch carries, as rates over edges count; `rows` where absent. */
  readonly items?: (batch: B) => number
  /** Called with the time a push took until it settled, in seconds. */
  readonly observeLatency?: (seconds: number) => void
  /** In tests: a sum over the columns, which no receiver may change during a push. */
  readonly checksum?: (batch: B) => number
}

/**
 * Offers every batch to all children at once and settles when all have settled. Children that
 * refuse for now are offered the batch again until the push's signal fires; the others are not
 * offered it twice. Rejects if no child can have taken the batch, else resolves and names the
 * children missed. Where one of them is `stuck`, it may still read the columns: the caller leaves
 * them alone and takes fresh ones. No children: batches are accepted and vanish.
 */
export class Fanout<B> implements Receiver<B> {
  readonly id: string
  /** Rows that at least one child took. */
  forwardedRows = 0
  readonly #options: FanoutOptions<B>
  readonly #counts = new Map<string, EdgeCounts>()
  #edges: readonly Edge<B>[] = []
  #taps: readonly ((batch: B) => void)[] = []

  constructor(options: FanoutOptions<B>, children: readonly Receiver<B>[]) {
    this.id = options.id
    this.#options = options
    this.update(children)
  }

  /**
   * Swaps the children for the pushes to come. Those already offered finish on the old list; but
   * what a child that left has not taken goes to those that came since, if there are any.
   */
  update(children: readonly Receiver<B>[]): void {
    const known = new Map(this.#edges.map((edge) => [edge.receiver, edge]))
    // A component that failed to build exports no receiver: what refers to it holds undefined.
    const present = children.filter((child) => child !== undefined && child !== null)
    this.#edges = present.map(
      (receiver) =>
        known.get(receiver) ?? { receiver, counts: this.#countsOf(receiver.id), stuckPushes: 0 },
    )
  }

  /** Counts of all edges since the start, by the receiver's id. Those that left stay. */
  get edges(): readonly EdgeCounts[] {
    return [...this.#counts.values()]
  }

  /** Ids of the children, in order. */
  get children(): readonly string[] {
    return this.#edges.map((edge) => edge.receiver.id)
  }

  /** Whether a child has that id. */
  feeds(id: string): boolean {
    const edges = this.#edges
    for (let i = 0; i < edges.length; i++) if (edges[i]!.receiver.id === id) return true
    return false
  }

  /**
   * Shows `tap` every batch before it is offered, until the returned function is called. The batch
   * is borrowed during that call; a tap copies what it wants.
   */
  watch(tap: (batch: B) => void): () => void {
    this.#taps = [...this.#taps, tap]
    return () => {
      this.#taps = this.#taps.filter((other) => other !== tap)
    }
  }

  /** Hot: once per batch; allocates nothing where all children accept at once. */
  push(batch: B, context: PushContext): Outcome | Promise<Outcome> {
    for (const tap of this.#taps) tap(batch)
    const edges = this.#edges
    if (edges.length === 0) return accepted
    if (context.signal.aborted) {
      throw new Refused(`${this.id} gave up a push before it began`, { permanent: false })
    }
    const { clock, logger, pushes, keep, checksum } = this.#options
    const start = clock.monotonic()
    const check = checksum && borrowed(batch, checksum)
    const half = pushes?.begun() ?? 0
    const rows = this.#options.rows(batch)
    const items = this.#options.items?.(batch) ?? rows
    let delivery: Delivery<B> | undefined
    for (let i = 0; i < edges.length; i++) {
      const edge = edges[i]!
      const answer = offer(edge, batch, context)
      if (answer === accepted && delivery === undefined) {
        edge.counts.pushes++
        edge.counts.rows += rows
        edge.counts.items += items
        continue
      }
      delivery ??= new Delivery({
        clock,
        logger,
        batch,
        context,
        rows,
        items,
        edges,
        current: () => this.#edges,
        taken: i,
        check,
        keep,
        settled: (isTaken) => this.#settled(start, isTaken ? rows : 0),
        released: () => pushes?.settled(half),
      })
      delivery.add(edge, answer)
    }
    if (delivery !== undefined) return delivery.outcome()
    check?.()
    pushes?.settled(half)
    this.#settled(start, rows)
    return accepted
  }

  #settled(start: number, rows: number): void {
    this.forwardedRows += rows
    this.#options.observeLatency?.((this.#options.clock.monotonic() - start) / 1000)
  }

  #countsOf(id: string): EdgeCounts {
    let counts = this.#counts.get(id)
    if (counts === undefined) {
      counts = { id, pushes: 0, rows: 0, items: 0, retries: 0, refused: 0, exited: 0, stuck: 0 }
      this.#counts.set(id, counts)
    }
    return counts
  }
}

/** Asserts when called that the batch is still what it is now. */
function borrowed<B>(batch: B, checksum: (batch: B) => number): () => void {
  const sum = checksum(batch)
  return () => assert(checksum(batch) === sum, 'a borrowed batch was changed during a push')
}
