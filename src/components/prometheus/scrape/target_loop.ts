// One target, scraped again and again: its phase, its series, its markers when it is gone.
// Source of the behaviour: prometheus/scrape/scrape.go, scrapeLoop.

import { describe } from '../../../engine/describe.ts'
import { nextTurn, Slice } from '../../../engine/slice.ts'
import type { TargetStatus } from '../../../engine/target_state.ts'
import { formatDurationNs, nsOfMs } from '../../../go/duration.ts'
import { type Outcome, Refused } from '../../../model/receiver.ts'
import { Kind, type SampleBatch } from '../../../model/samples.ts'
import { ScrapeCache } from '../../../wire/exposition/scrape_cache.ts'
import { ScrapeRows } from '../../../wire/exposition/scrape_rows.ts'
import { TargetExemplars } from './exemplars.ts'
import { LabelLimitError, SampleLimitError } from './labels.ts'
import { type LoopHost, statusOf } from './loop_host.ts'
import { TargetMetadata } from './metadata.ts'
import { BodySizeError, fetchPage } from './page.ts'
import { reportNames, reportValues } from './report.ts'
import { TargetSeries } from './series.ts'
import type { ScrapeTarget } from './targets.ts'

/** What goes with the rows, where there is any. */
interface PushedBeside {
  readonly exemplars?: SampleBatch['exemplars'] | undefined
  readonly metadata?: SampleBatch['metadata'] | undefined
}

/** Samples further ahead than this are not taken. */
const futureMaxMs = 10 * 60_000
/** Lines between two looks at the clock: 0.1 ms where they are known, 3 ms where all are new. */
const linesPerStep = 500
/** Entries of the cache that take some 0.1 ms to settle. */
const entriesPerStep = 4000
/** Rows that may take receivers a slice of their own, though they know all series. */
const manyRows = 10_000
/** What a push has at least, however short the interval. */
const pushMinMs = 250
/** What the last push has, that of the markers: no scrape is due, but somebody waits for it. */
const lastPushMs = 5000

export class TargetLoop {
  status: TargetStatus = { health: 'unknown', lastError: '', lastScrapeMs: 0, lastDurationMs: 0 }
  readonly metadata = new TargetMetadata()
  #target: ScrapeTarget
  readonly #host: LoopHost
  readonly #series: TargetSeries
  readonly #cache: ScrapeCache
  readonly #exemplars = new TargetExemplars()
  #reports: readonly number[] = []
  /** Series that await their end, held on their own. */
  #ending: readonly number[] = []
  #rows = new ScrapeRows()
  /** Of the rows; 0, which is a float, wherever no row under way is stale. */
  #kinds = new Uint8Array(0)
  #stale: number[] = []
  readonly #isStale = (id: number) => this.#stale.push(id)
  #lastTick = 0
  #lastStartMs: number | undefined
  readonly #control = new AbortController()
  #wake = new AbortController()
  readonly #finished: Promise<void>

  constructor(host: LoopHost, target: ScrapeTarget) {
    this.#host = host
    this.#target = target
    this.#series = new TargetSeries({
      pool: host.context.pool,
      holders: host.holders,
      labels: target.labels,
      rules: host.settings.rules,
      metadata: this.metadata,
      released: (id) => this.#exemplars.forget(id),
    })
    this.#cache = new ScrapeCache(this.#series)
    this.#finished = this.#run()
  }

  get target(): ScrapeTarget {
    return this.#target
  }

  /** The same target with another rhythm: goes on with what it knows. */
  update(target: ScrapeTarget): void {
    const { intervalMs, timeoutMs } = this.#target
    if (target.intervalMs === intervalMs && target.timeoutMs === timeoutMs) return
    this.#target = target
    this.#wake.abort()
  }

  /** Ends the scrape under way. What was exposed stays known until `forget` or `markStale`. */
  async stop(): Promise<void> {
    this.#control.abort()
    this.#wake.abort()
    await this.#finished
  }

  /**
   * After `stop`: lets go of series that it does not expose, as after a scrape that failed. Others
   * that end them would take them for its own, and leave their end to it.
   */
  async settle(): Promise<void> {
    const exposed: number[] = []
    this.#cache.rollback((id) => exposed.push(id))
    for (const id of exposed) this.#series.keep(id)
    this.#ending = exposed
    const slice = new Slice()
    while (!this.#cache.clear(linesPerStep)) if (slice.due()) await slice.pause()
  }

  /** When a target that has left the list is given up: upstream waits for a successor. */
  get staleAtMs(): { time: number; dueMs: number } {
    const { intervalMs } = this.#target
    const time = Math.max(this.#lastTick + intervalMs, this.#nextTick())
    return { time, dueMs: time + intervalMs * 1.1 }
  }

  /** Ends its series at `time`, those apart that another target goes on with; then forgets all. */
  async markStale(time: number): Promise<void> {
    const stale = [...this.#ending]
    this.#cache.rollback((id) => stale.push(id))
    if (this.status.lastScrapeMs > 0) stale.push(...this.#reports)
    const endTime = Math.max(time, this.#lastTick + 1)
    this.#rows.clear(endTime)
    await this.#addAllStale(stale.filter((id) => !this.#series.isHeldElsewhere(id)))
    const deadline = new AbortController()
    const cancel = this.#host.context.clock.after(lastPushMs, () => deadline.abort())
    try {
      if (this.#rows.length > 0) await this.#offer(endTime, {}, deadline.signal)
    } finally {
      cancel()
    }
    await this.forget()
  }

  /** Lets go of its series without a word. */
  async forget(): Promise<void> {
    const slice = new Slice()
    while (!this.#cache.clear(linesPerStep)) if (slice.due()) await slice.pause()
    for (const id of [...this.#ending, ...this.#reports]) {
      this.#series.release(id)
      if (slice.due()) await slice.pause()
    }
    this.#ending = []
    this.#reports = []
    this.#exemplars.clear()
  }

  async #run(): Promise<void> {
    const { clock, logger } = this.#host.context
    const { signal } = this.#control
    while (!signal.aborted) {
      this.#wake = new AbortController()
      const tick = this.#nextTick()
      try {
        await clock.sleep(Math.max(0, tick - clock.now()), this.#wake.signal)
      } catch {
        continue // woken: the rhythm has changed, or the loop ends
      }
      try {
        await this.#scrape(tick)
      } catch (error) {
        if (signal.aborted) return
        logger.log('error', 'scrape loop failed', {
          err: describe(error),
          target: this.#target.url,
        })
      }
    }
  }

  #nextTick(): number {
    const { intervalMs, phase } = this.#target
    const offset = phase * intervalMs
    const nowMs = this.#host.context.clock.now()
    // Where the wall clock was set back, the last tick is in the future and means nothing.
    const lastTick = Math.min(this.#lastTick, nowMs)
    const after = Math.max(nowMs, lastTick + intervalMs / 2)
    return Math.ceil((after - offset) / intervalMs) * intervalMs + offset
  }

  async #scrape(tick: number): Promise<void> {
    const { context } = this.#host
    const { intervalMs } = this.#target
    this.#lastTick = tick
    const startMs = context.clock.monotonic()
    this.#observeInterval(startMs)
    const lateMs = context.clock.now() - tick
    const isOnTime = Math.abs(lateMs) <= Math.min(2, intervalMs / 100)
    const time = Math.round(isOnTime ? tick : tick + lateMs)
    this.#rows.clear(time)
    let bodySizeBytes = 0
    let failure: unknown
    try {
      if (this.#host.forced !== undefined) throw this.#host.forced
      const { page } = this.#host.settings
      const { signal } = this.#control
      const { body, dialect } = await fetchPage(this.#host.client, this.#target, page, signal)
      bodySizeBytes = body.length
      await this.#read(body, dialect, time)
    } catch (error) {
      if (this.#control.signal.aborted) return
      failure = error
    }
    const durationMs = context.clock.monotonic() - startMs
    const counts = await this.#finish(failure, time)
    this.#addReports({ failure, durationMs, bodySizeBytes, ...counts })
    this.status = statusOf(failure, time, durationMs)
    // What follows has a slice of its own.
    if (this.#rows.length > manyRows) await nextTurn()
    await this.#push(time, {
      exemplars: this.#news(time),
      metadata: failure === undefined ? this.metadata.take(time) : [],
    })
    context.metrics.scrapeDuration.observe((context.clock.monotonic() - startMs) / 1000)
    const slice = new Slice()
    while (!this.#cache.sweep(linesPerStep)) if (slice.due()) await slice.pause()
  }

  /** Reads the page in slices; long ones let the event loop turn in between. */
  async #read(
    body: Uint8Array,
    dialect: 'prometheus' | 'openmetrics',
    time: number,
  ): Promise<void> {
    const { honorTimestamps, trackTimestamps, sampleLimit } = this.#host.settings
    const slice = new Slice()
    // The pages of many targets may have arrived in this same turn.
    await slice.pause()
    this.#control.signal.throwIfAborted()
    const timeMax = this.#host.context.clock.now() + futureMaxMs
    const options = { dialect, time, honorTimestamps, trackTimestamps, timeMax }
    this.#cache.begin(body, options, this.#rows)
    while (!this.#cache.step(linesPerStep)) {
      if (!slice.due()) continue
      await slice.pause()
      this.#control.signal.throwIfAborted()
    }
    if (sampleLimit > 0 && this.#rows.length > sampleLimit) {
      throw new SampleLimitError('sample limit exceeded')
    }
  }

  /** Settles the cache and appends the stale rows. What was counted before a failure counts. */
  async #finish(
    failure: unknown,
    time: number,
  ): Promise<{ scraped: number; kept: number; added: number }> {
    const { metrics, logger } = this.#host.context
    const { samples, added, duplicates, outOfBounds } = this.#cache.counts
    const hasRead = failure === undefined || this.#rows.length > 0
    const counts = hasRead
      ? // Upstream counts duplicates, and what is too far ahead, as kept.
        { scraped: samples, kept: samples, added }
      : { scraped: 0, kept: 0, added: 0 }
    if (failure === undefined) {
      const slice = new Slice()
      while (!this.#cache.commit(entriesPerStep, this.#isStale)) {
        if (slice.due()) await slice.pause()
      }
      metrics.duplicateTimestamps.inc(duplicates)
      metrics.outOfBounds.inc(outOfBounds)
      if (duplicates > 0) {
        const fields = { target: this.#target.url, num_dropped: duplicates }
        logger.log('warn', 'samples of one series with the same time were dropped', fields)
      }
    } else {
      if (this.#cache.rollback(this.#isStale)) metrics.cacheFlushForced.inc()
      this.#rows.clear(time)
      this.#countFailure(failure)
    }
    await this.#addAllStale(this.#stale)
    this.#stale = []
    return counts
  }

  #countFailure(failure: unknown): void {
    const { metrics, logger } = this.#host.context
    this.#host.failureLog?.write(this.#host.jobName, this.#target.url, failure)
    if (failure instanceof SampleLimitError) metrics.exceededSampleLimit.inc()
    if (failure instanceof BodySizeError) metrics.exceededBodySizeLimit.inc()
    if (failure instanceof LabelLimitError) metrics.exceededLabelLimits.inc()
    logger.log('debug', 'scrape failed', { target: this.#target.url, err: describe(failure) })
  }

  async #addAllStale(ids: readonly number[]): Promise<void> {
    const rows = this.#rows
    const slice = new Slice()
    for (let from = 0; from < ids.length; from += entriesPerStep) {
      const first = rows.length
      for (const id of ids.slice(from, from + entriesPerStep)) rows.push(id, Number.NaN)
      this.#fitKinds()
      this.#kinds.fill(Kind.stale, first, rows.length)
      if (slice.due()) await slice.pause()
    }
  }

  /** Makes the kinds as long as the other columns, and keeps what they say. */
  #fitKinds(): void {
    const capacity = this.#rows.series.length
    if (this.#kinds.length >= capacity) return
    const kinds = new Uint8Array(capacity)
    kinds.set(this.#kinds)
    this.#kinds = kinds
  }

  #addReports(scrape: Parameters<typeof reportValues>[0]): void {
    const { extraMetrics, sampleLimit } = this.#host.settings
    const names = reportNames(extraMetrics)
    if (this.#reports.length !== names.length) {
      const before = this.#reports
      this.#reports = names.map((name) => this.#series.report(name))
      for (const id of before) this.#series.release(id)
    }
    const values = reportValues(scrape, this.#target, sampleLimit)
    for (const [i, id] of this.#reports.entries()) this.#rows.push(id, values[i]!)
  }

  #news(time: number): SampleBatch['exemplars'] {
    const exposed = this.#rows.exemplars
    if (exposed.length === 0) return undefined
    const { exemplars, outOfOrder } = this.#exemplars.take(exposed, time)
    this.#host.context.metrics.exemplarsOutOfOrder.inc(outOfOrder)
    return exemplars
  }

  #observeInterval(startMs: number): void {
    const { metrics } = this.#host.context
    if (this.#lastStartMs !== undefined) {
      const labels = { interval: formatDurationNs(nsOfMs(this.#target.intervalMs)) }
      const seconds = (startMs - this.#lastStartMs) / 1000
      metrics.intervalLength.labels(labels).observe(seconds)
      metrics.intervalLengthHistogram.labels(labels).observe(seconds)
    }
    this.#lastStartMs = startMs
  }

  /** Hands the rows over, at the latest until the next scrape is due. */
  async #push(time: number, more: PushedBeside): Promise<void> {
    const { clock } = this.#host.context
    const deadline = new AbortController()
    const { intervalMs } = this.#target
    const leftMs = Math.min(intervalMs, this.#lastTick + intervalMs - clock.now())
    const cancel = clock.after(Math.max(pushMinMs, leftMs), () => deadline.abort())
    const stop = () => deadline.abort()
    this.#control.signal.addEventListener('abort', stop, { once: true })
    try {
      const offered = this.#offer(time, more, deadline.signal)
      if (this.#control.signal.aborted) stop()
      await offered
    } finally {
      cancel()
      this.#control.signal.removeEventListener('abort', stop)
    }
  }

  async #offer(time: number, more: PushedBeside, signal: AbortSignal): Promise<void> {
    const { fanout } = this.#host
    const rows = this.#rows
    const { length } = rows
    this.#fitKinds()
    const batch: SampleBatch = {
      length,
      series: rows.series,
      kinds: this.#kinds,
      times: rows.times ?? time,
      values: rows.values,
      ...(more.exemplars && more.exemplars.length > 0 && { exemplars: more.exemplars }),
      ...(more.metadata && more.metadata.length > 0 && { metadata: more.metadata }),
    }
    let isStuck = false
    try {
      const answer = fanout.push(batch, { signal })
      const outcome = answer instanceof Promise ? await answer : answer
      isStuck = this.#countMissed(outcome, length)
    } catch (error) {
      if (!(error instanceof Refused)) throw error
      this.#countDropped('refused', length, error.message)
    } finally {
      if (isStuck) {
        // Somebody may still read the columns: they are left to the garbage collector.
        this.#rows = new ScrapeRows()
        this.#kinds = new Uint8Array(0)
      } else this.#kinds.fill(Kind.float, 0, length)
    }
  }

  #countMissed({ missed, refused }: Outcome, length: number): boolean {
    for (const { id, reason, stuck } of missed) {
      this.#countDropped(stuck ? 'stuck' : 'missed', length, `${id}: ${reason}`)
    }
    if (refused.length > 0) this.#countDropped('refused', refused.length, refused[0]!.reason)
    return missed.some(({ stuck }) => stuck)
  }

  #countDropped(reason: 'refused' | 'missed' | 'stuck', count: number, why: string): void {
    const { metrics, logger } = this.#host.context
    metrics.dropped.labels({ reason }).inc(count)
    const fields = { target: this.#target.url, count, reason, err: why }
    logger.log('warn', 'samples were not taken and are dropped', fields)
  }
}
