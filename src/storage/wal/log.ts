// A sample log on disk, in the format of Prometheus' write-ahead log. What it took survives the
// end of the process, and its readers go on where their receivers stopped acknowledging.
//
//   <folder>/wal/       segments and a checkpoint, as Prometheus and Alloy have them
//   <folder>/cursors/   where each reader is
//
// Newest rows are in memory too, so that a reader who keeps up never touches the disk.

import assert from 'node:assert'
import { join } from 'node:path'
import type { Clock } from '../../model/clock.ts'
import type { LabelPool } from '../../model/label_pool.ts'
import { PagedUint32 } from '../../model/paged.ts'
import type { Cursor, CursorOptions, SampleLog } from '../../model/sample_log.ts'
import type { Metadata, SampleBatch } from '../../model/samples.ts'
import { segmentSizeMaxBytes } from '../../wire/wal/framing.ts'
import { RecordWriter } from '../../wire/wal/record_bytes.ts'
import type { Files } from '../files.ts'
import { LockFile } from '../lock_file.ts'
import { MemoryRing } from '../memory_ring.ts'
import { addBatch, orderedRows } from './batch_records.ts'
import { writeCheckpoint } from './checkpoint.ts'
import { CursorPlaces } from './cursor_places.ts'
import { DiskScan } from './disk_scan.ts'
import { layoutOf } from './layout.ts'
import { type KeptSegment, type Replay, replayWal } from './replay.ts'
import { SegmentWriter } from './segment_writer.ts'
import { SeriesNumbers } from './series_numbers.ts'
import { type LogOfCursor, WalCursor } from './wal_cursor.ts'

/** A row of a batch takes no more on disk, compressed or not; those with histograms do. */
const rowSizeMaxBytes = 28

export interface WalLogOptions {
  readonly files: Files
  readonly clock: Clock
  readonly pool: LabelPool
  /** Of the log and its readers' places; nobody else writes there. */
  readonly folder: string
  /** Of the newest rows that are kept in memory. */
  readonly memoryMaxBytes: number
  /** How long what was appended may wait until it outlasts a loss of power. */
  readonly syncIntervalMs: number
  readonly segmentSizeBytes?: number
  /** Told of what went wrong and was coped with: `cannot sync the write-ahead log`. */
  readonly problem: (what: string, error: unknown) => void
}

export interface TruncateOptions {
  /** Rows stay at least so long, even those that all readers have acked. */
  readonly minKeepaliveMs: number
  /** Rows that are older go even if a reader has not acked them. */
  readonly maxKeepaliveMs: number
  /** If the log is longer, oldest segments go. */
  readonly bytesMax: number
}

export class WalLog implements SampleLog {
  /** What was found at open. */
  readonly replay: Replay
  /** Rows that the disk did not take. */
  refused = 0
  syncFailures = 0
  /** Rows that readers had not acked when their segment was removed. */
  dropped = 0
  readonly #options: WalLogOptions
  readonly #walFolder: string
  readonly #lock: LockFile
  readonly #ring: MemoryRing
  readonly #writer: SegmentWriter
  readonly #places: CursorPlaces
  readonly #segments: KeptSegment[]
  readonly #cursors = new Set<WalCursor>()
  readonly #listeners = new Set<() => void>()
  readonly #numbers: SeriesNumbers
  readonly #rows = new RecordWriter()
  readonly #unsubscribe: (() => void)[]
  #base: number
  #last: Promise<void> = Promise.resolve()
  #cancelSync: (() => void) | undefined
  #syncing: Promise<void> = Promise.resolve()
  #isClosed = false

  /**
   * Reads what is there, mends it, and begins a new segment. Rejects where it cannot be
   * read, and after half a minute where another process has it.
   */
  static async open(options: WalLogOptions): Promise<WalLog> {
    const { clock, files, folder } = options
    const walFolder = join(folder, 'wal')
    files.makeFolder(walFolder)
    const lock = await LockFile.acquire(files, clock, join(folder, 'lock'))
    try {
      return await WalLog.#openLocked(options, walFolder, lock)
    } catch (error) {
      lock.release()
      throw error
    }
  }

  static async #openLocked(
    options: WalLogOptions,
    walFolder: string,
    lock: LockFile,
  ): Promise<WalLog> {
    const { files, pool } = options
    const { checkpoint, segments } = layoutOf(files, walFolder)
    for (const { index, path } of segments) {
      if (checkpoint !== undefined && index <= checkpoint.index) files.remove(path)
    }
    const lastSegments = new PagedUint32(pool.pages)
    const replay = await replayWal(files, walFolder, lastSegments)
    return new WalLog(options, walFolder, replay, lastSegments, lock)
  }

  private constructor(
    options: WalLogOptions,
    walFolder: string,
    replay: Replay,
    lastSegments: PagedUint32,
    lock: LockFile,
  ) {
    const { files, folder, memoryMaxBytes, pool, segmentSizeBytes = segmentSizeMaxBytes } = options
    this.#options = options
    this.#lock = lock
    this.#walFolder = walFolder
    this.replay = replay
    this.#segments = replay.segments
    this.#base = replay.rows
    this.#numbers = new SeriesNumbers(pool, lastSegments, replay.nextRef)
    this.#ring = new MemoryRing({ pool, bytesMax: memoryMaxBytes })
    this.#writer = new SegmentWriter(files, walFolder, replay.nextIndex, segmentSizeBytes)
    this.#places = new CursorPlaces(files, join(folder, 'cursors'))
    this.#unsubscribe = [
      pool.onFree((ids) => this.#numbers.clear(ids)),
      this.#ring.onAppend(() => this.#wake()),
    ]
  }

  get start(): number {
    return this.#segments[0]?.first ?? this.end
  }

  get end(): number {
    return this.#base + this.#ring.end
  }

  /** Rows that are only on disk keep no label sets. */
  get oldestUnsent(): number {
    return this.#base + this.#ring.oldestUnsent
  }

  get metadata(): ReadonlyMap<string, Metadata> {
    return this.#ring.metadata
  }

  get metadataVersion(): number {
    return this.#ring.metadataVersion
  }

  /** Of all segments. */
  get bytes(): number {
    let sum = 0
    for (const { bytes } of this.#segments) sum += bytes
    return sum
  }

  /** Of the segment that is being written. */
  get segment(): number {
    return this.#writer.index
  }

  /** Throws where the disk does not take the batch; then nothing of it is in the log. */
  append(batch: SampleBatch): number {
    assert(!this.#isClosed, 'appended to a closed log')
    const ordered = orderedRows(batch)
    const rows = batch.length + (batch.exemplars?.length ?? 0)
    if (rows > 0) this.#write(ordered, rows)
    this.#ring.append(ordered)
    return this.end
  }

  cursor(options: CursorOptions = {}): Cursor {
    assert(!this.#isClosed, 'cursor in a closed log')
    const { dropped, name } = options
    const saved = name === undefined ? undefined : this.#places.load(name, this.#segments, this.end)
    const from = options.from ?? saved ?? this.end
    assert(from >= this.start && from <= this.end, 'cursor outside of the log')
    const cursor = new WalCursor(this.#forCursor(), { from, name, dropped }, (droppedInMemory) =>
      this.#ring.cursor({ dropped: droppedInMemory }),
    )
    this.#cursors.add(cursor)
    this.#savePlace(cursor)
    return cursor
  }

  timeAt(position: number): number | undefined {
    return position < this.#base ? undefined : this.#ring.timeAt(position - this.#base)
  }

  /** Drops whole segments only. Their files go with the next `maintain`. */
  truncate(before: number): void {
    for (const { first, rows } of this.#segments) {
      if (first + rows <= before) this.#lose(first + rows)
    }
  }

  onAppend(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /**
   * Begins a segment and removes the oldest ones that nobody needs any more, or that a bound says
   * must go. Rejects where the disk is full; then the log is as it was.
   */
  async maintain(options: TruncateOptions): Promise<void> {
    this.#writer.rotate()
    const last = this.#lastToRemove(options)
    if (last === undefined) return
    for (const { first, index, rows } of this.#segments) {
      if (index <= last) this.#lose(first + rows)
    }
    await this.#exclusively(async () => {
      await this.#numbers.forgetUpTo(last)
      const isNeeded = (ref: number) => this.#numbers.isNeededBehind(last, ref)
      await writeCheckpoint(this.#options.files, this.#walFolder, last, isNeeded)
      while (this.#segments[0] !== undefined && this.#segments[0].index <= last) {
        this.#segments.shift()
      }
    })
  }

  /** Resolves when what was appended so far outlasts a loss of power, and the readers' places. */
  async sync(): Promise<void> {
    this.#cancelSync?.()
    this.#cancelSync = undefined
    await this.#writer.sync()
    this.#savePlaces()
  }

  /** What is in the log stays there for who opens it next. */
  close(): void {
    if (this.#isClosed) return
    this.#isClosed = true
    this.#cancelSync?.()
    try {
      this.#savePlaces()
      this.#writer.close()
    } catch (error) {
      this.#options.problem('cannot close the write-ahead log', error)
    }
    for (const cursor of [...this.#cursors]) cursor.close()
    for (const unsubscribe of this.#unsubscribe) unsubscribe()
    this.#ring.close()
    this.#lock.release()
  }

  #write(batch: SampleBatch, rows: number): void {
    const writer = this.#writer
    const numbers = this.#numbers
    numbers.number(batch)
    try {
      writer.prepare(numbers.record.length + rows * rowSizeMaxBytes)
      if (numbers.fresh > 0) writer.add(numbers.record.bytes, numbers.record.length)
      addBatch(this.#rows, batch, numbers.refs, (record, length) => writer.add(record, length))
      writer.commit()
    } catch (error) {
      numbers.undo()
      this.refused += rows
      throw new Error('cannot append to the write-ahead log', { cause: error })
    }
    numbers.written(rows, writer.index)
    this.#count(batch, rows)
    this.#armSync()
  }

  #count(batch: SampleBatch, rows: number): void {
    const { index, position } = this.#writer
    let segment = this.#segments.at(-1)
    if (segment === undefined || segment.index !== index) {
      const first = this.end
      segment = { index, first, rows: 0, newestMs: -Infinity, bytes: 0, isDamaged: false }
      this.#segments.push(segment)
    }
    segment.rows += rows
    segment.bytes = position
    const { exemplars = [], length, times } = batch
    let newest = segment.newestMs
    if (typeof times === 'number') newest = length > 0 ? Math.max(newest, times) : newest
    else for (let row = 0; row < length; row++) if (times[row]! > newest) newest = times[row]!
    for (const { time } of exemplars) newest = Math.max(newest, time)
    segment.newestMs = newest
  }

  #lastToRemove(options: TruncateOptions): number | undefined {
    const now = this.#options.clock.now()
    const acked = Math.min(this.end, ...[...this.#cursors].map((cursor) => cursor.acked))
    let bytes = this.bytes
    let last: number | undefined
    for (const { bytes: size, first, index, newestMs, rows } of this.#segments) {
      if (index >= this.#writer.index) break
      const isDone = first + rows <= acked && newestMs < now - options.minKeepaliveMs
      const isTooOld = newestMs < now - options.maxKeepaliveMs
      if (!isDone && !isTooOld && bytes <= options.bytesMax) break
      bytes -= size
      last = index
    }
    return last
  }

  #lose(before: number): void {
    for (const cursor of this.#cursors) {
      const lost = cursor.lost.samples
      cursor.lose(before)
      this.dropped += cursor.lost.samples - lost
    }
  }

  #forCursor(): LogOfCursor {
    const { files, pool, problem } = this.#options
    return {
      pool,
      base: this.#base,
      openScan: () => new DiskScan(files, this.#walFolder, pool, () => this.#segments),
      exclusively: (task) => this.#exclusively(task),
      wake: () => this.#wake(),
      acked: () => this.#armSync(),
      closed: (cursor) => {
        this.#savePlace(cursor)
        this.#cursors.delete(cursor)
      },
      failed: (error) => problem('cannot read the write-ahead log back', error),
    }
  }

  #exclusively(task: () => Promise<void>): Promise<void> {
    const run = this.#last.then(task)
    this.#last = run.catch(() => {})
    return run
  }

  #wake(): void {
    for (const listener of this.#listeners) listener()
  }

  #armSync(): void {
    if (this.#cancelSync !== undefined || this.#isClosed) return
    const { clock, problem, syncIntervalMs } = this.#options
    this.#cancelSync = clock.after(syncIntervalMs, () => {
      this.#syncing = this.#syncing
        .then(() => this.sync())
        .catch((error) => {
          this.syncFailures++
          problem('cannot sync the write-ahead log', error)
          this.#armSync()
        })
    })
  }

  #savePlaces(): void {
    for (const { acked, name } of this.#cursors) {
      if (name !== undefined) this.#places.save(name, acked, this.#segments, this.#writer.index)
    }
  }

  #savePlace({ acked, name }: WalCursor): void {
    try {
      if (name !== undefined) this.#places.save(name, acked, this.#segments, this.#writer.index)
    } catch (error) {
      this.#options.problem('cannot save the place of a reader', error)
    }
  }
}
