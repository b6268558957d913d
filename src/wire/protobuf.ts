// Pieces of the protobuf wire format that the hand-written codecs share.

/** A message that is no protobuf, or not the one expected. */
export class ProtobufError extends Error {
  override readonly name = 'ProtobufError'
}

/** How many bytes a whole number has as a varint; a negative one is an int64, 10 bytes. */
export function varint64Length(value: number): number {
  if (value < 0) return 10
  let length = 1
  for (let rest = value; rest > 127; rest = Math.floor(rest / 128)) length++
  return length
}

/** Writes a whole number as the varint of an int64; where it ends. */
export function putVarint64(out: Uint8Array, start: number, value: number): number {
  if (value < 0) return putNegative(out, start, value)
  let at = start
  let rest = value
  while (rest > 0x7fff_ffff) {
    out[at++] = (rest % 128) | 128
    rest = Math.floor(rest / 128)
  }
  while (rest > 127) {
    out[at++] = (rest & 127) | 128
    rest >>>= 7
  }
  out[at++] = rest
  return at
}

function putNegative(out: Uint8Array, start: number, value: number): number {
  let bits = BigInt.asUintN(64, BigInt(value))
  let at = start
  for (let i = 0; i < 9; i++) {
    out[at++] = Number(bits & 127n) | 128
    bits >>= 7n
  }
  out[at++] = Number(bits)
  return at
}

/** The wire types in use. */
export const Wire = { varint: 0, fixed64: 1, bytes: 2, fixed32: 5 } as const

/**
 * Walks the fields of a message. After `next`, `field` and `wire` say what came; then exactly one
 * of the reading methods, or `skip`, is called. All throw a ProtobufError where bytes are missing.
 */
export class ProtobufReader {
  readonly #bytes: Uint8Array
  readonly #view: DataView
  #at: number
  readonly #end: number
  field = 0
  wire = 0

  constructor(bytes: Uint8Array, from = 0, to = bytes.length) {
    this.#bytes = bytes
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    this.#at = from
    this.#end = to
  }

  /** Whether there is another field. */
  next(): boolean {
    if (this.#at >= this.#end) return false
    const tag = this.#varint32()
    this.field = tag >>> 3
    this.wire = tag & 7
    if (this.field === 0) throw new ProtobufError('illegal tag 0')
    return true
  }

  /** A whole number as int64; beyond 2^53 the nearest double. */
  int64(): number {
    return Number(BigInt.asIntN(64, this.bigint()))
  }

  /** A whole number without sign; beyond 2^53 the nearest double. */
  uint64(): number {
    const small = this.#smallVarint()
    return small >= 0 ? small : Number(this.bigint())
  }

  /** A zigzag number; beyond 2^53 the nearest double. */
  sint64(): number {
    const bits = this.bigint()
    return Number((bits >> 1n) ^ -(bits & 1n))
  }

  /** The 64 bits of a varint. */
  bigint(): bigint {
    this.#expect(Wire.varint)
    let value = 0n
    for (let shift = 0n; shift < 70n; shift += 7n) {
      const byte = this.#byte()
      value |= BigInt(byte & 127) << shift
      if (byte < 128) return BigInt.asUintN(64, value)
    }
    throw new ProtobufError('varint is longer than 10 bytes')
  }

  /** Offset in the message's buffer of 8 bytes, which are skipped. */
  fixed64(): number {
    this.#expect(Wire.fixed64)
    return this.#take(8)
  }

  double(): number {
    return this.doubleAt(this.fixed64())
  }

  /** The double at an offset that `fixed64` gave. */
  doubleAt(at: number): number {
    return this.#view.getFloat64(at, true)
  }

  /** Appends the values of a repeated field, packed or one by one. */
  repeated(values: number[], type: 'double' | 'sint64'): void {
    if (this.wire !== Wire.bytes) {
      values.push(type === 'double' ? this.double() : this.sint64())
      return
    }
    const packed = new ProtobufReader(this.bytes())
    packed.wire = type === 'double' ? Wire.fixed64 : Wire.varint
    while (packed.#at < packed.#end) {
      values.push(type === 'double' ? packed.double() : packed.sint64())
    }
  }

  /** Content of a length-delimited field, a view. */
  bytes(): Uint8Array {
    this.#expect(Wire.bytes)
    const length = this.#varint32()
    const from = this.#take(length)
    return this.#bytes.subarray(from, from + length)
  }

  skip(): void {
    if (this.wire === Wire.varint) this.bigint()
    else if (this.wire === Wire.fixed64) this.#take(8)
    else if (this.wire === Wire.bytes) this.bytes()
    else if (this.wire === Wire.fixed32) this.#take(4)
    else throw new ProtobufError(`illegal wire type ${this.wire}`)
  }

  /** Bits of 8 bytes as two words, low first. */
  words(at: number): readonly [low: number, high: number] {
    return [this.#view.getUint32(at, true), this.#view.getUint32(at + 4, true)]
  }

  #expect(wire: number): void {
    if (this.wire === wire) return
    throw new ProtobufError(`wrong wire type ${this.wire} for field ${this.field}`)
  }

  #byte(): number {
    if (this.#at >= this.#end) throw new ProtobufError('message is cut off')
    return this.#bytes[this.#at++]!
  }

  #take(length: number): number {
    const from = this.#at
    if (length > this.#end - from) throw new ProtobufError('message is cut off')
    this.#at = from + length
    return from
  }

  /** A varint of up to 4 bytes, or -1 with nothing read. */
  #smallVarint(): number {
    if (this.wire !== Wire.varint) return -1
    let value = 0
    for (let i = 0; i < 4 && this.#at + i < this.#end; i++) {
      const byte = this.#bytes[this.#at + i]!
      value |= (byte & 127) << (7 * i)
      if (byte < 128) {
        this.#at += i + 1
        return value
      }
    }
    return -1
  }

  #varint32(): number {
    let value = 0
    for (let shift = 0; shift < 35; shift += 7) {
      const byte = this.#byte()
      value += (byte & 127) * 2 ** shift
      if (byte < 128) {
        if (value > 0xffff_ffff) break
        return value
      }
    }
    throw new ProtobufError('varint is longer than 32 bits')
  }
}
