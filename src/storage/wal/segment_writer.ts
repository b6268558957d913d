// Writes commits into the segments of a write-ahead log.

import { join } from 'node:path'
import { RecordCompressor } from '../../wire/wal/compression.ts'
import { FrameWriter, segmentSizeMaxBytes } from '../../wire/wal/framing.ts'
import { codeOf, type Files, type WritableFile } from '../files.ts'
import { segmentName } from './layout.ts'

/** Staged for every record beside its bytes, roughly: heads of fragments, padding of a page. */
const recordOverhead = 64

/**
 * A commit is in the log as a whole or not at all: what a failed write left is cut off, and the
 * next commit goes to a segment of its own.
 */
export class SegmentWriter {
  readonly #files: Files
  readonly #folder: string
  readonly #segmentSizeBytes: number
  readonly #compressor = new RecordCompressor()
  #frames: FrameWriter
  #file: WritableFile | undefined
  #index: number
  #isBroken = false
  #isDirty = false
  #syncing: Promise<void> = Promise.resolve()

  /** The first commit begins segment `index`. */
  constructor(files: Files, folder: string, index: number, segmentSizeBytes = segmentSizeMaxBytes) {
    this.#files = files
    this.#folder = folder
    this.#index = index
    this.#segmentSizeBytes = segmentSizeBytes
    this.#frames = new FrameWriter(0, segmentSizeBytes)
  }

  /** Of the segment that is being written. */
  get index(): number {
    return this.#index
  }

  /** Bytes of it. */
  get position(): number {
    return this.#frames.position
  }

  /**
   * Makes room for a commit of so many bytes at most: may begin a segment. Throws where it cannot
   * be created.
   */
  prepare(bytes: number): void {
    const isFull = this.position > 0 && !this.#frames.fits(bytes + recordOverhead)
    if (isFull || (this.#isBroken && this.position > 0)) this.rotate()
    if (this.#file === undefined || this.#isBroken) this.#open()
  }

  add(record: Uint8Array, length: number): void {
    this.#compressor.compress(record, length)
    const { bytes, compression, length: compressed } = this.#compressor
    this.#frames.add(bytes, compressed, compression)
  }

  /** Hands what was added to the system, or throws and leaves no trace of it. */
  commit(): void {
    const file = this.#file!
    const staged = this.#frames.take()
    const before = this.#frames.position - staged.length
    try {
      file.write(staged)
      this.#isDirty = true
    } catch (error) {
      this.#isBroken = true
      this.#frames = new FrameWriter(before, this.#segmentSizeBytes)
      cutOff(file, before)
      throw error
    }
  }

  /** The next commit begins a segment, unless this one is empty. */
  rotate(): void {
    const file = this.#file
    if (file === undefined || this.position === 0) return
    this.#file = undefined
    this.#index++
    this.#frames = new FrameWriter(0, this.#segmentSizeBytes)
    this.#isBroken = false
    this.#finish(file)
  }

  /** Resolves when everything committed so far outlasts a loss of power. */
  async sync(): Promise<void> {
    if (!this.#isDirty || this.#file === undefined) return
    this.#isDirty = false
    const sync = this.#file.sync()
    this.#syncing = sync.catch(() => {
      this.#isDirty = true
    })
    await sync
  }

  close(): void {
    const file = this.#file
    this.#file = undefined
    if (file !== undefined) this.#finish(file)
  }

  /** A file that is being synced is closed only after that: its number may soon be another's. */
  #finish(file: WritableFile): void {
    try {
      file.syncNow()
    } finally {
      void this.#syncing.then(() => file.close())
    }
  }

  #open(): void {
    const before = this.#file
    if (before !== undefined) void this.#syncing.then(() => before.close())
    this.#file = undefined
    this.#file = this.#files.create(join(this.#folder, segmentName(this.#index)))
    this.#isBroken = false
    this.#files.syncFolder(this.#folder)
  }
}

/** Where even that fails, the segment ends with a record that is cut off, which readers skip. */
function cutOff(file: WritableFile, size: number): void {
  try {
    file.truncate(size)
  } catch (error) {
    if (codeOf(error) === '') throw error
  }
}
