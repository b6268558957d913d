// Label sets of one engine, each kept once and named by a small number. A series of nine labels
// costs some 65 bytes in typed arrays here and no object; its label pairs are shared with others.

import assert from 'node:assert'
import { bytesOf } from '../go/text.ts'
import { Arena } from './arena.ts'
import { HashIndex } from './hash_index.ts'
import { IdSource } from './id_source.ts'
import { LabelPairs } from './label_pairs.ts'
import { LabelRelease, type PositionedLog } from './label_release.ts'
import { LabelSet, sortedLabels } from './label_set.ts'
import { PagedUint32, PagePool } from './paged.ts'
import { PushLedger } from './push_ledger.ts'
import { RemoteStores } from './remote_stores.ts'

/** Of a record without its pairs, of a place in the index, of columns by id and of the wait. */
const setBytes = 48

/**
 * Ids start at 1; 0 never names a label set. An id is good until the event loop turns or the push
 * it is made for settles, and as long as somebody retains it: whoever builds a batch over several
 * turns retains, or counts itself in `pushes` from the first id on. An id that nobody retains is
 * freed once no push that was under way, and no row that a log has yet to send, can name it;
 * interning the same set meanwhile keeps its id. Whoever caches by id clears it in `onFree`, before
 * the id names another set.
 */
export class LabelPool {
  /** Every push counts itself here, from its offer until no receiver can read its columns. */
  readonly pushes = new PushLedger()
  /** Where columns by id get their pages. */
  readonly pages = new PagePool()
  /** What label sets are made of, for encoders. */
  readonly pairs: LabelPairs
  /** Who sends what is named here. */
  readonly stores = new RemoteStores(this)
  readonly #ids = new IdSource()
  readonly #index = new HashIndex(this.pages)
  /** Of a set's record: bytes when framed, then the ids of its pairs in order. */
  readonly #addresses = new PagedUint32(this.pages)
  readonly #arena = new Arena((id, address) => this.#addresses.set(id, address))
  readonly #holders = new PagedUint32(this.pages)
  readonly #release = new LabelRelease(this.pushes, this.pages, (id) => this.bytesOf(id))
  readonly #listeners = new Set<(ids: Uint32Array) => void>()
  /** Pairs of the set being looked up. */
  #scratch = new Uint32Array(64)
  #freeing = false

  /** `seed` varies the hashes, so that nobody can choose labels that collide. */
  constructor(seed: number = crypto.getRandomValues(new Uint32Array(1))[0]!) {
    this.pairs = new LabelPairs(seed, this.pages)
  }

  /** Label sets with an id. */
  get size(): number {
    return this.#ids.used
  }

  /** Ids that nobody retains and that wait to be freed. */
  get waiting(): number {
    return this.#release.waiting
  }

  /** Memory held. */
  get bytes(): number {
    const own = this.#arena.capacityBytes + this.#index.bytes + this.#release.bytes
    return own + this.pairs.bytes + this.pages.bytes
  }

  /**
   * The id of a label set, given as name, value, name, value, … in any order. Labels with an empty
   * value are left out; of equal names all are kept, so whoever cannot trust the source looks for
   * duplicates first. About 2 µs for nine labels of a known set, 4 of a new one.
   */
  intern(flat: readonly string[]): number {
    const labels = sortedLabels(flat)
    const count = labels.length >>> 1
    this.#reserve(count)
    for (let i = 0; i < count; i++) {
      this.#scratch[i] = this.pairs.intern(labels[2 * i]!, labels[2 * i + 1]!)
    }
    return this.#internScratch(count)
  }

  /**
   * The id of the set `id` with some labels changed or added, given as name, value, …; an empty
   * value removes. Only the changed pairs are looked up as text. The last of equal names counts.
   */
  internFrom(id: number, changes: readonly string[]): number {
    let count = this.pairsOf(id)
    for (let i = 0; i < changes.length; i += 2) {
      count = this.#change(count, changes[i]!, changes[i + 1]!)
    }
    return this.#internScratch(count)
  }

  /** The labels as text, a copy that outlives the id. */
  labelsOf(id: number): LabelSet {
    const count = this.pairsOf(id)
    const flat = new Array<string>(count * 2)
    for (let i = 0; i < count; i++) {
      flat[2 * i] = this.pairs.nameOf(this.#scratch[i]!)
      flat[2 * i + 1] = this.pairs.valueOf(this.#scratch[i]!)
    }
    return new LabelSet(flat)
  }

  /** One label's value, '' where the set has none of that name. */
  valueOf(id: number, name: string): string {
    const count = this.pairsOf(id)
    const wanted = Buffer.from(bytesOf(name))
    for (let i = 0; i < count; i++) {
      const pair = this.#scratch[i]!
      if (wanted.equals(this.pairs.nameBytes(pair))) return this.pairs.valueOf(pair)
    }
    return ''
  }

  /** Keeps the id until as many calls of `release`. */
  retain(id: number): void {
    const holders = this.#holders.get(id)
    if (holders === 0) this.#release.retained(id)
    this.#holders.set(id, holders + 1)
  }

  release(id: number): void {
    const holders = this.#holders.get(id) - 1
    assert(holders >= 0, 'released more often than retained')
    this.#holders.set(id, holders)
    if (holders === 0) this.#release.add(id)
  }

  /** How many bytes the labels have as fields of a remote-write 1 TimeSeries. */
  framedLength(id: number): number {
    const address = this.#addresses.get(id)
    return this.#arena.wordsAt(address)[this.#arena.offsetOf(address) >>> 2]!
  }

  /**
   * Writes the labels as fields of a remote-write 1 TimeSeries and returns where they end. Up to
   * 3 bytes behind that are overwritten too.
   *
   * Hot: once per sample sent, one loop over words for each label.
   */
  copyFramed(id: number, out: DataView, at: number): number {
    const address = this.#addresses.get(id)
    const words = this.#arena.wordsAt(address)
    const first = this.#arena.offsetOf(address) >>> 2
    const end = first + (words[first - 1]! >>> 2)
    const pairs = this.pairs
    for (let i = first + 1; i < end; i++) at = pairs.copy(words[i]!, out, at)
    return at
  }

  /** How many labels the set has. Their pairs are in `pairsRead` until the pool's next call. */
  pairsOf(id: number): number {
    const address = this.#addresses.get(id)
    assert(address !== 0, 'no such label set')
    const words = this.#arena.wordsAt(address)
    const first = this.#arena.offsetOf(address) >>> 2
    const count = (words[first - 1]! >>> 2) - 1
    this.#reserve(count + 1)
    for (let i = 0; i < count; i++) this.#scratch[i] = words[first + 1 + i]!
    return count
  }

  get pairsRead(): Uint32Array {
    return this.#scratch
  }

  /**
   * Memory that goes with a label set, roughly: what is its own, and its share of pairs that others
   * have too.
   */
  bytesOf(id: number): number {
    const address = this.#addresses.get(id)
    const words = this.#arena.wordsAt(address)
    const first = this.#arena.offsetOf(address) >>> 2
    const end = first + (words[first - 1]! >>> 2)
    let bytes = setBytes
    for (let i = first + 1; i < end; i++) bytes += 4 + this.pairs.shareOf(words[i]!)
    return Math.round(bytes)
  }

  /** Memory of the label sets that only rows of this log keep, and have kept for half a minute. */
  keptBy(log: PositionedLog): number {
    return this.#release.keptBy(log)
  }

  /** Rows of this log keep the ids they name, until the returned function is called. */
  register(log: PositionedLog): () => void {
    return this.#release.register(log)
  }

  /**
   * Is told ids just before they are freed, at most 1,024 in one call, valid during the call. Not
   * the moment to intern. The returned function ends it.
   */
  onFree(listener: (ids: Uint32Array) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /**
   * Frees up to 1,024 ids that nothing can name any more, in about 1 ms. Whether there may be more
   * to free at once; if not, a second or so later is soon enough. `nowMs` is of a monotonic clock.
   */
  sweep(nowMs = 0): boolean {
    const ids = this.#release.ready(nowMs)
    if (ids === undefined) return false
    this.#freeing = true
    try {
      for (const listener of this.#listeners) listener(ids)
    } finally {
      this.#freeing = false
    }
    for (let i = 0; i < ids.length; i++) this.#free(ids[i]!)
    return true
  }

  #internScratch(count: number): number {
    assert(!this.#freeing, 'interned while ids are being freed')
    const hash = hashOf(this.#scratch, count)
    for (let id = this.#index.first(hash); id !== 0; id = this.#index.next()) {
      if (!this.#isScratch(id, count)) continue
      if (this.#holders.get(id) === 0) this.#release.add(id)
      return id
    }
    return this.#create(count, hash)
  }

  #create(count: number, hash: number): number {
    const id = this.#ids.take()
    const address = this.#arena.alloc(id, 4 * (count + 1))
    const words = this.#arena.wordsAt(address)
    const first = this.#arena.offsetOf(address) >>> 2
    let framedLength = 0
    for (let i = 0; i < count; i++) {
      const pair = this.#scratch[i]!
      this.pairs.hold(pair)
      framedLength += this.pairs.lengthOf(pair)
      words[first + 1 + i] = pair
    }
    words[first] = framedLength
    this.#addresses.set(id, address)
    this.#index.add(id, hash)
    this.#release.add(id)
    return id
  }

  #isScratch(id: number, count: number): boolean {
    const address = this.#addresses.get(id)
    const words = this.#arena.wordsAt(address)
    const first = this.#arena.offsetOf(address) >>> 2
    if (words[first - 1] !== 4 * (count + 1)) return false
    for (let i = 0; i < count; i++) if (words[first + 1 + i] !== this.#scratch[i]) return false
    return true
  }

  #free(id: number): void {
    const count = this.pairsOf(id)
    this.#index.remove(id)
    this.#arena.free(this.#addresses.get(id))
    this.#addresses.set(id, 0)
    this.#ids.give(id)
    for (let i = 0; i < count; i++) this.pairs.drop(this.#scratch[i]!)
  }

  /** Changes one label of the set in the scratch, which has `count`, and returns the new count. */
  #change(count: number, name: string, value: string): number {
    const scratch = this.#scratch
    const wanted = bytesOf(name)
    let at = 0
    let order = 1
    for (; at < count; at++) {
      order = Buffer.compare(wanted, this.pairs.nameBytes(scratch[at]!))
      if (order <= 0) break
    }
    const present = at < count && order === 0
    if (present) this.pairs.discard(scratch[at]!)
    if (value === '') {
      if (!present) return count
      scratch.copyWithin(at, at + 1, count)
      return count - 1
    }
    if (present) {
      scratch[at] = this.pairs.intern(name, value)
      return count
    }
    this.#reserve(count + 1)
    this.#scratch.copyWithin(at + 1, at, count)
    this.#scratch[at] = this.pairs.intern(name, value)
    return count + 1
  }

  #reserve(count: number): void {
    if (count <= this.#scratch.length) return
    const grown = new Uint32Array(count * 2)
    grown.set(this.#scratch)
    this.#scratch = grown
  }
}

function hashOf(pairs: Uint32Array, count: number): number {
  let hash = count
  for (let i = 0; i < count; i++) {
    hash = Math.imul(hash ^ pairs[i]!, 0x9e3779b1)
    hash ^= hash >>> 15
  }
  hash = Math.imul(hash, 0x85ebca77)
  return (hash ^ (hash >>> 13)) >>> 0
}
