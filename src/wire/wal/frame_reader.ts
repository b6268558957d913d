// Reads records out of the bytes of a segment, whole or as it grows, and goes on behind damage.
//
// Source: prometheus/tsdb/wlog/{reader,live_reader}.go, apart from going on behind damage.

import { decompressRecord, UnsupportedCompression } from './compression.ts'
import { crc32c } from './crc32c.ts'
import {
  Compression,
  Fragment,
  fragmentMask,
  fragmentSizeMaxBytes,
  headerSizeBytes,
  pageSizeBytes,
} from './framing.ts'

/** What `next` found. */
export const Frame = { record: 0, more: 1, damage: 2, end: 3 } as const

export type Frame = (typeof Frame)[keyof typeof Frame]

/** Bytes that no record can be read from. */
export interface Damage {
  readonly from: number
  /** Where reading goes on. */
  readonly to: number
  readonly reason: string
  /** Nothing is wrong but that the end is missing, as after a kill in the middle of a write. */
  readonly torn: boolean
}

const compressionMask = Compression.snappy | Compression.zstd
const noBytes = new Uint8Array(0)

/**
 * Offsets count from the first byte pushed, which begins a page. After `more`, push bytes or say
 * that there are none: a page that is not complete may still be one that is being written.
 */
export class FrameReader {
  /** The last record, decompressed. Its bytes are valid until the next call. */
  record: Uint8Array = noBytes
  /** Where its first fragment begins. */
  recordAt = 0
  /** Of the last damage. */
  damage: Damage = { from: 0, to: 0, reason: '', torn: false }
  /** Whether the record came compressed. */
  compression: Compression = Compression.none
  #bytes: Uint8Array = noBytes
  /** Offset of the first of `bytes`. */
  #base = 0
  #at = 0
  #ended = false
  readonly #parts: Uint8Array[] = []
  #isOpen = false
  /** Fragments are skipped until one begins a record. */
  #isLost = false

  /** Where the next fragment begins. */
  get position(): number {
    return this.#base + this.#at
  }

  /** Where reading would have to start to see all that is not yet handed out. */
  get resumeAt(): number {
    return this.#isOpen ? this.recordAt : this.position
  }

  /** Starts at an offset where a fragment is known to begin. */
  constructor(position = 0) {
    this.#base = position
  }

  /** Takes the bytes that follow; they must not change until all is read. */
  push(bytes: Uint8Array): void {
    const left = this.#bytes.length - this.#at
    this.#base += this.#at
    if (left === 0) this.#bytes = bytes
    else {
      const joined = new Uint8Array(left + bytes.length)
      joined.set(this.#bytes.subarray(this.#at))
      joined.set(bytes, left)
      this.#bytes = joined
    }
    this.#at = 0
  }

  /** Says that no bytes follow. */
  end(): void {
    this.#ended = true
  }

  next(): Frame {
    for (;;) {
      const left = this.#bytes.length - this.#at
      if (left === 0) return this.#atEnd()
      const type = this.#bytes[this.#at]!
      const kind = type & fragmentMask
      if (kind === Fragment.padding) {
        const frame = this.#padding()
        if (frame !== undefined) return frame
        continue
      }
      if (left < headerSizeBytes) return this.#cutOff()
      const at = this.#at
      const length = (this.#bytes[at + 1]! << 8) | this.#bytes[at + 2]!
      if (kind > Fragment.last || type > (compressionMask | fragmentMask)) {
        return this.#damaged('a fragment has a type that there is not', length)
      }
      if (length > fragmentSizeMaxBytes) {
        return this.#damaged(`a fragment has ${length} bytes, more than a page`, length)
      }
      if (left < headerSizeBytes + length) return this.#cutOff()
      const end = at + headerSizeBytes + length
      if (crc32c(this.#bytes, at + headerSizeBytes, end) !== this.#sumAt(at)) {
        return this.#damaged('the checksum of a fragment does not match', length)
      }
      const frame = this.#fragment(type, at, end)
      if (frame !== undefined) return frame
    }
  }

  #fragment(type: number, at: number, end: number): Frame | undefined {
    const kind = type & fragmentMask
    const begins = kind === Fragment.full || kind === Fragment.first
    if (begins && this.#isOpen) {
      this.#closeRecord()
      return this.#report(this.recordAt, this.position, 'a record has no end', false)
    }
    if (!begins && !this.#isOpen) {
      this.#at = end
      if (this.#isLost) return undefined
      this.#isLost = true
      return this.#report(this.#base + at, this.position, 'a record has no beginning', false)
    }
    if (begins) this.recordAt = this.#base + at
    this.#isLost = false
    this.#at = end
    this.#parts.push(this.#bytes.subarray(at + headerSizeBytes, end))
    this.#isOpen = kind !== Fragment.full && kind !== Fragment.last
    return this.#isOpen ? undefined : this.#complete(type & compressionMask)
  }

  #complete(compression: number): Frame {
    const joined = this.#parts.length === 1 ? this.#parts[0]! : Buffer.concat(this.#parts)
    this.#closeRecord()
    this.compression =
      compression === Compression.snappy
        ? Compression.snappy
        : compression === Compression.none
          ? Compression.none
          : Compression.zstd
    try {
      this.record = decompressRecord(joined, this.compression)
      return Frame.record
    } catch (error) {
      // It is no damage, and a repair must not drop it.
      if (error instanceof UnsupportedCompression) throw error
      return this.#report(this.recordAt, this.position, (error as Error).message, false)
    }
  }

  /** Skips the padding of a page; the frame where that cannot be. */
  #padding(): Frame | undefined {
    const rest = pageSizeBytes - (this.position % pageSizeBytes)
    const end = Math.min(this.#at + rest, this.#bytes.length)
    for (let i = this.#at; i < end; i++) {
      if (this.#bytes[i] === 0) continue
      return this.#damaged('the padding of a page holds more than zeros', undefined)
    }
    if (end < this.#at + rest && !this.#ended) return Frame.more
    this.#at = end
    return undefined
  }

  #atEnd(): Frame {
    if (!this.#ended) return Frame.more
    if (!this.#isOpen) return Frame.end
    this.#closeRecord()
    return this.#report(this.recordAt, this.position, 'the last record is cut off', true)
  }

  #cutOff(): Frame {
    if (!this.#ended) return Frame.more
    const from = this.resumeAt
    this.#closeRecord()
    this.#at = this.#bytes.length
    return this.#report(from, this.position, 'the last record is cut off', true)
  }

  /**
   * Goes on with the fragment that follows, if the length of the damaged one can be trusted, or
   * else with the next page.
   */
  #damaged(reason: string, length: number | undefined): Frame {
    const rest = pageSizeBytes - (this.position % pageSizeBytes)
    if (this.#bytes.length - this.#at < rest && !this.#ended) return Frame.more
    const from = this.resumeAt
    const pageEnd = Math.min(this.#at + rest, this.#bytes.length)
    const next = length === undefined ? pageEnd : this.#at + headerSizeBytes + length
    this.#closeRecord()
    this.#at = next < pageEnd && this.#isFragment(next, pageEnd) ? next : pageEnd
    this.#isLost = true
    return this.#report(from, this.position, reason, false)
  }

  #isFragment(at: number, pageEnd: number): boolean {
    const end = at + headerSizeBytes
    if (end > pageEnd) return false
    const kind = this.#bytes[at]! & fragmentMask
    if (kind === Fragment.padding || kind > Fragment.last) return false
    const length = (this.#bytes[at + 1]! << 8) | this.#bytes[at + 2]!
    if (end + length > pageEnd) return false
    return crc32c(this.#bytes, end, end + length) === this.#sumAt(at)
  }

  #sumAt(at: number): number {
    const bytes = this.#bytes
    const high = (bytes[at + 3]! << 24) | (bytes[at + 4]! << 16)
    return (high | (bytes[at + 5]! << 8) | bytes[at + 6]!) >>> 0
  }

  #closeRecord(): void {
    this.#parts.length = 0
    this.#isOpen = false
  }

  #report(from: number, to: number, reason: string, torn: boolean): Frame {
    this.damage = { from, to, reason, torn }
    return Frame.damage
  }
}
