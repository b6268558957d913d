// One shard: batches of some series, sent one after the other, so that each series stays in order.

import assert from 'node:assert'
import type { Clock } from '../../../model/clock.ts'
import type { LogRows } from '../../../model/sample_log.ts'
import { addRows } from './queue_counts.ts'
import { noRows, type RowCounts, SendBatch } from './send_batch.ts'

export interface ShardOptions {
  readonly clock: Clock
  /** Rows of a request. */
  readonly batchRows: number
  /** Full batches that wait, besides the one that is being filled and the one being sent. */
  readonly queueMax: number
  readonly batchDeadlineMs: number
  /** Resolves when no more can be done: whether the batch is done with. Never rejects. */
  readonly send: (batch: SendBatch) => Promise<boolean>
  /** Called when a batch is done with. */
  readonly freed: () => void
}

export class Shard {
  readonly #options: ShardOptions
  readonly #queue: SendBatch[] = []
  #filling: SendBatch
  #sending: SendBatch | undefined
  /** Resolves once what is being sent is known to be done with or not. */
  #settled: Promise<void> = Promise.resolve()
  #spare: SendBatch | undefined
  #cancelDeadline: (() => void) | undefined
  /** What is being filled is not waited for any more. */
  #isFlushing = false
  #isStopped = false
  #idle: (() => void)[] = []

  constructor(options: ShardOptions) {
    this.#options = options
    this.#filling = new SendBatch(options.batchRows)
  }

  /** Rows that fit in. */
  get room(): number {
    const { batchRows, queueMax } = this.#options
    return (queueMax - this.#queue.length) * batchRows + batchRows - this.#filling.size
  }

  /** Position of the oldest row that is not done with; Infinity where there is none. */
  get firstUnfinished(): number {
    // A batch may be empty because the log has dropped its rows.
    const oldest = this.#batches().find((batch) => batch.size > 0)
    return oldest?.first ?? Number.POSITIVE_INFINITY
  }

  /** Rows that wait or are being sent. */
  pending(): RowCounts {
    const sum = noRows()
    for (const batch of this.#batches()) addRows(sum, batch.counts())
    return sum
  }

  /** Takes a row; there must be room. */
  add(rows: LogRows, row: number, id: number): void {
    if (this.#filling.size === this.#options.batchRows) this.#enqueue()
    this.#filling.add(rows, row, id)
    if (this.#filling.size === this.#options.batchRows) {
      if (this.#sending === undefined) this.#next()
    } else if (this.#cancelDeadline === undefined && this.#filling.size === 1) {
      this.#armDeadline()
    }
  }

  /** Sends what there is without waiting for more, and resolves when all is done with. */
  flush(): Promise<void> {
    this.#isFlushing = true
    this.#next()
    if (this.#isIdle) return Promise.resolve()
    return new Promise((resolve) => this.#idle.push(resolve))
  }

  /** Sends nothing more but what is being sent, and resolves when that has settled. */
  stop(): Promise<void> {
    this.#isStopped = true
    this.#cancelDeadline?.()
    return this.#settled
  }

  /** Positions of the rows that are not done with. */
  unfinished(): number[] {
    return this.#batches().flatMap((batch) => [
      ...batch.positions.subarray(0, batch.length),
      ...batch.exemplars.map((placed) => placed.position),
    ])
  }

  /** Removes rows that the log has dropped from what waits. */
  dropBefore(position: number): RowCounts {
    const sum = noRows()
    for (const batch of [...this.#queue, this.#filling]) {
      if (batch.first < position) addRows(sum, batch.dropBefore(position))
    }
    return sum
  }

  get #isIdle(): boolean {
    return this.#sending === undefined && this.#queue.length === 0 && this.#filling.size === 0
  }

  #batches(): SendBatch[] {
    const all = [...this.#queue, this.#filling]
    return this.#sending === undefined ? all : [this.#sending, ...all]
  }

  #armDeadline(): void {
    this.#cancelDeadline = this.#options.clock.after(this.#options.batchDeadlineMs, () => {
      this.#cancelDeadline = undefined
      if (this.#filling.size === 0) return
      if (this.#sending === undefined) this.#next(true)
      // Behind others it goes out as soon as they are done.
      else if (this.#queue.length < this.#options.queueMax) this.#enqueue()
      else this.#armDeadline()
    })
  }

  #enqueue(): void {
    assert(this.#queue.length < this.#options.queueMax, 'a row was added to a full shard')
    this.#queue.push(this.#filling)
    this.#filling = this.#spare ?? new SendBatch(this.#options.batchRows)
    this.#spare = undefined
    this.#cancelDeadline?.()
    this.#cancelDeadline = undefined
  }

  /** Starts to send the oldest batch, if it is time. */
  #next(isDue = false): void {
    if (this.#sending !== undefined || this.#isStopped) return
    let batch = this.#queue.shift()
    if (batch === undefined) {
      const isFull = this.#filling.size === this.#options.batchRows
      const isDueNow = isFull || isDue || this.#isFlushing
      if (this.#filling.size === 0 || !isDueNow) return
      this.#enqueue()
      batch = this.#queue.shift()!
    }
    this.#sending = batch
    this.#settled = this.#options.send(batch).then((isDone) => {
      if (isDone) this.#sent(batch)
      else this.#isStopped = true
    })
  }

  #sent(batch: SendBatch): void {
    batch.clear()
    this.#spare = batch
    this.#sending = undefined
    this.#next()
    this.#options.freed()
    if (!this.#isIdle) return
    for (const resolve of this.#idle.splice(0)) resolve()
  }
}
