// The numbers and texts that records of a write-ahead log are made of.
//
//   be64  8 bytes big-endian          uv  LEB128            v  zigzag, then LEB128
//   f64   bits of a double, be64      str uv length, bytes

import { putVarint64, varint64Length } from '../protobuf.ts'

const two32 = 2 ** 32
const capacityMin = 1 << 12
/** A longer buffer is not kept for the next record. */
const capacityKept = 4 << 20
/** Up to here a number doubled is still exact. */
const doubledMax = 2 ** 52
const varintMax = 10

/** A record that cannot be what its type says. */
export class RecordError extends Error {
  override readonly name = 'RecordError'
}

/** A record that is being made. Reused for the next one. */
export class RecordWriter {
  bytes = new Uint8Array(capacityMin)
  view = new DataView(this.bytes.buffer)
  length = 0

  /** Forgets what is written. */
  begin(type: number): void {
    if (this.bytes.length > capacityKept) this.#resize(capacityMin)
    this.length = 1
    this.bytes[0] = type
  }

  /** Makes room for so many bytes more. */
  reserve(more: number): void {
    const needed = this.length + more
    if (needed > this.bytes.length) this.#resize(Math.max(needed, this.bytes.length * 2))
  }

  u8(value: number): void {
    this.reserve(1)
    this.bytes[this.length++] = value
  }

  be64(value: number): void {
    this.reserve(8)
    const high = Math.floor(value / two32)
    this.view.setInt32(this.length, high)
    this.view.setUint32(this.length + 4, value - high * two32)
    this.length += 8
  }

  f64(value: number): void {
    this.reserve(8)
    this.view.setFloat64(this.length, value)
    // What JavaScript calls NaN is not the NaN that Prometheus writes.
    if (Number.isNaN(value) && this.view.getUint32(this.length + 4) === 0)
      this.bytes[this.length + 7] = 1
    this.length += 8
  }

  uvarint(value: number): void {
    this.reserve(varint64Length(value))
    this.length = putVarint64(this.bytes, this.length, value)
  }

  varint(value: number): void {
    this.reserve(varintMax)
    this.length = putZigzag(this.bytes, this.length, value)
  }

  text(bytes: Uint8Array): void {
    this.uvarint(bytes.length)
    this.reserve(bytes.length)
    this.bytes.set(bytes, this.length)
    this.length += bytes.length
  }

  #resize(size: number): void {
    const resized = new Uint8Array(size)
    resized.set(this.bytes.subarray(0, Math.min(this.length, size)))
    this.bytes = resized
    this.view = new DataView(resized.buffer)
  }
}

/** Writes a whole number as a zigzag varint, at most 10 bytes; where it ends. */
export function putZigzag(out: Uint8Array, at: number, value: number): number {
  if (value >= -doubledMax && value <= doubledMax) {
    return putVarint64(out, at, value < 0 ? -2 * value - 1 : 2 * value)
  }
  let bits = BigInt.asUintN(64, BigInt(value) << 1n) ^ (value < 0 ? 0xffff_ffff_ffff_ffffn : 0n)
  let end = at
  for (; bits > 127n; bits >>= 7n) out[end++] = Number(bits & 127n) | 128
  out[end++] = Number(bits)
  return end
}

/** Walks a record. All methods throw a RecordError where bytes are missing. */
export class RecordReader {
  readonly bytes: Uint8Array
  readonly view: DataView
  at: number

  constructor(bytes: Uint8Array, at = 1) {
    this.bytes = bytes
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    this.at = at
  }

  get left(): number {
    return this.bytes.length - this.at
  }

  u8(): number {
    return this.bytes[this.take(1)]!
  }

  /** Of a time, as a signed number; beyond 2^53 the nearest double. */
  time64(): number {
    const at = this.take(8)
    return this.view.getInt32(at) * two32 + this.view.getUint32(at + 4)
  }

  /** Of a ref, without sign; beyond 2^53 the nearest double. */
  ref64(): number {
    const at = this.take(8)
    return this.view.getUint32(at) * two32 + this.view.getUint32(at + 4)
  }

  f64(): number {
    return this.view.getFloat64(this.take(8))
  }

  uvarint(): number {
    const bytes = this.bytes
    let at = this.at
    let value = 0
    for (let scale = 1; at < bytes.length; scale *= 128) {
      const byte = bytes[at++]!
      value += (byte & 127) * scale
      if (byte < 128) {
        this.at = at
        return value
      }
      if (at - this.at >= varintMax) throw new RecordError('a number has more than 64 bits')
    }
    throw new RecordError('record is cut off')
  }

  varint(): number {
    const from = this.at
    const coded = this.uvarint()
    if (coded <= 2 * doubledMax) return coded % 2 === 0 ? coded / 2 : -(coded + 1) / 2
    this.at = from
    return this.#longVarint()
  }

  text(): Uint8Array {
    const length = this.uvarint()
    const from = this.take(length)
    return this.bytes.subarray(from, from + length)
  }

  /** How many items of at least `sizeMin` bytes follow, as a number in front of them says. */
  count(sizeMin: number): number {
    const count = this.uvarint()
    if (count * sizeMin > this.left) throw new RecordError('record is cut off')
    return count
  }

  take(length: number): number {
    const from = this.at
    if (length > this.bytes.length - from) throw new RecordError('record is cut off')
    this.at = from + length
    return from
  }

  #longVarint(): number {
    let bits = 0n
    for (let shift = 0n; ; shift += 7n) {
      const byte = this.u8()
      bits |= BigInt(byte & 127) << shift
      if (byte < 128) break
    }
    bits = BigInt.asUintN(64, bits)
    return Number((bits >> 1n) ^ -(bits & 1n))
  }
}
