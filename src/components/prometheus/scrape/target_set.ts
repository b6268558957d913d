// The loops of one component, one for each target of the list that holds at the moment. Lists may
// have thousands of targets, so that all of this is done in slices.

import { Stopped } from '../../../engine/component.ts'
import { describe } from '../../../engine/describe.ts'
import { nextTurn, Slice } from '../../../engine/slice.ts'
import type { Target } from '../../../model/targets.ts'
import type { LoopHost } from './loop_host.ts'
import { TargetLoop } from './target_loop.ts'
import { buildTarget, type ScrapeTarget, type TargetDefaults } from './targets.ts'

/** What the arguments say of targets. */
export interface TargetList {
  readonly discovered: readonly Target[]
  readonly defaults: TargetDefaults
  /** 0: none. */
  readonly limit: number
  /** Loops that were started under a lower number have other series: they are replaced. */
  readonly generation: number
  /** Called when the list holds. */
  readonly applied: () => void
}

interface Entry {
  readonly loop: TargetLoop
  readonly generation: number
}

/** For so long newer lists replace those that are still being taken over. */
const replaceableMs = 5000

export class TargetSet {
  readonly #host: LoopHost
  readonly #entries = new Map<string, Entry>()
  /** Targets that have left the list and whose series are to become stale; what ends their wait. */
  readonly #leaving = new Map<Promise<void>, AbortController>()
  #next: TargetList | undefined
  /** Since when the last list does not hold yet. */
  #behindSinceMs = 0
  #isSyncing = false
  #hasEnded = false

  constructor(host: LoopHost) {
    this.#host = host
  }

  get size(): number {
    return this.#entries.size
  }

  get loops(): TargetLoop[] {
    return Array.from(this.#entries.values(), ({ loop }) => loop)
  }

  /**
   * Makes these the targets, a short list at once. A newer one takes the place of a list that does
   * not hold yet; at the latest after five seconds, one is taken over to its end before the next.
   */
  sync(list: TargetList): void {
    if (this.#next === undefined && !this.#isSyncing) {
      this.#behindSinceMs = this.#host.context.clock.monotonic()
    }
    this.#next = list
    if (!this.#isSyncing) void this.#syncAll()
  }

  /** Ends all loops, their series too where the component was removed. */
  async end(why: Stopped['why']): Promise<void> {
    this.#hasEnded = true
    const slice = new Slice()
    const ends: Promise<void>[] = []
    const { loops } = this
    this.#entries.clear()
    for (const loop of loops) {
      ends.push(this.#end(loop, why))
      if (slice.due()) await slice.pause()
    }
    await Promise.all(ends)
    for (const hurry of [...this.#leaving.values()]) {
      hurry.abort(new Stopped(why))
      if (slice.due()) await slice.pause()
    }
    await Promise.all(this.#leaving.keys())
  }

  async #syncAll(): Promise<void> {
    const { clock } = this.#host.context
    this.#isSyncing = true
    while (this.#next !== undefined && !this.#hasEnded) {
      const list = this.#next
      this.#next = undefined
      const answer = this.#apply(list)
      const isWhole = answer instanceof Promise ? await answer : answer
      if (!isWhole) continue
      this.#behindSinceMs = clock.monotonic()
      list.applied()
    }
    this.#isSyncing = false
  }

  /** Whether it was taken over to its end. */
  #apply(list: TargetList): boolean | Promise<boolean> {
    const steps = this.#steps(list)
    const slice = new Slice()
    while (steps.next().done !== true) if (slice.due()) return this.#goOn(steps, slice)
    return true
  }

  async #goOn(steps: Iterator<void>, slice: Slice): Promise<boolean> {
    const { clock } = this.#host.context
    do {
      if (!slice.due()) continue
      await slice.pause()
      if (this.#hasEnded) return false
      const behindMs = clock.monotonic() - this.#behindSinceMs
      if (this.#next !== undefined && behindMs < replaceableMs) return false
    } while (steps.next().done !== true)
    return true
  }

  /** Until all targets are built everything stays as it is; then loops go and come one by one. */
  *#steps(list: TargetList): Generator<void> {
    const wanted = new Map<string, ScrapeTarget>()
    for (const discovered of list.discovered) {
      const target = this.#build(discovered, list.defaults)
      if (target !== undefined) wanted.set(target.key, target)
      yield
    }
    this.#checkLimit(wanted.size, list.limit)
    const start = (key: string, target: ScrapeTarget) => {
      const loop = new TargetLoop(this.#host, target)
      this.#entries.set(key, { loop, generation: list.generation })
    }
    for (const [key, { loop, generation }] of [...this.#entries]) {
      const target = wanted.get(key)
      if (target !== undefined && generation === list.generation) continue
      this.#leave(loop)
      if (target === undefined) this.#entries.delete(key)
      else start(key, target)
      yield
    }
    for (const [key, target] of wanted) {
      const entry = this.#entries.get(key)
      if (entry === undefined) start(key, target)
      else entry.loop.update(target)
      yield
    }
  }

  #build(discovered: Target, defaults: TargetDefaults): ScrapeTarget | undefined {
    const { metrics, logger, program } = this.#host.context
    try {
      return buildTarget(discovered, defaults, program.hostname)
    } catch (error) {
      metrics.syncFailed.labels({ scrape_job: defaults.jobName }).inc()
      logger.log('error', 'cannot scrape a target', { err: describe(error) })
      return undefined
    }
  }

  #checkLimit(count: number, limit: number): void {
    const host = this.#host
    const isOver = limit > 0 && count > limit
    if (isOver && host.forced === undefined) host.context.metrics.exceededTargetLimit.inc()
    host.forced = isOver
      ? new Error(`target_limit exceeded (number of targets: ${count}, limit: ${limit})`)
      : undefined
  }

  async #end(loop: TargetLoop, why: Stopped['why']): Promise<void> {
    await loop.stop()
    // Thousands end together: each has its turn.
    await nextTurn()
    if (why === 'removed') await loop.markStale(this.#host.context.clock.now())
    else await loop.forget()
  }

  /** The series of a target that left become stale once no successor can be expected. */
  #leave(loop: TargetLoop): void {
    const hurry = new AbortController()
    const leaving = this.#waitAndMark(loop, hurry.signal).finally(() => {
      this.#leaving.delete(leaving)
    })
    this.#leaving.set(leaving, hurry)
  }

  async #waitAndMark(loop: TargetLoop, hurry: AbortSignal): Promise<void> {
    const { clock, logger } = this.#host.context
    await loop.stop()
    const { time, dueMs } = loop.staleAtMs
    await loop.settle()
    let endTime = time
    try {
      await clock.sleep(Math.max(0, dueMs - clock.now()), hurry)
    } catch (reason) {
      await nextTurn()
      const isRemoved = reason instanceof Stopped && reason.why === 'removed'
      if (!isRemoved) return loop.forget()
      endTime = clock.now()
    }
    try {
      await loop.markStale(Math.round(endTime))
    } catch (error) {
      logger.log('error', 'cannot end the series of a target', { err: describe(error) })
      await loop.forget()
    }
  }
}
