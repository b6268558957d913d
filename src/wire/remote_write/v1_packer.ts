// Requests of remote write 1 for plain samples, written as a snappy block at once.
//
// A request is label pairs over and over, and the pool knows which: a pair that was written before
// in this block becomes a copy without anything being searched or even written out. What follows
// each other in both places becomes one copy, over pairs, heads and times.
//
//   position  where a byte would be in the request that nobody writes
//   run       the copy that grows: so many bytes, so far back
//   literal   bytes that are new, behind a place for their tag
//
// Sources: prometheus/prompb/remote.proto; the format description of google/snappy.

import type { LabelPool } from '../../model/label_pool.ts'
import { Kind } from '../../model/samples.ts'
import { putVarint64 } from '../protobuf.ts'
import type { SampleColumns } from './v1_encoder.ts'

/** Snappy's copies with 2 bytes reach this far back. */
const reachBytes = 0xffff
/** Tags and heads of a row, and what copying whole words overwrites. */
const rowOverhead = 256
const capacityMin = 1 << 16
/** Longer buffers are not kept for the next request. */
const capacityKept = 8 << 20
/** Positions at which the table starts afresh, so that they fit into 32 bits. */
const positionMax = 2 ** 31
/** For the length of the content, which is only known at the end. */
const headBytes = 5
const slotBits = 12
const slotShift = 32 - slotBits
const multiplier = 0x1e35a7bd

export class RemoteWriteV1Packer {
  readonly #pool: LabelPool
  #out = new Uint8Array(capacityMin)
  #view = new DataView(this.#out.buffer)
  /** End of what is written. */
  #at = 0
  #position: number
  /** By pair: where it was written last, and its length. */
  #pairs = new Uint32Array(2048)
  /** The pairs that were not within reach, one after the other, to find words in them again. */
  #text = new Uint8Array(capacityMin)
  #textView = new DataView(this.#text.buffer)
  #textAt = 0
  /** Where the text of this block begins in the count of all. */
  #textBase = 0
  /** By hash of a word: where it was in the texts, its pair's end, how far on its position is. */
  readonly #seen = new Uint32Array(3 << slotBits)
  #runDelta = 0
  #runLength = 0
  /** Where the tag of the open literal goes; 0: none is open. */
  #literalAt = 0
  /** The row before: positions of its head and its sample, their lengths, and its value. */
  #rowAt = 0
  #sampleAt = 0
  #rowLength = 0
  #sampleLength = 0
  #hasValue = false
  #low = 0
  #high = 0
  #hasTimeOfRowBefore = false
  #time = Number.NaN
  readonly #timeBytes = new Uint8Array(11)
  #timeLength = 0

  /** Positions go on from `position`; other than 1 in tests of how they start afresh. */
  constructor(pool: LabelPool, position = 1) {
    this.#pool = pool
    this.#position = position
  }

  /** Whether `pack` can write all these rows: no histograms. */
  static takes(columns: SampleColumns): boolean {
    return columns.histograms === undefined || columns.histograms.size === 0
  }

  /**
   * The request with rows `from` to `to` as a snappy block, valid until the next call. Rows must be
   * floats or stale markers.
   *
   * Hot: 100 to 200 ns a sample of 10 labels.
   */
  pack(columns: SampleColumns, from: number, to: number): Uint8Array {
    const { series, kinds, times, values } = columns
    const words = new Uint32Array(values.buffer, values.byteOffset, values.length * 2)
    const start = this.#begin()
    for (let row = from; row < to; row++) {
      const time = typeof times === 'number' ? times : times[row]!
      if (time !== this.#time) this.#encodeTime(time)
      let low = words[row * 2]!
      let high = words[row * 2 + 1]!
      if (kinds[row] === Kind.stale) {
        high = 0x7ff00000
        low = 2
      } else if (high === 0x7ff80000 && low === 0) {
        // What JavaScript calls NaN is not the NaN that Prometheus writes.
        low = 1
      }
      this.#addRow(series[row]!, low, high, start)
    }
    this.#endRun()
    this.#endLiteral()
    return this.#withHead(this.#position - start)
  }

  #begin(): number {
    if (this.#position > positionMax) {
      this.#pairs.fill(0)
      this.#position = 1
      this.#seen.fill(0)
      this.#textBase = 0
      this.#textAt = 0
    }
    if (this.#out.length > capacityKept) {
      this.#out = new Uint8Array(capacityMin)
      this.#view = new DataView(this.#out.buffer)
    }
    if (this.#text.length > capacityKept) {
      this.#text = new Uint8Array(capacityMin)
      this.#textView = new DataView(this.#text.buffer)
    }
    this.#textBase += this.#textAt
    this.#textAt = 0
    this.#at = headBytes
    this.#literalAt = 0
    this.#runLength = 0
    this.#runDelta = 0
    this.#rowAt = 0
    this.#time = Number.NaN
    return this.#position
  }

  #addRow(id: number, low: number, high: number, start: number): void {
    const pool = this.#pool
    const count = pool.pairsOf(id)
    const framed = pool.framedLength(id)
    // A run may go on over many rows before it is written, in 3 bytes for 64.
    const needed = this.#at + framed + (framed >>> 3) + (this.#runLength >>> 4) + rowOverhead
    if (needed > this.#out.length) this.#grow(needed)
    const hasValue = (low | high) !== 0
    const sampleLength = (hasValue ? 9 : 0) + this.#timeLength
    const length = framed + 2 + sampleLength
    const rowAt = this.#position
    const back = rowAt - this.#rowAt
    const hasBefore = this.#rowAt > 0 && back + length <= reachBytes
    if (hasBefore && length === this.#rowLength && this.#continues(back)) {
      this.#run(back, length < 128 ? 2 : length < 16384 ? 3 : 4)
    } else this.#literalHead(length)
    this.#addPairs(pool.pairsRead, count, start)
    const sampleAt = this.#position
    const sampleBack = sampleAt - this.#sampleAt
    const isLike = hasBefore && sampleLength === this.#sampleLength && hasValue === this.#hasValue
    if (isLike && (this.#continues(sampleBack) || (hasValue && low === this.#low))) {
      this.#run(sampleBack, hasValue ? 3 : 2)
    } else this.#literalSample(sampleLength, hasValue)
    if (hasValue) this.#addValue(low, high, isLike ? sampleBack : 0)
    if (isLike && this.#hasTimeOfRowBefore) this.#run(sampleBack, this.#timeLength)
    else this.#literalTime()
    this.#hasTimeOfRowBefore = true
    this.#rowAt = rowAt
    this.#sampleAt = sampleAt
    this.#rowLength = length
    this.#sampleLength = sampleLength
    this.#hasValue = hasValue
    this.#low = low
    this.#high = high
  }

  #addPairs(pairs: Uint32Array, count: number, start: number): void {
    let table: Uint32Array = this.#pairs
    for (let i = 0; i < count; i++) {
      const pair = pairs[i]!
      if (pair * 2 >= table.length) table = this.#widen(pair)
      const known = table[pair * 2]!
      const position = this.#position
      table[pair * 2] = position
      const back = position - known
      if (known >= start && back <= reachBytes) this.#run(back, table[pair * 2 + 1]!)
      else table[pair * 2 + 1] = this.#addNew(pair)
    }
  }

  /** A pair that is not within reach, which may still share words with others; its length. */
  #addNew(pair: number): number {
    const { pairs } = this.#pool
    const length = pairs.lengthOf(pair)
    if (this.#textAt + length + 8 > this.#text.length) this.#growText(length)
    const view = this.#textView
    const start = this.#textAt
    const end = pairs.copy(pair, view, start)
    this.#textAt = end
    const seen = this.#seen
    const base = this.#textBase
    const bias = this.#position - start
    let from = start
    for (let p = start, skip = 32; p + 4 <= end; p += skip++ >>> 5) {
      const word = view.getInt32(p, true)
      const slot = (Math.imul(word, multiplier) >>> slotShift) * 3
      const known = seen[slot]! - base
      const knownEnd = seen[slot + 1]!
      const back = p + bias - (known + seen[slot + 2]!)
      seen[slot] = base + p
      seen[slot + 1] = end
      seen[slot + 2] = bias
      if (known < 0 || known + 4 > knownEnd || view.getInt32(known, true) !== word) continue
      if (back > reachBytes) continue
      const matched = this.#matched(known, p, knownEnd, end)
      this.#literalText(from, p)
      this.#run(back, matched)
      p += matched
      from = p
      skip = 32
      p -= 1
    }
    this.#literalText(from, end)
    return length
  }

  /** How many bytes of the text are the same at both places. */
  #matched(a: number, b: number, endA: number, endB: number): number {
    const text = this.#text
    const view = this.#textView
    const max = Math.min(endA - a, endB - b)
    let length = 4
    while (length + 4 <= max && view.getInt32(a + length) === view.getInt32(b + length)) length += 4
    while (length < max && text[a + length] === text[b + length]) length++
    return length
  }

  #literalText(from: number, to: number): void {
    if (from === to) return
    this.#startLiteral()
    const out = this.#out
    const text = this.#text
    let at = this.#at
    for (let i = from; i < to; i++) out[at++] = text[i]!
    this.#at = at
    this.#position += to - from
  }

  #growText(length: number): void {
    const grown = new Uint8Array(this.#text.length * 2 + length)
    grown.set(this.#text.subarray(0, this.#textAt))
    this.#text = grown
    this.#textView = new DataView(grown.buffer)
  }

  #addValue(low: number, high: number, back: number): void {
    if (back === 0 || low !== this.#low || !this.#continues(back)) {
      this.#literalWord(low, 0)
      this.#literalWord(high, 0)
      return
    }
    const differs = high ^ this.#high
    // Bytes in front of the lowest bit that differs.
    const same = differs === 0 ? 4 : (31 - Math.clz32(differs & -differs)) >>> 3
    this.#run(back, 4 + same)
    if (same < 4) this.#literalWord(high, same)
  }

  /** Whether bytes so far back would lengthen the run that is open. */
  #continues(back: number): boolean {
    return this.#runLength > 0 && this.#runDelta === back
  }

  #run(back: number, length: number): void {
    this.#position += length
    if (this.#continues(back)) {
      this.#runLength += length
      return
    }
    this.#endRun()
    this.#endLiteral()
    this.#runDelta = back
    this.#runLength = length
  }

  #endRun(): void {
    let left = this.#runLength
    if (left === 0) return
    this.#runLength = 0
    const back = this.#runDelta
    const out = this.#out
    let at = this.#at
    while (left > 0) {
      // The last copy must have 4 bytes at least to take the short form.
      const length = left <= 64 ? left : left < 68 ? 60 : 64
      if (length >= 4 && length < 12 && back < 2048) {
        out[at] = 1 | ((length - 4) << 2) | ((back >>> 8) << 5)
        out[at + 1] = back & 255
        at += 2
      } else {
        out[at] = 2 | ((length - 1) << 2)
        out[at + 1] = back & 255
        out[at + 2] = back >>> 8
        at += 3
      }
      left -= length
    }
    this.#at = at
  }

  #startLiteral(): void {
    if (this.#literalAt > 0) return
    this.#endRun()
    this.#literalAt = this.#at++
  }

  #endLiteral(): void {
    const tag = this.#literalAt
    if (tag === 0) return
    this.#literalAt = 0
    const length = this.#at - tag - 1
    const out = this.#out
    if (length <= 60) {
      out[tag] = (length - 1) << 2
      return
    }
    const more = length <= 256 ? 1 : length <= 65536 ? 2 : 4
    out.copyWithin(tag + 1 + more, tag + 1, this.#at)
    out[tag] = (59 + more) << 2
    for (let i = 0; i < more; i++) out[tag + 1 + i] = ((length - 1) >>> (8 * i)) & 255
    this.#at += more
  }

  #literalHead(length: number): void {
    this.#startLiteral()
    const from = this.#at
    this.#out[from] = 0x0a
    this.#at = putVarint64(this.#out, from + 1, length)
    this.#position += this.#at - from
  }

  #literalSample(length: number, hasValue: boolean): void {
    this.#startLiteral()
    const at = this.#at
    this.#out[at] = 0x12
    this.#out[at + 1] = length
    this.#out[at + 2] = 0x09
    this.#at = at + (hasValue ? 3 : 2)
    this.#position += hasValue ? 3 : 2
  }

  /** The bytes of a word from `first` on. */
  #literalWord(word: number, first: number): void {
    this.#startLiteral()
    this.#view.setInt32(this.#at, word >>> (8 * first), true)
    this.#at += 4 - first
    this.#position += 4 - first
  }

  #literalTime(): void {
    if (this.#timeLength === 0) return
    this.#startLiteral()
    for (let i = 0; i < this.#timeLength; i++) this.#out[this.#at++] = this.#timeBytes[i]!
    this.#position += this.#timeLength
  }

  #encodeTime(time: number): void {
    this.#time = time
    this.#hasTimeOfRowBefore = false
    this.#timeLength = 0
    if (time === 0) return
    this.#timeBytes[0] = 0x10
    this.#timeLength = putVarint64(this.#timeBytes, 1, time)
  }

  /** The block, its head put right before what is written. */
  #withHead(size: number): Uint8Array {
    const length =
      size < 2 ** 7 ? 1 : size < 2 ** 14 ? 2 : size < 2 ** 21 ? 3 : size < 2 ** 28 ? 4 : 5
    putVarint64(this.#out, headBytes - length, size)
    return this.#out.subarray(headBytes - length, this.#at)
  }

  #widen(pair: number): Uint32Array {
    const wider = new Uint32Array(pair * 4)
    wider.set(this.#pairs)
    this.#pairs = wider
    return wider
  }

  #grow(needed: number): void {
    const grown = new Uint8Array(this.#out.length + needed)
    grown.set(this.#out.subarray(0, this.#at))
    this.#out = grown
    this.#view = new DataView(grown.buffer)
  }
}
