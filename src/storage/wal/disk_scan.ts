// Reads rows back from the segments of a write-ahead log, with the label sets of its series.

import { join } from 'node:path'
import { Slice } from '../../engine/slice.ts'
import type { LabelPool } from '../../model/label_pool.ts'
import { PagedUint32 } from '../../model/paged.ts'
import type { Exemplar, Histogram } from '../../model/samples.ts'
import { Frame } from '../../wire/wal/frame_reader.ts'
import { RecordType } from '../../wire/wal/record_type.ts'
import { decodeSeries, labelsOf } from '../../wire/wal/series_record.ts'
import type { Files } from '../files.ts'
import { layoutOf, type SegmentFile, segmentName } from './layout.ts'
import { readFile, SegmentReader } from './reader.ts'
import { RecordRows } from './record_rows.ts'

/** Rows that were read back; the label sets are retained until whoever took them releases them. */
export interface DiskRows {
  /** Position of the first. */
  readonly first: number
  readonly length: number
  readonly series: Uint32Array
  readonly kinds: Uint8Array
  readonly times: Float64Array
  readonly values: Float64Array
  readonly histograms: ReadonlyMap<number, Histogram>
  readonly exemplars: ReadonlyMap<number, Exemplar>
}

/** Where the rows of a segment are. */
export interface SegmentRows {
  readonly index: number
  /** Position of its first row. */
  readonly first: number
  rows: number
}

/** Goes through the log once, from a position on. */
export class DiskScan {
  readonly #files: Files
  readonly #folder: string
  readonly #pool: LabelPool
  readonly #segments: () => readonly SegmentRows[]
  /** By number of a series; each set is retained. */
  readonly #ids: PagedUint32
  readonly #rows = new RecordRows()
  #reader: SegmentReader | undefined
  #segment = -1
  /** Of the next row in the reader. */
  #position = 0
  #isOpen = false

  constructor(
    files: Files,
    folder: string,
    pool: LabelPool,
    segments: () => readonly SegmentRows[],
  ) {
    this.#files = files
    this.#folder = folder
    this.#pool = pool
    this.#segments = segments
    this.#ids = new PagedUint32(pool.pages)
  }

  /** Where reading goes on. */
  get position(): number {
    return this.#position
  }

  /**
   * Rows from `from` on, which is not before the last call's, in front of `to`; at least one record
   * of them. Rows of series that nothing describes are left out.
   */
  async read(from: number, to: number): Promise<DiskRows[]> {
    if (!this.#isOpen) await this.#open(from)
    const slice = new Slice()
    while (this.#position < to) {
      const parts = this.#next(from, to)
      if (parts.length > 0) return parts
      if (slice.due()) await slice.pause()
    }
    return []
  }

  close(): void {
    this.#reader?.close()
    this.#reader = undefined
    for (const ref of this.#ids.ids()) this.#pool.release(this.#ids.get(ref))
  }

  /** Learns the series of everything before the segment that has the position. */
  async #open(from: number): Promise<void> {
    this.#isOpen = true
    const start = this.#segments().find(({ first, rows }) => first + rows > from)
    const { checkpoint, segments } = layoutOf(this.#files, this.#folder)
    const files: [SegmentFile, boolean][] = (checkpoint?.segments ?? []).map((file) => [file, true])
    for (const file of segments) {
      if (start !== undefined && file.index < start.index) files.push([file, false])
    }
    for (const [file, isCheckpoint] of files) {
      await readFile(this.#files, file, isCheckpoint, { record: (record) => this.#learn(record) })
    }
    this.#position = start?.first ?? from
    this.#segment = start === undefined ? Number.POSITIVE_INFINITY : start.index - 1
  }

  /** The rows of the next record, apart from those before `from`. */
  #next(from: number, to: number): DiskRows[] {
    if (this.#reader === undefined && !this.#openNext(to)) return []
    const reader = this.#reader!
    const frame = reader.next()
    if (frame === Frame.more || frame === Frame.end) {
      reader.close()
      this.#reader = undefined
      return []
    }
    if (frame !== Frame.record) return []
    this.#learn(reader.record)
    this.#rows.read(reader.record)
    const first = this.#position
    this.#position += this.#rows.length
    return this.#parts(first, from)
  }

  #openNext(to: number): boolean {
    const next = this.#segments().find(({ index }) => index > this.#segment)
    if (next === undefined) {
      this.#position = to
      return false
    }
    this.#segment = next.index
    this.#position = next.first
    if (next.rows === 0) return false
    this.#reader = new SegmentReader(this.#files, join(this.#folder, segmentName(next.index)))
    return true
  }

  #parts(first: number, from: number): DiskRows[] {
    const parts: DiskRows[] = []
    const { columns } = this.#rows
    let row = Math.max(0, from - first)
    while (row < columns.length) {
      while (row < columns.length && this.#idOf(columns.refs[row]!) === 0) row++
      const start = row
      while (row < columns.length && this.#idOf(columns.refs[row]!) !== 0) row++
      if (row > start) parts.push(this.#copy(first, start, row))
    }
    return parts
  }

  #copy(first: number, from: number, to: number): DiskRows {
    const { columns, exemplars, histograms, kinds } = this.#rows
    const series = new Uint32Array(to - from)
    const keptHistograms = new Map<number, Histogram>()
    const keptExemplars = new Map<number, Exemplar>()
    for (let row = from; row < to; row++) {
      const id = this.#idOf(columns.refs[row]!)
      this.#pool.retain(id)
      series[row - from] = id
      const histogram = histograms.get(row)
      if (histogram !== undefined) keptHistograms.set(row - from, histogram)
      const exemplar = exemplars.get(row)
      if (exemplar !== undefined) keptExemplars.set(row - from, { ...exemplar, series: id })
    }
    return {
      first: first + from,
      length: to - from,
      series,
      kinds: kinds.slice(from, to),
      times: columns.times.slice(from, to),
      values: columns.values.slice(from, to),
      histograms: keptHistograms,
      exemplars: keptExemplars,
    }
  }

  #idOf(ref: number): number {
    return ref < refMax ? this.#ids.get(ref) : 0
  }

  #learn(record: Uint8Array): void {
    if (record[0] !== RecordType.series) return
    decodeSeries(record, (ref, labels) => {
      if (ref >= refMax) return
      const id = this.#pool.intern(labelsOf(labels))
      this.#pool.retain(id)
      const before = this.#ids.get(ref)
      if (before !== 0) this.#pool.release(before)
      this.#ids.set(ref, id)
    })
  }
}

/** Numbers of series from here on are not those of a log of ours. */
export const refMax = 2 ** 31
