// Values of D-Bus as bytes. Each is aligned to its size, counted from the start of the message.
// Source: D-Bus Specification, Marshaling.

import { alignmentOf, type DbusType, parseSignature } from './signature.ts'

/** 64-bit numbers are bigints, arrays and structures arrays; a variant tells its type. */
export type DbusValue = number | bigint | boolean | string | readonly DbusValue[] | DbusVariant

export interface DbusVariant {
  readonly signature: string
  readonly value: DbusValue
}

/** Variants within variants. */
const variantDepthMax = 64

export class DbusReader {
  readonly #bytes: Buffer
  readonly #isLittle: boolean
  #at: number

  constructor(bytes: Buffer, { at, isLittle }: { at: number; isLittle: boolean }) {
    this.#bytes = bytes
    this.#isLittle = isLittle
    this.#at = at
  }

  get at(): number {
    return this.#at
  }

  /** Throws where the bytes end before the values. */
  values(signature: string): readonly DbusValue[] {
    return parseSignature(signature).map((type) => this.#value(type, 0))
  }

  align(to: number): void {
    this.#at = Math.ceil(this.#at / to) * to
  }

  #value(type: DbusType, depth: number): DbusValue {
    this.align(alignmentOf(type))
    switch (type.code) {
      case 's':
      case 'o':
        return this.#text(this.#uint32())
      case 'g':
        return this.#text(this.#bytes.readUInt8(this.#step(1)))
      case 'v':
        return this.#variant(depth)
      case 'a':
        return this.#array(type.element, depth)
      case '(':
        return type.fields.map((field) => this.#value(field, depth))
      case 'b':
        return this.#uint32() !== 0
      default:
        return this.#number(type.code)
    }
  }

  #number(code: string): number | bigint {
    const bytes = this.#bytes
    const little = this.#isLittle
    if (code === 'y') return bytes.readUInt8(this.#step(1))
    if (code === 'n')
      return little ? bytes.readInt16LE(this.#step(2)) : bytes.readInt16BE(this.#step(2))
    if (code === 'q') {
      return little ? bytes.readUInt16LE(this.#step(2)) : bytes.readUInt16BE(this.#step(2))
    }
    if (code === 'i')
      return little ? bytes.readInt32LE(this.#step(4)) : bytes.readInt32BE(this.#step(4))
    if (code === 'x') {
      return little ? bytes.readBigInt64LE(this.#step(8)) : bytes.readBigInt64BE(this.#step(8))
    }
    if (code === 't') {
      return little ? bytes.readBigUInt64LE(this.#step(8)) : bytes.readBigUInt64BE(this.#step(8))
    }
    if (code === 'd') {
      return little ? bytes.readDoubleLE(this.#step(8)) : bytes.readDoubleBE(this.#step(8))
    }
    return this.#uint32()
  }

  #uint32(): number {
    const at = this.#step(4)
    return this.#isLittle ? this.#bytes.readUInt32LE(at) : this.#bytes.readUInt32BE(at)
  }

  /** Behind it stands a zero byte. */
  #text(length: number): string {
    const at = this.#step(length + 1)
    return this.#bytes.toString('utf8', at, at + length)
  }

  #variant(depth: number): DbusVariant {
    if (depth === variantDepthMax) throw new Error('cannot read a D-Bus message: too deep')
    const signature = this.#text(this.#bytes.readUInt8(this.#step(1)))
    const [type, ...rest] = parseSignature(signature)
    if (type === undefined || rest.length > 0) {
      throw new Error('cannot read a D-Bus message: a variant holds one value')
    }
    return { signature, value: this.#value(type, depth + 1) }
  }

  #array(element: DbusType, depth: number): readonly DbusValue[] {
    const length = this.#uint32()
    this.align(alignmentOf(element))
    const end = this.#at + length
    if (end > this.#bytes.length) throw new Error('cannot read a D-Bus message: an array is cut')
    const values: DbusValue[] = []
    while (this.#at < end) values.push(this.#value(element, depth))
    return values
  }

  #step(size: number): number {
    const at = this.#at
    if (at + size > this.#bytes.length) throw new Error('cannot read a D-Bus message: it is cut')
    this.#at += size
    return at
  }
}

/** Writes the lowest byte first. */
export class DbusWriter {
  #buffer = Buffer.alloc(256)
  #length = 0

  get length(): number {
    return this.#length
  }

  bytes(): Buffer {
    return this.#buffer.subarray(0, this.#length)
  }

  /** Throws where a value is not of its type. */
  values(signature: string, values: readonly DbusValue[]): void {
    const types = parseSignature(signature)
    if (types.length !== values.length) throw mismatch(signature)
    for (const [i, type] of types.entries()) this.#value(type, values[i]!)
  }

  align(to: number): void {
    const length = Math.ceil(this.#length / to) * to
    this.#buffer.fill(0, this.#step(length - this.#length), length)
  }

  #value(type: DbusType, value: DbusValue): void {
    this.align(alignmentOf(type))
    const { code } = type
    if (code === 'v') this.#variant(value)
    else if (code === 'a') this.#array(type.element, value)
    else if (code === '(') this.#structure(type.fields, value)
    else if (code === 's' || code === 'o') this.#text(code, value, 4)
    else if (code === 'g') this.#text(code, value, 1)
    else if (code === 'b') this.#uint32(value === true ? 1 : 0)
    else if (code === 'x' || code === 't') this.#number64(code, value)
    else this.#number(code, value)
  }

  #number(code: string, value: DbusValue): void {
    if (typeof value !== 'number') throw mismatch(code)
    if (code === 'y') this.#writeAt(1, (at) => this.#buffer.writeUInt8(value, at))
    else if (code === 'n') this.#writeAt(2, (at) => this.#buffer.writeInt16LE(value, at))
    else if (code === 'q') this.#writeAt(2, (at) => this.#buffer.writeUInt16LE(value, at))
    else if (code === 'i') this.#writeAt(4, (at) => this.#buffer.writeInt32LE(value, at))
    else if (code === 'd') this.#writeAt(8, (at) => this.#buffer.writeDoubleLE(value, at))
    else this.#uint32(value)
  }

  #number64(code: 'x' | 't', value: DbusValue): void {
    if (typeof value !== 'bigint') throw mismatch(code)
    this.#writeAt(8, (at) => {
      if (code === 'x') this.#buffer.writeBigInt64LE(value, at)
      else this.#buffer.writeBigUInt64LE(value, at)
    })
  }

  #uint32(value: number): void {
    this.#writeAt(4, (at) => this.#buffer.writeUInt32LE(value, at))
  }

  #text(code: string, value: DbusValue, lengthBytes: 1 | 4): void {
    if (typeof value !== 'string') throw mismatch(code)
    const length = Buffer.byteLength(value)
    if (lengthBytes === 1) this.#number('y', length)
    else this.#uint32(length)
    const at = this.#step(length + 1)
    this.#buffer.write(value, at)
    this.#buffer[at + length] = 0
  }

  #variant(value: DbusValue): void {
    if (typeof value !== 'object' || !('signature' in value)) throw mismatch('v')
    this.#text('g', value.signature, 1)
    this.values(value.signature, [value.value])
  }

  #structure(fields: readonly DbusType[], value: DbusValue): void {
    if (!Array.isArray(value) || value.length !== fields.length) throw mismatch('(')
    for (const [i, field] of fields.entries()) this.#value(field, value[i])
  }

  /** Its length does not count what aligns the first element. */
  #array(element: DbusType, value: DbusValue): void {
    if (!Array.isArray(value)) throw mismatch('a')
    const lengthAt = this.#length
    this.#uint32(0)
    this.align(alignmentOf(element))
    const start = this.#length
    for (const one of value) this.#value(element, one)
    this.#buffer.writeUInt32LE(this.#length - start, lengthAt)
  }

  #writeAt(size: number, write: (at: number) => void): void {
    write(this.#step(size))
  }

  #step(size: number): number {
    const at = this.#length
    this.#length += size
    if (this.#length > this.#buffer.length) {
      const grown = Buffer.alloc(Math.max(this.#length, 2 * this.#buffer.length))
      this.#buffer.copy(grown)
      this.#buffer = grown
    }
    return at
  }
}

function mismatch(signature: string): Error {
  return new Error(`cannot write a D-Bus message: a value is not of type ${signature}`)
}
