// Reads a write-ahead log: the checkpoint, then the segments behind it. What is damaged is skipped
// and reported, so that one flipped bit costs a record and not the log.

import { Slice } from '../../engine/slice.ts'
import { type Damage, Frame, FrameReader } from '../../wire/wal/frame_reader.ts'
import type { Compression } from '../../wire/wal/framing.ts'
import { RecordError } from '../../wire/wal/record_bytes.ts'
import type { Files, ReadableFile } from '../files.ts'
import { layoutOf, type SegmentFile } from './layout.ts'

const chunkSizeBytes = 1 << 20

/** Records of one segment, from an offset at which a fragment begins. */
export class SegmentReader {
  readonly #file: ReadableFile
  readonly #frames: FrameReader
  readonly #isLive: boolean
  #readTo: number

  /**
   * `isLive`: somebody is writing the segment. Then `next` gives `more` at its end, and goes on
   * once there is more, until `finish`.
   */
  constructor(files: Files, path: string, from = 0, options: { readonly isLive?: boolean } = {}) {
    this.#file = files.openToRead(path)
    this.#frames = new FrameReader(from)
    this.#isLive = options.isLive ?? false
    this.#readTo = from
  }

  /** Valid until the next call. */
  get record(): Uint8Array {
    return this.#frames.record
  }

  get recordAt(): number {
    return this.#frames.recordAt
  }

  get damage(): Damage {
    return this.#frames.damage
  }

  get compression(): Compression {
    return this.#frames.compression
  }

  /** Offset of the fragment that comes next. */
  get position(): number {
    return this.#frames.position
  }

  get size(): number {
    return this.#file.size
  }

  next(): Frame {
    for (;;) {
      const frame = this.#frames.next()
      if (frame !== Frame.more) return frame
      const chunk = new Uint8Array(chunkSizeBytes)
      const count = this.#file.read(chunk, this.#readTo)
      if (count > 0) this.#frames.push(chunk.subarray(0, count))
      else if (this.#isLive) return Frame.more
      else this.#frames.end()
      this.#readTo += count
    }
  }

  /** Says that a live segment is complete: a newer one has been begun. */
  finish(): void {
    this.#frames.end()
  }

  close(): void {
    this.#file.close()
  }
}

export interface FileDamage extends Damage {
  readonly path: string
}

export interface WalVisitor {
  /** The bytes are valid during the call. A RecordError counts as damage of this record. */
  record(record: Uint8Array, place: RecordPlace): void
  /** Before the records of a file. */
  file?(file: SegmentFile, isCheckpoint: boolean): void
  damage?(damage: FileDamage): void
  /** After bytes were read; called at least once a file. */
  progress?(bytes: number): void
}

export interface RecordPlace {
  readonly isCheckpoint: boolean
  readonly segment: number
  /** Where the record begins and the next fragment. */
  readonly offset: number
  readonly end: number
}

/** Reads all of a log, in turns of a few milliseconds. Rejects where files cannot be read. */
export async function readWal(files: Files, folder: string, visitor: WalVisitor): Promise<void> {
  const { checkpoint, segments } = layoutOf(files, folder)
  for (const file of checkpoint?.segments ?? []) await readFile(files, file, true, visitor)
  for (const file of segments) {
    if (checkpoint !== undefined && file.index <= checkpoint.index) continue
    await readFile(files, file, false, visitor)
  }
}

/** Reads one file of a log. */
export async function readFile(
  files: Files,
  file: SegmentFile,
  isCheckpoint: boolean,
  visitor: WalVisitor,
): Promise<void> {
  visitor.file?.(file, isCheckpoint)
  const slice = new Slice()
  const reader = new SegmentReader(files, file.path)
  try {
    for (let seen = 0; ; ) {
      const frame = reader.next()
      if (frame === Frame.damage) visitor.damage?.({ ...reader.damage, path: file.path })
      else if (frame === Frame.record) {
        visit(visitor, file, isCheckpoint, reader)
      }
      if (frame === Frame.end || slice.due()) {
        visitor.progress?.(reader.position - seen)
        seen = reader.position
      }
      if (frame === Frame.end) return
      if (slice.due()) await slice.pause()
    }
  } finally {
    reader.close()
  }
}

function visit(
  visitor: WalVisitor,
  file: SegmentFile,
  isCheckpoint: boolean,
  reader: SegmentReader,
): void {
  const { position: end, record, recordAt: offset } = reader
  try {
    visitor.record(record, { isCheckpoint, segment: file.index, offset, end })
  } catch (error) {
    if (!(error instanceof RecordError)) throw error
    visitor.damage?.({
      path: file.path,
      from: offset,
      to: end,
      reason: error.message,
      torn: false,
    })
  }
}
