// Label pairs, each kept once, in the bytes that a remote-write 1 TimeSeries wants:
//
//   0a · length · [0a · length · name] · [12 · length · value]       lengths are varints
//
// so that the encoder of a series copies ranges. Empty texts leave their field out, as proto3 does.

import { bytesOf, textOf } from '../go/text.ts'
import { Arena } from './arena.ts'
import { HashIndex } from './hash_index.ts'
import { IdSource } from './id_source.ts'
import { PagedUint32, type PagePool } from './paged.ts'

/** Of a record without its bytes, of a place in the index, of columns by id. */
const pairBytes = 28

/** Ids from 1, counted by the label sets that hold them. */
export class LabelPairs {
  readonly #ids = new IdSource()
  readonly #index: HashIndex
  readonly #addresses: PagedUint32
  readonly #references: PagedUint32
  readonly #arena: Arena
  readonly #seed: number
  /** The pair being looked up; what follows its end is 0 up to the next word. */
  #scratch = new Uint8Array(1024)
  #words = new Uint32Array(this.#scratch.buffer)
  #scratchLength = 0

  /** `seed` varies the hashes, so that nobody can choose labels that collide. */
  constructor(seed: number, pages: PagePool) {
    this.#seed = seed
    this.#index = new HashIndex(pages)
    this.#addresses = new PagedUint32(pages)
    this.#references = new PagedUint32(pages)
    this.#arena = new Arena((id, address) => this.#addresses.set(id, address))
  }

  get size(): number {
    return this.#ids.used
  }

  /** Memory held, pages apart. */
  get bytes(): number {
    return this.#arena.capacityBytes + this.#index.bytes
  }

  /** The pair's id; 0 where there is none yet. */
  find(name: string, value: string): number {
    this.#frame(name, value)
    return this.#find(this.#hash())
  }

  /** The pair's id, a new one if need be, which nobody holds. */
  intern(name: string, value: string): number {
    this.#frame(name, value)
    const hash = this.#hash()
    const known = this.#find(hash)
    if (known !== 0) return known
    const id = this.#ids.take()
    const length = this.#scratchLength
    const address = this.#arena.alloc(id, length)
    const words = this.#arena.wordsAt(address)
    const at = this.#arena.offsetOf(address) >>> 2
    const count = (length + 3) >>> 2
    for (let i = 0; i < count; i++) words[at + i] = this.#words[i]!
    this.#addresses.set(id, address)
    this.#index.add(id, hash)
    return id
  }

  hold(id: number): void {
    this.#references.set(id, this.#references.get(id) + 1)
  }

  /** Lets go of one hold; without any the pair and its bytes are gone. */
  drop(id: number): void {
    const references = this.#references.get(id) - 1
    this.#references.set(id, references)
    if (references === 0) this.#free(id)
  }

  /** Forgets a pair that was interned and then not used. */
  discard(id: number): void {
    if (this.#references.get(id) === 0) this.#free(id)
  }

  #free(id: number): void {
    this.#index.remove(id)
    this.#arena.free(this.#addresses.get(id))
    this.#addresses.set(id, 0)
    this.#ids.give(id)
  }

  /** How many bytes the framed pair has. */
  lengthOf(id: number): number {
    return this.#arena.sizeOf(this.#addresses.get(id))
  }

  /** What one of the sets that hold the pair has of its memory, in bytes. */
  shareOf(id: number): number {
    return (pairBytes + this.lengthOf(id)) / this.#references.get(id)
  }

  /**
   * Writes the framed pair and returns where it ends. Up to 3 bytes behind that are overwritten
   * too: whole words are copied.
   */
  copy(id: number, out: DataView, at: number): number {
    const address = this.#addresses.get(id)
    const words = this.#arena.wordsAt(address)
    let word = this.#arena.offsetOf(address) >>> 2
    const end = at + words[word - 1]!
    for (let to = at; to < end; to += 4) out.setInt32(to, words[word++]!, true)
    return end
  }

  /** The name's bytes, to be read before the next change of the pool. */
  nameBytes(id: number): Uint8Array {
    const bytes = this.#framed(id)
    const at = skipVarint(bytes, 1)
    return bytes[at] === 0x0a ? field(bytes, at) : noBytes
  }

  /** The value's bytes, to be read before the next change of the pool. */
  valueBytes(id: number): Uint8Array {
    const bytes = this.#framed(id)
    let at = skipVarint(bytes, 1)
    if (bytes[at] === 0x0a) {
      const name = field(bytes, at)
      at = name.byteOffset - bytes.byteOffset + name.length
    }
    return at < bytes.length ? field(bytes, at) : noBytes
  }

  nameOf(id: number): string {
    return textOf(this.nameBytes(id))
  }

  valueOf(id: number): string {
    return textOf(this.valueBytes(id))
  }

  /** Orders two pairs by the bytes of their names. */
  compareNames(a: number, b: number): number {
    if (a === b) return 0
    return Buffer.compare(this.nameBytes(a), this.nameBytes(b))
  }

  #framed(id: number): Uint8Array {
    const address = this.#addresses.get(id)
    const at = this.#arena.offsetOf(address)
    return this.#arena.bytesAt(address).subarray(at, at + this.#arena.sizeOf(address))
  }

  #find(hash: number): number {
    for (let id = this.#index.first(hash); id !== 0; id = this.#index.next()) {
      if (this.#isScratch(id)) return id
    }
    return 0
  }

  #isScratch(id: number): boolean {
    const address = this.#addresses.get(id)
    const words = this.#arena.wordsAt(address)
    const at = this.#arena.offsetOf(address) >>> 2
    if (words[at - 1] !== this.#scratchLength) return false
    const count = (this.#scratchLength + 3) >>> 2
    for (let i = 0; i < count; i++) if (words[at + i] !== this.#words[i]) return false
    return true
  }

  #hash(): number {
    const words = this.#words
    const count = (this.#scratchLength + 3) >>> 2
    let hash = this.#seed
    for (let i = 0; i < count; i++) {
      hash = Math.imul(hash ^ words[i]!, 0x9e3779b1)
      hash ^= hash >>> 15
    }
    hash = Math.imul(hash, 0x85ebca77)
    return (hash ^ (hash >>> 13)) >>> 0
  }

  /** Puts the framed pair into the scratch words. */
  #frame(name: string, value: string): void {
    // 2 tags and lengths inside, one around: 3 bytes of UTF-8 a UTF-16 unit at most.
    this.#reserve((name.length + value.length) * 3 + 24)
    const length = this.#frameAscii(name, value)
    this.#scratchLength = length >= 0 ? length : this.#frameBytes(bytesOf(name), bytesOf(value))
    this.#scratch.fill(0, this.#scratchLength, (this.#scratchLength + 3) & ~3)
  }

  /** The length of the framed pair, -1 where a character is not ASCII. */
  #frameAscii(name: string, value: string): number {
    const scratch = this.#scratch
    let at = putVarint(scratch, 1, fieldLength(name.length) + fieldLength(value.length))
    scratch[0] = 0x0a
    let seen = 0
    if (name.length > 0) {
      scratch[at] = 0x0a
      at = putVarint(scratch, at + 1, name.length)
      for (let i = 0; i < name.length; i++) {
        const unit = name.charCodeAt(i)
        seen |= unit
        scratch[at++] = unit
      }
    }
    if (value.length > 0) {
      scratch[at] = 0x12
      at = putVarint(scratch, at + 1, value.length)
      for (let i = 0; i < value.length; i++) {
        const unit = value.charCodeAt(i)
        seen |= unit
        scratch[at++] = unit
      }
    }
    return seen < 0x80 ? at : -1
  }

  #frameBytes(name: Uint8Array, value: Uint8Array): number {
    const scratch = this.#scratch
    let at = putVarint(scratch, 1, fieldLength(name.length) + fieldLength(value.length))
    scratch[0] = 0x0a
    if (name.length > 0) {
      scratch[at] = 0x0a
      at = putVarint(scratch, at + 1, name.length)
      scratch.set(name, at)
      at += name.length
    }
    if (value.length > 0) {
      scratch[at] = 0x12
      at = putVarint(scratch, at + 1, value.length)
      scratch.set(value, at)
      at += value.length
    }
    return at
  }

  #reserve(bytes: number): void {
    if (bytes <= this.#scratch.length) return
    this.#scratch = new Uint8Array((bytes * 2 + 3) & ~3)
    this.#words = new Uint32Array(this.#scratch.buffer)
  }
}

const noBytes = new Uint8Array(0)

function fieldLength(length: number): number {
  return length === 0 ? 0 : 1 + varintLength(length) + length
}

function varintLength(value: number): number {
  return value < 0x80 ? 1 : value < 0x4000 ? 2 : value < 0x20_0000 ? 3 : value < 0x1000_0000 ? 4 : 5
}

function putVarint(out: Uint8Array, at: number, value: number): number {
  while (value > 127) {
    out[at++] = (value & 127) | 128
    value >>>= 7
  }
  out[at++] = value
  return at
}

function skipVarint(bytes: Uint8Array, at: number): number {
  while (bytes[at]! > 127) at++
  return at + 1
}

/** The content of the length-delimited field whose tag is at `at`. */
function field(bytes: Uint8Array, at: number): Uint8Array {
  let length = 0
  let shift = 0
  at++
  for (; bytes[at]! > 127; at++, shift += 7) length |= (bytes[at]! & 127) << shift
  length |= bytes[at]! << shift
  return bytes.subarray(at + 1, at + 1 + length)
}
