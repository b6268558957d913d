// A sample log in memory: it holds what its endpoints have yet to send, up to a number of bytes.

import assert from 'node:assert'
import type { LabelPool } from '../model/label_pool.ts'
import { mappedBuffer } from '../model/memory.ts'
import {
  type Cursor,
  type CursorOptions,
  exemplarBytes,
  histogramBytes,
  type LogRows,
  type LostRows,
  RowKind,
  type SampleLog,
} from '../model/sample_log.ts'
import {
  bytesOfMetadata,
  type Exemplar,
  type Histogram,
  type Metadata,
  type SampleBatch,
} from '../model/samples.ts'

const chunkRows = 4096
const rowBytes = 4 + 1 + 8 + 8
const chunkBytes = chunkRows * rowBytes
/** Chunks dropped at once, in some 1 ms; label sets of a large target may ask for all of them. */
const dropsMax = 64
/** Families whose metadata is kept; beyond, the one that changed longest ago goes. */
const familiesMax = 65_536
/** Of its texts; then too the one that changed longest ago goes. */
const metadataBytesMax = 32 << 20

export interface MemoryRingOptions {
  readonly pool: LabelPool
  /**
   * Of rows and of the label sets that only they keep. At this bound the oldest rows are dropped,
   * sent or not; but for one chunk of 84 KiB.
   */
  readonly bytesMax: number
}

interface Columns {
  readonly series: Uint32Array
  readonly kinds: Uint8Array
  readonly times: Float64Array
  readonly values: Float64Array
}

/** Rows from `first` on, up to 4,096. */
interface Chunk extends Columns {
  readonly first: number
  length: number
  readonly histograms: Map<number, Histogram>
  readonly exemplars: Map<number, Exemplar>
  /** Of the two. */
  sideBytes: number
}

export class MemoryRing implements SampleLog {
  readonly metadata = new Map<string, Metadata>()
  metadataVersion = 0
  /** Rows that at least one cursor had not read when the bound dropped them. */
  dropped = 0
  readonly #pool: LabelPool
  readonly #bytesMax: number
  readonly #unregister: () => void
  readonly #cursors = new Set<RingCursor>()
  readonly #listeners = new Set<() => void>()
  /** Consecutive, oldest first. */
  #chunks: Chunk[] = []
  #spare: Chunk | undefined
  #sideBytes = 0
  /** As of the last sweep, or of the last rows that were dropped. */
  #labelBytes = 0
  #metadataBytes = 0
  #end = 0
  #closed = false

  constructor(options: MemoryRingOptions) {
    this.#pool = options.pool
    this.#bytesMax = options.bytesMax
    this.#unregister = options.pool.register(this)
  }

  get end(): number {
    return this.#end
  }

  get start(): number {
    return this.#chunks[0]?.first ?? this.#end
  }

  get oldestUnsent(): number {
    let oldest = this.#end
    for (const cursor of this.#cursors) oldest = Math.min(oldest, cursor.acked)
    return oldest
  }

  /** Memory held for rows. */
  get bytes(): number {
    return this.#chunks.length * chunkBytes + this.#sideBytes
  }

  /** Memory of label sets that only the rows keep, and have kept for a while. */
  get labelBytes(): number {
    return this.#pool.keptBy(this)
  }

  fit(): void {
    this.#labelBytes = this.labelBytes
    let drops = 0
    while (this.#labelBytes > 0 && this.#isOver(0) && drops++ < dropsMax) this.#dropOldest()
  }

  append(batch: SampleBatch): number {
    assert(!this.#closed, 'appended to a closed log')
    this.#keepMetadata(batch.metadata ?? [])
    const exemplars = batch.exemplars ?? []
    const rows = batch.length + exemplars.length
    if (rows === 0) return this.#end
    if (this.#cursors.size === 0) {
      this.#end += rows
      return this.#end
    }
    for (let from = 0; from < batch.length; ) from += this.#appendRows(batch, from)
    for (const exemplar of exemplars) this.#appendExemplar(exemplar)
    for (const listener of this.#listeners) listener()
    return this.#end
  }

  cursor(options: CursorOptions = {}): Cursor {
    const from = options.from ?? this.#end
    assert(from >= this.start && from <= this.#end, 'cursor outside of the log')
    const ring: RingOfCursor = {
      read: (position, max) => this.#read(position, max),
      acked: () => this.#releaseAcked(),
      closed: (closed) => {
        this.#cursors.delete(closed)
        this.#releaseAcked()
      },
    }
    const cursor = new RingCursor(ring, from, options.dropped)
    this.#cursors.add(cursor)
    return cursor
  }

  timeAt(position: number): number | undefined {
    if (position < this.start || position >= this.#end) return undefined
    const chunk = this.#chunks[Math.floor((position - this.start) / chunkRows)]!
    return chunk.times[position - chunk.first]
  }

  truncate(before: number): void {
    while (this.#chunks.length > 0) {
      const chunk = this.#chunks[0]!
      if (chunk.first + chunk.length > before) return
      this.#dropOldest()
    }
  }

  onAppend(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  close(): void {
    if (this.#closed) return
    this.#closed = true
    this.truncate(this.#end)
    this.#cursors.clear()
    this.#spare = undefined
    this.#unregister()
  }

  /** Appends as many rows as fit into the newest chunk and returns how many. */
  #appendRows(batch: SampleBatch, from: number): number {
    const chunk = this.#newest()
    const at = chunk.length
    const count = Math.min(batch.length - from, chunkRows - at)
    const to = from + count
    chunk.series.set(batch.series.subarray(from, to), at)
    chunk.kinds.set(batch.kinds.subarray(from, to), at)
    // From typed array to typed array of one type copies the bits of NaNs too.
    chunk.values.set(batch.values.subarray(from, to), at)
    if (typeof batch.times === 'number') chunk.times.fill(batch.times, at, at + count)
    else chunk.times.set(batch.times.subarray(from, to), at)
    if (batch.histograms !== undefined) {
      for (let row = from; row < to; row++) {
        const histogram = batch.histograms.get(row)
        if (histogram === undefined) continue
        chunk.histograms.set(at + row - from, histogram)
        this.#countSide(chunk, histogramBytes(histogram))
      }
    }
    chunk.length += count
    this.#end += count
    return count
  }

  #appendExemplar(exemplar: Exemplar): void {
    const chunk = this.#newest()
    const at = chunk.length
    chunk.series[at] = exemplar.series
    chunk.kinds[at] = RowKind.exemplar
    chunk.times[at] = exemplar.time
    chunk.values[at] = exemplar.value
    chunk.exemplars.set(at, exemplar)
    this.#countSide(chunk, exemplarBytes(exemplar))
    chunk.length++
    this.#end++
  }

  #countSide(chunk: Chunk, bytes: number): void {
    chunk.sideBytes += bytes
    this.#sideBytes += bytes
  }

  #keepMetadata(rows: readonly Metadata[]): void {
    for (const row of rows) {
      const before = this.metadata.get(row.family)
      this.metadata.delete(row.family)
      this.metadata.set(row.family, row)
      this.metadataVersion++
      this.#metadataBytes += bytesOfMetadata(row) - (before ? bytesOfMetadata(before) : 0)
      for (const [oldest, metadata] of this.metadata) {
        if (this.metadata.size <= familiesMax && this.#metadataBytes <= metadataBytesMax) break
        this.metadata.delete(oldest)
        this.#metadataBytes -= bytesOfMetadata(metadata)
      }
    }
  }

  /** A chunk that has room, within the bound. */
  #newest(): Chunk {
    const last = this.#chunks.at(-1)
    const hasRoom = last !== undefined && last.length < chunkRows
    const wanted = hasRoom ? 0 : chunkBytes
    let drops = 0
    while (this.#chunks.length > 1 && this.#isOver(wanted) && drops++ < dropsMax) {
      this.#dropOldest()
    }
    if (hasRoom) return last
    if (this.#chunks.length === 1 && this.#isOver(wanted)) this.#dropOldest()
    const chunk = this.#openChunk()
    this.#chunks.push(chunk)
    return chunk
  }

  #isOver(wanted: number): boolean {
    return this.bytes + this.#labelBytes + wanted > this.#bytesMax
  }

  #openChunk(): Chunk {
    const old = this.#spare
    this.#spare = undefined
    return {
      first: this.#end,
      length: 0,
      ...(old === undefined ? newColumns() : columnsOf(old)),
      histograms: new Map(),
      exemplars: new Map(),
      sideBytes: 0,
    }
  }

  #dropOldest(): void {
    const chunk = this.#chunks.shift()!
    this.#sideBytes -= chunk.sideBytes
    let unread = 0
    for (const cursor of this.#cursors) unread = Math.max(unread, cursor.skip(chunk))
    this.dropped += unread
    this.#spare = chunk
    if (this.#labelBytes > 0) this.#labelBytes = this.labelBytes
  }

  /** Gives back chunks whose rows all cursors have acked. */
  #releaseAcked(): void {
    const acked = this.oldestUnsent
    while (this.#chunks.length > 0) {
      const chunk = this.#chunks[0]!
      if (chunk.first + chunk.length > acked) return
      this.#chunks.shift()
      this.#sideBytes -= chunk.sideBytes
      this.#spare = chunk
    }
  }

  #read(position: number, max: number): LogRows | undefined {
    if (position >= this.#end || max <= 0) return undefined
    const chunk = this.#chunks[Math.floor((position - this.start) / chunkRows)]!
    const from = position - chunk.first
    const to = Math.min(chunk.length, from + max)
    return {
      length: to - from,
      first: position,
      series: chunk.series.subarray(from, to),
      kinds: chunk.kinds.subarray(from, to),
      times: chunk.times.subarray(from, to),
      values: chunk.values.subarray(from, to),
      histogram: (row) => chunk.histograms.get(from + row)!,
      exemplar: (row) => chunk.exemplars.get(from + row)!,
    }
  }
}

interface RingOfCursor {
  read(position: number, max: number): LogRows | undefined
  acked(): void
  closed(cursor: RingCursor): void
}

class RingCursor implements Cursor {
  position: number
  acked: number
  readonly lost: LostRows = { samples: 0, histograms: 0, exemplars: 0 }
  readonly #ring: RingOfCursor
  readonly #dropped: ((before: number) => void) | undefined

  constructor(ring: RingOfCursor, from: number, dropped: ((before: number) => void) | undefined) {
    this.#ring = ring
    this.#dropped = dropped
    this.position = from
    this.acked = from
  }

  read(max: number): LogRows | undefined {
    const rows = this.#ring.read(this.position, max)
    if (rows !== undefined) this.position += rows.length
    return rows
  }

  ack(position: number): void {
    assert(position <= this.position, 'acked what was not read')
    if (position <= this.acked) return
    this.acked = position
    this.#ring.acked()
  }

  close(): void {
    this.#ring.closed(this)
  }

  /** Goes on behind a chunk that is dropped and returns how many of its rows were unread. */
  skip(chunk: Chunk): number {
    const before = chunk.first + chunk.length
    if (this.acked >= before) return 0
    const unread = Math.max(0, before - this.position)
    for (let row = chunk.length - unread; row < chunk.length; row++) {
      const kind = chunk.kinds[row]!
      if (kind === RowKind.exemplar) this.lost.exemplars++
      else if (kind === RowKind.histogram || kind === RowKind.floatHistogram) this.lost.histograms++
      else this.lost.samples++
    }
    this.position = Math.max(this.position, before)
    this.acked = before
    this.#dropped?.(before)
    return unread
  }
}

function newColumns(): Columns {
  const buffer = mappedBuffer(chunkBytes)
  return {
    times: new Float64Array(buffer, 0, chunkRows),
    values: new Float64Array(buffer, 8 * chunkRows, chunkRows),
    series: new Uint32Array(buffer, 16 * chunkRows, chunkRows),
    kinds: new Uint8Array(buffer, 20 * chunkRows, chunkRows),
  }
}

function columnsOf({ series, kinds, times, values }: Chunk): Columns {
  return { series, kinds, times, values }
}
