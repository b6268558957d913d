// How records lie in a segment of a write-ahead log: in pages, cut into fragments.
//
//   page      = fragment* [padding]                                   32,768 bytes
//   fragment  = type · length u16 · crc32c u32 · bytes                numbers big-endian
//   padding   = zeros to the page's end, also where less than a fragment's head has room
//   type      = bits 0-2: 0 padding, 1 full, 2 first, 3 middle, 4 last; 0x08 snappy; 0x10 zstd
//
// Source: prometheus/tsdb/wlog/{wlog,reader}.go.

import { crc32c } from './crc32c.ts'

export const pageSizeBytes = 32_768
export const headerSizeBytes = 7
export const segmentSizeMaxBytes = 128 << 20
export const fragmentSizeMaxBytes = pageSizeBytes - headerSizeBytes

export const Fragment = { padding: 0, full: 1, first: 2, middle: 3, last: 4 } as const
export const fragmentMask = 7
/** Set in the type of each fragment of a record that is compressed as a whole. */
export const Compression = { none: 0, snappy: 0x08, zstd: 0x10 } as const

export type Compression = (typeof Compression)[keyof typeof Compression]

const capacityMin = 2 * pageSizeBytes
/** A longer buffer is not kept for what is staged next. */
const capacityKept = 4 << 20

/** Cuts records into fragments, and stages them until somebody takes and writes them. */
export class FrameWriter {
  readonly #segmentSizeBytes: number
  #out = new Uint8Array(capacityMin)
  #length = 0
  /** Offset in the segment of what is staged first. */
  #start: number

  /** Goes on at an offset of a segment, which is a whole number of pages long. */
  constructor(position = 0, segmentSizeBytes = segmentSizeMaxBytes) {
    this.#start = position
    this.#segmentSizeBytes = segmentSizeBytes
  }

  /** Offset in the segment behind what is staged. */
  get position(): number {
    return this.#start + this.#length
  }

  /** Whether a record of so many bytes still fits into the segment. */
  fits(length: number): boolean {
    const inPage = this.position % pageSizeBytes
    const pagesLeft = Math.floor((this.#segmentSizeBytes - this.position + inPage) / pageSizeBytes)
    if (pagesLeft < 1) return false
    const rest = Math.max(0, pageSizeBytes - inPage - headerSizeBytes)
    return length <= rest + fragmentSizeMaxBytes * (pagesLeft - 1)
  }

  /** Stages the first `length` bytes as a record. */
  add(record: Uint8Array, length: number, compression: Compression = Compression.none): void {
    this.#reserve(length + (2 + length / fragmentSizeMaxBytes) * headerSizeBytes + headerSizeBytes)
    if (pageSizeBytes - (this.position % pageSizeBytes) < headerSizeBytes) this.padPage()
    for (let from = 0, isFirst = true; isFirst || from < length; isFirst = false) {
      const room = pageSizeBytes - (this.position % pageSizeBytes) - headerSizeBytes
      const to = Math.min(length, from + room)
      const type =
        to === length
          ? isFirst
            ? Fragment.full
            : Fragment.last
          : isFirst
            ? Fragment.first
            : Fragment.middle
      this.#addFragment(type | compression, record, from, to)
      from = to
    }
  }

  /** Fills the page that is begun with zeros. */
  padPage(): void {
    const padding = (pageSizeBytes - (this.position % pageSizeBytes)) % pageSizeBytes
    this.#reserve(padding)
    this.#out.fill(0, this.#length, this.#length + padding)
    this.#length += padding
  }

  /** What is staged, valid until the next call. */
  take(): Uint8Array {
    const staged = this.#out.subarray(0, this.#length)
    this.#start += this.#length
    this.#length = 0
    if (this.#out.length > capacityKept) this.#out = new Uint8Array(capacityMin)
    return staged
  }

  /** Forgets what is staged and goes on at the start of a segment. */
  restart(): void {
    this.#start = 0
    this.#length = 0
  }

  #addFragment(type: number, record: Uint8Array, from: number, to: number): void {
    const out = this.#out
    const at = this.#length
    const length = to - from
    const sum = crc32c(record, from, to)
    out[at] = type
    out[at + 1] = length >>> 8
    out[at + 2] = length & 255
    out[at + 3] = sum >>> 24
    out[at + 4] = (sum >>> 16) & 255
    out[at + 5] = (sum >>> 8) & 255
    out[at + 6] = sum & 255
    out.set(record.subarray(from, to), at + headerSizeBytes)
    this.#length = at + headerSizeBytes + length
  }

  #reserve(more: number): void {
    const needed = this.#length + Math.ceil(more)
    if (needed <= this.#out.length) return
    const grown = new Uint8Array(needed * 2)
    grown.set(this.#out.subarray(0, this.#length))
    this.#out = grown
  }
}
