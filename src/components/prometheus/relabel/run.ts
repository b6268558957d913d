// Runs prometheus.relabel: rules run once for each series, then a sample costs one read.

import type { Component, Context, Runner } from '../../../engine/component.ts'
import type { DebugTap } from '../../../engine/live_debug.ts'
import { Slice } from '../../../engine/slice.ts'
import type { Fanout } from '../../../model/fanout.ts'
import {
  accepted,
  hasExited,
  type MissedChild,
  type Outcome,
  type PushContext,
  Refused,
} from '../../../model/receiver.ts'
import { Kind, type MetricsReceiver, type SampleBatch } from '../../../model/samples.ts'
import type { Arguments } from '../../../schema/declaration.ts'
import { RelabelRules } from '../../common/relabel/rules.ts'
import type { declaration } from '../relabel.ts'
import { Columns } from './columns.ts'
import { SeriesCache } from './series_cache.ts'

type D = typeof declaration

/** Series that take some 0.3 ms to forget. */
const seriesPerStep = 1000

class Relabel implements Component<D>, MetricsReceiver {
  readonly id: string
  readonly #context: Context<D>
  readonly #fanout: Fanout<SampleBatch>
  readonly #tap: DebugTap
  #cache: SeriesCache
  #ttlMs = 0
  /** Columns that no push uses. */
  readonly #spare: Columns[] = []
  #hasExited = false
  #processed = 0
  #written = 0
  /** What earlier caches had counted. */
  #before = { hits: 0, misses: 0, deletes: 0, expired: 0 }

  constructor(context: Context<D>, args: Arguments<D>) {
    this.id = context.id
    this.#context = context
    this.#fanout = context.metricsFanout(args.forward_to)
    this.#tap = context.debugTap()
    this.#cache = this.#cacheOf(args)
    context.onCollect(() => this.#collect())
    context.publish({ receiver: this, rules: args.rule })
  }

  update(args: Arguments<D>): void {
    const cache = this.#cacheOf(args)
    this.#fanout.update(args.forward_to)
    const before = this.#cache
    this.#cache = cache
    void this.#retire(before)
    this.#context.publish({ receiver: this, rules: args.rule })
  }

  async run(signal: AbortSignal): Promise<void> {
    const { clock } = this.#context
    while (!signal.aborted) {
      const idleMs = this.#ttlMs > 0 ? this.#ttlMs / 4 : 60_000
      await clock.sleep(idleMs, signal).catch(() => undefined)
      if (this.#ttlMs > 0 && !signal.aborted) await this.#expire()
    }
    this.#hasExited = true
    const before = this.#cache
    this.#cache = before.successor()
    await this.#retire(before)
  }

  async #expire(): Promise<void> {
    const slice = new Slice()
    const cache = this.#cache
    cache.startExpiry(this.#context.clock.now())
    while (!cache.expire(seriesPerStep)) if (slice.due()) await slice.pause()
  }

  /** Hot: one read of the cache per sample; nothing is allocated but the batch itself. */
  push(batch: SampleBatch, context: PushContext): Outcome | Promise<Outcome> {
    if (this.#hasExited) throw hasExited(this.id)
    const columns = this.#spare.pop() ?? new Columns()
    const slice = new Slice()
    const cache = this.#cache
    cache.startAt(this.#context.clock.now())
    columns.begin(batch)
    if (!columns.relabel(batch, cache, slice)) {
      return this.#pushInSlices(batch, context, columns, slice)
    }
    const answer = this.#forward(batch, context, columns, cache)
    const forgotten = forgetStale(batch, cache, 0, slice)
    if (forgotten === batch.length) return answer
    return both(answer, this.#forgetInSlices(batch, cache, forgotten, slice))
  }

  /** What a push does that has many series to work out: the event loop turns in between. */
  async #pushInSlices(
    batch: SampleBatch,
    context: PushContext,
    columns: Columns,
    slice: Slice,
  ): Promise<Outcome> {
    const { pushes } = this.#context.pool
    // From here to the Fanout's own push the ids of the results have nobody else to keep them.
    const half = pushes.begun()
    let cache = this.#cache
    try {
      do {
        await slice.pause()
        if (this.#hasExited) throw hasExited(this.id)
        if (context.signal.aborted) {
          throw new Refused(`${this.id} was not done in time`, { permanent: false })
        }
        if (cache !== this.#cache) {
          // An update has brought other rules, which hold for all rows or none.
          cache = this.#cache
          cache.startAt(this.#context.clock.now())
          columns.begin(batch)
        }
      } while (!columns.relabel(batch, cache, slice))
      const answer = this.#forward(batch, context, columns, cache)
      return await both(answer, this.#forgetInSlices(batch, cache, 0, slice))
    } finally {
      pushes.settled(half)
    }
  }

  /** Hands on the rows that are kept. */
  #forward(
    batch: SampleBatch,
    context: PushContext,
    columns: Columns,
    cache: SeriesCache,
  ): Outcome | Promise<Outcome> {
    const { kept } = columns
    if (this.#tap.isWatched) this.#show(batch, columns)
    this.#processed += batch.length - (batch.histograms?.size ?? 0)
    if (kept === 0 && batch.metadata === undefined) {
      this.#spare.push(columns)
      return accepted
    }
    const relabeled = columns.batch(batch, (id) => cache.outcome(id))
    this.#written += kept - (relabeled.histograms?.size ?? 0)
    let answer: Outcome | Promise<Outcome>
    try {
      answer = this.#fanout.push(relabeled, context)
    } catch (error) {
      this.#spare.push(columns)
      forgetStale(batch, cache, 0)
      throw error
    }
    if (answer instanceof Promise) return this.#settled(answer, columns)
    const outcome = columns.outcome(answer)
    this.#spare.push(columns)
    return outcome
  }

  /** What becomes of each row, whether it is kept or not. */
  #show(batch: SampleBatch, { kept, rows, series }: Columns): void {
    let at = 0
    this.#tap.show(batch.length, (row, printer) => {
      while (at < kept && rows[at]! < row) at++
      const after = at < kept && rows[at] === row ? printer.series(series[at]!) : '{}'
      return `${printer.series(batch.series[row]!)} => ${after}`
    })
  }

  async #forgetInSlices(
    batch: SampleBatch,
    cache: SeriesCache,
    from: number,
    slice: Slice,
  ): Promise<void> {
    let row = from
    while (cache === this.#cache) {
      row = forgetStale(batch, cache, row, slice)
      if (row === batch.length) return
      await slice.pause()
    }
  }

  async #settled(answer: Promise<Outcome>, columns: Columns): Promise<Outcome> {
    let missed: readonly MissedChild[] = []
    try {
      const outcome = columns.outcome(await answer)
      missed = outcome.missed
      return outcome
    } finally {
      // A stuck receiver may still read the columns.
      if (!missed.some(({ stuck }) => stuck)) this.#spare.push(columns)
    }
  }

  #cacheOf({ rule, max_cache_size, cache_ttl }: Arguments<D>): SeriesCache {
    this.#ttlMs = cache_ttl
    const rules = new RelabelRules(rule, { legacyNames: true })
    const bounds = { sizeMax: Number(max_cache_size), ttlMs: cache_ttl }
    return new SeriesCache(this.#context.pool, rules, bounds)
  }

  /** Lets go of a cache that pushes use no more, and keeps what it has counted. */
  async #retire(cache: SeriesCache): Promise<void> {
    const { hits, misses, expired, deletes } = cache
    this.#before.hits += hits
    this.#before.misses += misses
    this.#before.expired += expired
    this.#before.deletes += deletes + cache.size
    const slice = new Slice()
    do await slice.pause()
    while (!cache.clear(seriesPerStep))
  }

  #collect(): void {
    const { metrics } = this.#context
    metrics.processed.set(this.#processed)
    metrics.written.set(this.#written)
    metrics.cacheHits.set(this.#before.hits + this.#cache.hits)
    metrics.cacheMisses.set(this.#before.misses + this.#cache.misses)
    metrics.cacheDeletes.set(this.#before.deletes + this.#cache.deletes)
    metrics.cacheTtlEvictions.set(this.#before.expired + this.#cache.expired)
    metrics.cacheSize.set(this.#cache.size)
  }
}

/** The answer of a push, once nothing more is read of its batch. */
async function both(
  answer: Outcome | Promise<Outcome>,
  forgetting: Promise<void>,
): Promise<Outcome> {
  const [settled] = await Promise.allSettled([answer, forgetting])
  if (settled.status === 'rejected') throw settled.reason
  return settled.value
}

/**
 * A series that has ended is not expected again. Begins at a row, ends where the slice is over, and
 * returns the row after the last.
 */
function forgetStale(batch: SampleBatch, cache: SeriesCache, from: number, slice?: Slice): number {
  const { length, kinds, series } = batch
  let row = from
  while (row < length) {
    const until = Math.min(row + 1024, length)
    for (; row < until; row++) if (kinds[row] === Kind.stale) cache.forget(series[row]!)
    if (slice?.due()) break
  }
  return row
}

export default { open: (context, args) => new Relabel(context, args) } satisfies Runner<D>
