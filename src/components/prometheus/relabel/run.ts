// Runs prometheus.relabel: rules run once for each series, then a sample costs one read.

import type { Component, Context, Runner } from '../../../engine/component.ts'
import type { Fanout } from '../../../model/fanout.ts'
import {
  accepted,
  hasExited,
  type MissedChild,
  type Outcome,
  type PushContext,
} from '../../../model/receiver.ts'
import { Kind, type MetricsReceiver, type SampleBatch } from '../../../model/samples.ts'
import type { Arguments } from '../../../schema/declaration.ts'
import { RelabelRules } from '../../common/relabel/rules.ts'
import type { declaration } from '../relabel.ts'
import { Columns } from './columns.ts'
import { dropped, SeriesCache } from './series_cache.ts'

type D = typeof declaration

class Relabel implements Component<D>, MetricsReceiver {
  readonly id: string
  readonly #context: Context<D>
  readonly #fanout: Fanout<SampleBatch>
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
    this.#cache = this.#cacheOf(args)
    context.onCollect(() => this.#collect())
    context.publish({ receiver: this, rules: args.rule })
  }

  update(args: Arguments<D>): void {
    const cache = this.#cacheOf(args)
    this.#fanout.update(args.forward_to)
    this.#retire()
    this.#cache = cache
    this.#context.publish({ receiver: this, rules: args.rule })
  }

  async run(signal: AbortSignal): Promise<void> {
    const { clock } = this.#context
    while (!signal.aborted) {
      const idleMs = this.#ttlMs > 0 ? this.#ttlMs / 4 : 60_000
      await clock.sleep(idleMs, signal).catch(() => undefined)
      if (this.#ttlMs > 0 && !signal.aborted) this.#cache.expire(clock.now())
    }
    this.#hasExited = true
    this.#retire()
  }

  /** Hot: one read of the cache per sample; nothing is allocated but the batch itself. */
  push(batch: SampleBatch, context: PushContext): Outcome | Promise<Outcome> {
    if (this.#hasExited) throw hasExited(this.id)
    const cache = this.#cache
    const columns = this.#spare.pop() ?? new Columns()
    cache.startAt(this.#context.clock.now())
    const kept = relabel(batch, columns, cache)
    const floats = batch.length - (batch.histograms?.size ?? 0)
    this.#processed += floats
    if (kept === 0 && batch.metadata === undefined) {
      forgetStale(batch, cache)
      this.#spare.push(columns)
      return accepted
    }
    const relabeled = columns.batch(batch, kept, (id) => cache.outcome(id))
    this.#written += kept - (relabeled.histograms?.size ?? 0)
    let answer: Outcome | Promise<Outcome>
    try {
      answer = this.#fanout.push(relabeled, context)
    } catch (error) {
      this.#spare.push(columns)
      throw error
    } finally {
      // The push is under way, so the pool keeps the ids until it has settled.
      if (cache === this.#cache) forgetStale(batch, cache)
    }
    if (answer instanceof Promise) return this.#settled(answer, columns)
    const outcome = columns.outcome(answer)
    this.#spare.push(columns)
    return outcome
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

  /** Lets go of the cache, and keeps what it has counted. */
  #retire(): void {
    const { hits, misses, deletes, expired } = this.#cache
    this.#cache.clear()
    this.#before = {
      hits: this.#before.hits + hits,
      misses: this.#before.misses + misses,
      deletes: this.#before.deletes + deletes,
      expired: this.#before.expired + expired,
    }
    this.#cache.hits = 0
    this.#cache.misses = 0
    this.#cache.deletes = 0
    this.#cache.expired = 0
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

/** Fills the columns' series and rows; how many rows are kept. */
export function relabel(batch: SampleBatch, columns: Columns, cache: SeriesCache): number {
  const { length, series: incoming } = batch
  columns.reserve(length)
  const { series, rows } = columns
  let kept = 0
  for (let row = 0; row < length; row++) {
    const outcome = cache.outcome(incoming[row]!)
    if (outcome === dropped) continue
    series[kept] = outcome
    rows[kept++] = row
  }
  return kept
}

/** A series that has ended is not expected again. */
function forgetStale({ length, kinds, series }: SampleBatch, cache: SeriesCache): void {
  for (let row = 0; row < length; row++) if (kinds[row] === Kind.stale) cache.forget(series[row]!)
}

export default { open: (context, args) => new Relabel(context, args) } satisfies Runner<D>
