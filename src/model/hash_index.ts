// Finds ids by the hash of what they name: open addressing in 256 shards that grow one at a time.
// One table for all would hold the event loop for 84 ms while it grows at a million entries.

import { mappedBuffer } from './memory.ts'
import { PagedUint32, type PagePool } from './paged.ts'

const shardBits = 8
const shardCount = 1 << shardBits
const slotsMin = 16
/** From this many slots on a shard has memory of its own, that goes back to the system. */
const mappedMin = 1024

/** Ids from 1, each under one hash; the caller compares what the ids name. */
export class HashIndex {
  readonly #shards: Uint32Array[] = Array.from(
    { length: shardCount },
    () => new Uint32Array(slotsMin),
  )
  readonly #counts = new Uint32Array(shardCount)
  readonly #hashes: PagedUint32
  #hash = 0
  #slot = 0

  constructor(pages: PagePool) {
    this.#hashes = new PagedUint32(pages)
  }

  /** The first id under `hash`, 0 for none; `next()` gives the others. */
  first(hash: number): number {
    this.#hash = hash
    this.#slot = (hash & (this.#shards[hash >>> 24]!.length - 1)) - 1
    return this.next()
  }

  /** Hot: one compare for each slot probed, on average below two. */
  next(): number {
    const hash = this.#hash
    const slots = this.#shards[hash >>> 24]!
    const mask = slots.length - 1
    for (let slot = (this.#slot + 1) & mask; ; slot = (slot + 1) & mask) {
      const id = slots[slot]!
      if (id !== 0 && this.#hashes.get(id) !== hash) continue
      this.#slot = slot
      return id
    }
  }

  /** Adds an id that is not in the index. `hash` is an unsigned 32-bit number. */
  add(id: number, hash: number): void {
    const shard = hash >>> 24
    let slots = this.#shards[shard]!
    const count = ++this.#counts[shard]!
    if (count * 4 > slots.length * 3) slots = this.#resize(shard, slots.length * 2)
    this.#hashes.set(id, hash)
    place(slots, id, hash)
  }

  /** Removes an id that is in the index. */
  remove(id: number): void {
    const hash = this.#hashes.get(id)
    const shard = hash >>> 24
    const slots = this.#shards[shard]!
    const mask = slots.length - 1
    let hole = hash & mask
    while (slots[hole] !== id) hole = (hole + 1) & mask
    // Entries that were pushed past the hole move back into it, so that probing needs no markers.
    for (let slot = (hole + 1) & mask; slots[slot] !== 0; slot = (slot + 1) & mask) {
      const home = this.#hashes.get(slots[slot]!) & mask
      if (((slot - home) & mask) < ((slot - hole) & mask)) continue
      slots[hole] = slots[slot]!
      hole = slot
    }
    slots[hole] = 0
    this.#hashes.set(id, 0)
    const count = --this.#counts[shard]!
    if (slots.length > slotsMin && count * 8 < slots.length) this.#resize(shard, slots.length / 2)
  }

  hashOf(id: number): number {
    return this.#hashes.get(id)
  }

  /** Memory of the slots. */
  get bytes(): number {
    return this.#shards.reduce((sum, slots) => sum + slots.byteLength, 0)
  }

  #resize(shard: number, length: number): Uint32Array {
    const from = this.#shards[shard]!
    const to =
      length < mappedMin
        ? new Uint32Array(length)
        : new Uint32Array(mappedBuffer(length * 4), 0, length)
    for (let i = 0; i < from.length; i++) {
      const id = from[i]!
      if (id !== 0) place(to, id, this.#hashes.get(id))
    }
    this.#shards[shard] = to
    return to
  }
}

function place(slots: Uint32Array, id: number, hash: number): void {
  const mask = slots.length - 1
  let slot = hash & mask
  while (slots[slot] !== 0) slot = (slot + 1) & mask
  slots[slot] = id
}
