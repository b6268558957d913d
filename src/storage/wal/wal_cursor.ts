// Reads a log on disk from where its reader was: newest rows out of memory, older ones from files.

import assert from 'node:assert'
import type { LabelPool } from '../../model/label_pool.ts'
import type { Cursor, LogRows, LostRows } from '../../model/sample_log.ts'
import type { DiskRows, DiskScan } from './disk_scan.ts'

/** What a cursor asks of its log. */
export interface LogOfCursor {
  readonly pool: LabelPool
  /** Position of the first row that memory ever held. */
  readonly base: number
  openScan(): DiskScan
  /** Runs one at a time, never while segments are being removed. */
  exclusively(task: () => Promise<void>): Promise<void>
  /** Rows that were not there at the last read may be by now. */
  wake(): void
  acked(): void
  closed(cursor: WalCursor): void
  failed(error: unknown): void
}

/** Rows that were handed out and are not acked. */
interface InFlight {
  readonly first: number
  readonly series: Uint32Array
  /** Whether this cursor keeps their label sets; until then the rows in memory do. */
  isRetained: boolean
}

export interface WalCursorOptions {
  readonly name?: string | undefined
  readonly from: number
  readonly dropped?: ((before: number) => void) | undefined
}

export class WalCursor implements Cursor {
  readonly name: string | undefined
  position: number
  acked: number
  readonly lost: LostRows = { samples: 0, histograms: 0, exemplars: 0 }
  readonly #log: LogOfCursor
  readonly #memory: Cursor
  readonly #dropped: ((before: number) => void) | undefined
  readonly #inFlight: InFlight[] = []
  /** Read from disk and not handed out, from row `readyAt` of the first on. */
  #ready: DiskRows[] = []
  #readyAt = 0
  #scan: DiskScan | undefined
  #isLoading = false
  #isClosed = false

  /** `open` opens a cursor at the end of what is in memory. */
  constructor(
    log: LogOfCursor,
    { dropped, from, name }: WalCursorOptions,
    open: (dropped: (before: number) => void) => Cursor,
  ) {
    this.#log = log
    this.#dropped = dropped
    this.name = name
    this.position = from
    this.acked = from
    this.#memory = open((before) => this.#retainInFlight(before + log.base))
  }

  read(max: number): LogRows | undefined {
    if (max <= 0 || this.#isClosed) return undefined
    this.#skipMemory()
    if (this.position < this.#memoryAt) return this.#readDisk(max)
    this.#closeScan()
    const rows = this.#memory.read(max)
    if (rows === undefined) return undefined
    const first = this.position
    this.position += rows.length
    this.#inFlight.push({ first, series: rows.series.slice(), isRetained: false })
    return { ...rows, first }
  }

  ack(position: number): void {
    assert(position <= this.position, 'acked what was not read')
    if (position <= this.acked) return
    this.#ackTo(position)
    const inMemory = Math.min(position - this.#log.base, this.#memory.position)
    if (inMemory > 0) this.#memory.ack(inMemory)
    this.#log.acked()
  }

  close(): void {
    if (this.#isClosed) return
    this.#isClosed = true
    this.#release(this.position)
    this.#dropReady()
    if (!this.#isLoading) this.#closeScan()
    this.#memory.close()
    this.#log.closed(this)
  }

  /** Rows before a position are gone from the disk; those that are in memory stay. */
  lose(before: number): void {
    const end = Math.min(before, this.#memoryAt)
    if (this.acked >= end) return
    this.lost.samples += Math.max(0, end - this.position)
    this.position = Math.max(this.position, end)
    this.#ackTo(end)
    this.#dropped?.(end)
  }

  get #memoryAt(): number {
    return this.#log.base + this.#memory.position
  }

  #ackTo(position: number): void {
    this.acked = position
    this.#release(position)
  }

  #release(position: number): void {
    for (;;) {
      const [oldest] = this.#inFlight
      if (oldest === undefined || oldest.first + oldest.series.length > position) return
      this.#inFlight.shift()
      if (!oldest.isRetained) continue
      for (const id of oldest.series) this.#log.pool.release(id)
    }
  }

  #retainInFlight(before: number): void {
    for (const rows of this.#inFlight) {
      if (rows.isRetained || rows.first >= before) continue
      rows.isRetained = true
      for (const id of rows.series) this.#log.pool.retain(id)
    }
  }

  /** Passes by rows in memory that were read from disk: a record may reach beyond the border. */
  #skipMemory(): void {
    while (this.position > this.#memoryAt) {
      if (this.#memory.read(this.position - this.#memoryAt) === undefined) return
    }
  }

  #readDisk(max: number): LogRows | undefined {
    for (;;) {
      const [rows] = this.#ready
      if (rows === undefined) {
        this.#load()
        return undefined
      }
      const at = Math.max(this.#readyAt, this.position - rows.first)
      if (at >= rows.length) {
        this.#shiftReady(rows.length)
        continue
      }
      // What nothing describes was left out.
      this.lost.samples += Math.max(0, rows.first + at - this.position)
      this.#releaseReady(rows, this.#readyAt, at)
      const to = Math.min(rows.length, at + max)
      const series = rows.series.subarray(at, to)
      const first = rows.first + at
      this.#readyAt = to
      this.position = rows.first + to
      this.#inFlight.push({ first, series, isRetained: true })
      if (to === rows.length) this.#shiftReady(to)
      return {
        length: to - at,
        first,
        series,
        kinds: rows.kinds.subarray(at, to),
        times: rows.times.subarray(at, to),
        values: rows.values.subarray(at, to),
        histogram: (row) => rows.histograms.get(at + row)!,
        exemplar: (row) => rows.exemplars.get(at + row)!,
      }
    }
  }

  #load(): void {
    if (this.#isLoading) return
    this.#isLoading = true
    void this.#log.exclusively(() => this.#loadNow()).then(() => this.#log.wake())
  }

  async #loadNow(): Promise<void> {
    const to = this.#memoryAt
    try {
      this.#scan ??= this.#log.openScan()
      const read = await this.#scan.read(this.position, to)
      this.#ready.push(...read)
      if (read.length === 0) this.#pass(to)
    } catch (error) {
      this.#log.failed(error)
      this.#closeScan()
      this.#pass(to)
    } finally {
      this.#isLoading = false
      if (this.#isClosed) {
        this.#dropReady()
        this.#closeScan()
      }
    }
  }

  /** Goes on behind rows that cannot be read. */
  #pass(to: number): void {
    this.lost.samples += Math.max(0, to - this.position)
    this.position = Math.max(this.position, to)
  }

  #shiftReady(from: number): void {
    const rows = this.#ready.shift()!
    this.#releaseReady(rows, Math.max(from, this.#readyAt), rows.length)
    this.#readyAt = 0
  }

  #dropReady(): void {
    while (this.#ready.length > 0) this.#shiftReady(0)
  }

  #releaseReady(rows: DiskRows, from: number, to: number): void {
    for (let row = from; row < to; row++) this.#log.pool.release(rows.series[row]!)
  }

  #closeScan(): void {
    this.#scan?.close()
    this.#scan = undefined
  }
}
