// One endpoint: reads the log from its own place, spreads rows over shards, acks what is done with.

import { nextTurn, Slice } from '../../../engine/slice.ts'
import { type Cursor, type LogRows, RowKind } from '../../../model/sample_log.ts'
import type { EndpointOptions, MetadataSettings, Place, QueueSettings } from './endpoint_options.ts'
import { MetadataRequests } from './metadata_requests.ts'
import { addRows, type DropReason, type QueueCounts } from './queue_counts.ts'
import { Resharding, reshardEveryMs } from './resharding.ts'
import { noRows, type RowCounts, type SendBatch } from './send_batch.ts'
import type { Sender } from './sender.ts'
import { Shard } from './shard.ts'

/** How long shards that stop may take to send what they hold. */
export const flushMaxMs = 60_000
/** How long requests under way may take before their endpoint's successor sends the rows anew. */
const handOverMaxMs = 5000
const blockedMinMs = 5
/** Rows between two looks at the time: 3 ms where rules have to be worked out for all of them. */
const rowsPerLook = 256
const customBuckets = -53

export class Endpoint {
  readonly counts: QueueCounts
  readonly #options: EndpointOptions
  readonly #cursor: Cursor
  readonly #abort = new AbortController()
  readonly #resharding: Resharding
  readonly #stopAppend: () => void
  readonly #cancelTimers = new Map<() => void, () => void>()
  #place: Place | undefined
  #shards: Shard[]
  #isReading = true
  #isResharding = false
  #isWaking = false
  #cancelBlocked: (() => void) | undefined
  /** Reads up to here, then says so. */
  #drain: { readonly until: number; readonly done: () => void } | undefined
  /** Rows before it are gone from the log; their label sets may be gone too. */
  #droppedBefore = 0
  #lost = noRows()
  /** Since the last look at the number of shards. */
  #tick = { in: 0, dropped: 0, out: 0, outSeconds: 0 }
  #lastFinished = 0

  /** Reads rows that are appended from now on, or from where a predecessor stopped. */
  constructor(options: EndpointOptions, place?: Place) {
    this.#options = options
    this.counts = options.counts
    this.#place = place
    this.#cursor = options.log.cursor({
      ...(place === undefined ? {} : { from: place.from }),
      dropped: (before) => this.#logDropped(before),
    })
    const { shardsMin, shardsMax } = options.queue
    this.#resharding = new Resharding(shardsMin, shardsMax)
    this.#shards = this.#startShards(shardsMin)
    this.#stopAppend = options.log.onAppend(() => this.#wake())
    this.#every(reshardEveryMs, () => this.#reshard())
    if (options.metadata !== undefined) this.#startMetadata(options.metadata)
    this.#wake()
  }

  get shards(): number {
    return this.#shards.length
  }

  get shardsDesired(): number {
    return this.#resharding.desired
  }

  get sender(): Sender {
    return this.#options.sender
  }

  get queue(): QueueSettings {
    return this.#options.queue
  }

  /** Unix time in ms of the oldest row that is not done with; undefined where there is none. */
  get oldestTime(): number | undefined {
    return this.#options.log.timeAt(this.#cursor.acked)
  }

  /** Rows that wait in shards or are being sent. */
  pending(): RowCounts {
    const sum = noRows()
    for (const shard of this.#shards) addRows(sum, shard.pending())
    return sum
  }

  /**
   * Sends the rows before a position of the log, then ends. After `flushMaxMs` the rest is dropped,
   * counted and logged.
   */
  async drain(until: number): Promise<void> {
    const { clock, logger } = this.#options
    const cancel = clock.after(flushMaxMs, () => this.#abort.abort())
    await new Promise<void>((done) => {
      this.#drain = { until, done }
      this.#abort.signal.addEventListener('abort', () => done(), { once: true })
      this.#pump()
    })
    const unsent = Promise.all(this.#shards.map((shard) => shard.flush()))
    await Promise.race([unsent, this.#aborted()])
    cancel()
    if (this.#abort.signal.aborted) {
      const rows = this.pending()
      const unread = Math.max(0, until - this.#cursor.position)
      addRows(this.counts.failed, rows)
      this.counts.failed.samples += unread
      logger.log('error', 'Failed to flush all samples on shutdown', {
        count: rows.samples + rows.histograms + rows.exemplars + unread,
      })
    }
    this.close()
  }

  /**
   * Stops and says where a successor goes on. Requests under way have some seconds to end; those
   * that do not are aborted and their rows sent again. The caller closes it once the successor has
   * its place in the log.
   */
  async handOver(): Promise<Place> {
    this.#stopReading()
    const settled = Promise.all(this.#shards.map((shard) => shard.stop()))
    const cancel = this.#options.clock.after(handOverMaxMs, () => this.#abort.abort())
    await settled
    cancel()
    const unfinished = new Set(this.#shards.flatMap((shard) => shard.unfinished()))
    const until = this.#cursor.position
    const earlier = this.#place
    return {
      from: this.#cursor.acked,
      until: Math.max(until, earlier?.until ?? 0),
      isSent: (position) =>
        position < until ? !unfinished.has(position) : earlier?.isSent(position) === true,
    }
  }

  /** Ends at once, whatever is under way. */
  close(): void {
    this.#stopReading()
    this.#abort.abort()
    for (const shard of this.#shards) void shard.stop()
    this.#options.rewrite?.close()
    this.#cursor.close()
  }

  #stopReading(): void {
    this.#isReading = false
    this.#stopAppend()
    this.#unblock()
    for (const cancel of this.#cancelTimers.values()) cancel()
    this.#cancelTimers.clear()
  }

  /** Reads as much as the shards have room for; the event loop turns in between. */
  #pump(): void {
    const slice = new Slice()
    while (this.#isReading && !this.#isResharding) {
      const left = (this.#drain?.until ?? Number.POSITIVE_INFINITY) - this.#cursor.position
      if (left <= 0) {
        this.#drain?.done()
        return
      }
      const room = Math.min(...this.#shards.map((shard) => shard.room))
      if (room === 0) {
        this.#block(blockedMinMs)
        return
      }
      this.#unblock()
      const rows = this.#cursor.read(Math.min(room, left, rowsPerLook))
      if (rows === undefined) return
      this.#dispatch(rows)
      this.#ack()
      if (!slice.due()) continue
      this.#wake()
      return
    }
  }

  /** Hot: once per row, some 20 ns. */
  #dispatch(rows: LogRows): void {
    const { rewrite, queue, clock, sendExemplars } = this.#options
    const { ageLimitMs } = queue
    const oldest = ageLimitMs > 0 ? clock.now() - ageLimitMs : Number.NEGATIVE_INFINITY
    const shards = this.#shards
    const place = this.#place
    if (place !== undefined && rows.first >= place.until) this.#place = undefined
    let newest = this.counts.highestTime
    for (let row = 0; row < rows.length; row++) {
      if (place?.isSent(rows.first + row) === true) continue
      const kind = rows.kinds[row]!
      const isSample = kind === RowKind.float || kind === RowKind.stale
      if (!isSample && !(kind === RowKind.exemplar ? sendExemplars : this.#takes(rows, row)))
        continue
      this.#tick.in++
      const time = rows.times[row]!
      if (time < oldest && kind !== RowKind.exemplar) {
        this.#drop('too_old', kind)
        continue
      }
      const series = rows.series[row]!
      const id = rewrite === undefined ? series : rewrite.of(series)
      if (id === 0) {
        this.#drop('dropped_series', kind)
        continue
      }
      if (time > newest) newest = time
      shards[series % shards.length]!.add(rows, row, id)
    }
    this.counts.highestTime = newest
  }

  /** Whether a histogram is sent. */
  #takes(rows: LogRows, row: number): boolean {
    if (!this.#options.sendHistograms) return false
    if (rows.histogram(row).schema !== customBuckets) return true
    this.#drop('nhcb_in_rw1_not_supported', rows.kinds[row]!)
    return false
  }

  #drop(reason: DropReason, kind: number): void {
    this.#tick.dropped++
    const counts = this.counts.dropped[reason]
    if (kind === RowKind.exemplar) counts.exemplars++
    else if (kind === RowKind.histogram || kind === RowKind.floatHistogram) counts.histograms++
    else counts.samples++
  }

  /** The log's bound has dropped rows. What waits in shards goes too: its label sets are let go. */
  #logDropped(before: number): void {
    this.#droppedBefore = before
    const dropped = this.counts.dropped.memory_limit
    for (const shard of this.#shards) addRows(dropped, shard.dropBefore(before))
    const { lost } = this.#cursor
    dropped.samples += lost.samples - this.#lost.samples
    dropped.histograms += lost.histograms - this.#lost.histograms
    dropped.exemplars += lost.exemplars - this.#lost.exemplars
    this.#lost = { ...lost }
  }

  #ack(): void {
    let first = this.#cursor.position
    for (const shard of this.#shards) first = Math.min(first, shard.firstUnfinished)
    this.#cursor.ack(first)
  }

  #wake(): void {
    if (this.#isWaking) return
    this.#isWaking = true
    void nextTurn().then(() => {
      this.#isWaking = false
      this.#pump()
    })
  }

  /** Counts how often a full shard would have been asked again. */
  #block(ms: number): void {
    if (this.#cancelBlocked !== undefined) return
    this.#cancelBlocked = this.#options.clock.after(ms, () => {
      this.#cancelBlocked = undefined
      this.counts.enqueueRetries++
      this.#block(Math.min(ms * 2, this.#options.queue.backoffMaxMs))
    })
  }

  #unblock(): void {
    this.#cancelBlocked?.()
    this.#cancelBlocked = undefined
  }

  #startShards(count: number): Shard[] {
    const { clock, queue } = this.#options
    const { batchRows, capacity, batchDeadlineMs } = queue
    const queueMax = Math.max(1, Math.floor(capacity / batchRows))
    const freed = () => {
      this.#ack()
      this.#wake()
    }
    const send = (batch: SendBatch) => this.#send(batch)
    const options = { clock, batchRows, queueMax, batchDeadlineMs, send, freed }
    return Array.from({ length: count }, () => new Shard(options))
  }

  async #send(batch: SendBatch): Promise<boolean> {
    const { bodies, clock, sender } = this.#options
    // Fifty shards that are due at the same time would hold the event loop for 50 ms.
    await nextTurn()
    const started = clock.monotonic()
    const newest = batch.newestTime
    let body: Uint8Array | undefined
    const result = await sender.send(
      {
        body: (attempt) => {
          if (this.#thin(batch, attempt === 0)) body = undefined
          if (batch.size === 0) return undefined
          body ??= bodies.ofSamples(batch)
          addRows(this.counts.sent, batch.counts())
          this.counts.bytes += body.length
          return body
        },
        retried: () => addRows(this.counts.retried, batch.counts()),
        fields: () => ({ count: batch.length, exemplarCount: batch.exemplars.length }),
      },
      this.#abort.signal,
    )
    if (result === 'stopped') return false
    this.#lastFinished = clock.now()
    this.#tick.out += batch.size
    this.#tick.outSeconds += (clock.monotonic() - started) / 1000
    if (result === 'refused') addRows(this.counts.failed, batch.counts())
    if (result === 'delivered') {
      this.counts.highestSentTime = Math.max(this.counts.highestSentTime, newest)
    }
    return true
  }

  /** Takes out rows that are not sent any more; whether there were any. */
  #thin(batch: SendBatch, isFirst: boolean): boolean {
    const { clock, queue } = this.#options
    const { too_old, memory_limit } = this.counts.dropped
    const before = batch.size
    if (queue.ageLimitMs > 0) addRows(too_old, batch.dropOlder(clock.now() - queue.ageLimitMs))
    // A body that is made already goes out as it is. To make one, all label sets must be there.
    if ((isFirst || batch.size < before) && batch.first < this.#droppedBefore) {
      addRows(memory_limit, batch.dropBefore(this.#droppedBefore))
    }
    return batch.size < before
  }

  #reshard(): void {
    const { clock, sender, newestTime } = this.#options
    const { highestSentTime } = this.counts
    const now = clock.now()
    const wanted = this.#resharding.tick({
      ...this.#tick,
      delaySeconds: highestSentTime === 0 ? 0 : (newestTime() - highestSentTime) / 1000,
      shards: this.#shards.length,
      isSending: now - this.#lastFinished <= reshardEveryMs,
      isBackingOff: now < sender.backingOffUntil,
    })
    this.#tick = { in: 0, dropped: 0, out: 0, outSeconds: 0 }
    if (wanted !== this.#shards.length && !this.#isResharding) void this.#restartShards(wanted)
  }

  /** Reads nothing until the old shards have sent what they hold, so that series stay in order. */
  async #restartShards(count: number): Promise<void> {
    const { logger } = this.#options
    logger.log('info', 'Remote storage resharding', { from: this.#shards.length, to: count })
    this.#isResharding = true
    await Promise.all(this.#shards.map((shard) => shard.flush()))
    this.#shards = this.#startShards(count)
    this.#isResharding = false
    this.#pump()
  }

  #startMetadata({ everyMs, rowsMax }: MetadataSettings): void {
    const { log, bodies, sender } = this.#options
    const metadata = new MetadataRequests({ log, bodies, sender, rowsMax, counts: this.counts })
    this.#every(everyMs, () => void metadata.send(this.#abort.signal))
  }

  #every(ms: number, callback: () => void): void {
    const arm = () => {
      const cancel = this.#options.clock.after(ms, () => {
        arm()
        callback()
      })
      this.#cancelTimers.set(callback, cancel)
    }
    arm()
  }

  #aborted(): Promise<void> {
    const { signal } = this.#abort
    return new Promise((resolve) => {
      if (signal.aborted) resolve()
      else signal.addEventListener('abort', () => resolve(), { once: true })
    })
  }
}
