// Remembers the lines of a target's page, so that a series that was there before costs a hash and a
// number instead of a parse.
//
//   entry = one distinct line without its value: hash, size, the caller's id, the entry that
//           followed it last time
//
// A page reads like the one before: after the entry of one line, the next line is compared with the
// entry that followed then. Only where that fails is the line parsed and looked up in the table.
// Lines are told apart by size and a keyed 64-bit hash: docs/decisions/003-line-hash.md.

import type { MetricType } from '../../model/samples.ts'
import { FloatReader } from './float.ts'
import { type HashKey, hashBytes, randomHashKey } from './line_hash.ts'
import { Entry, ExpositionReader, type ReaderOptions } from './reader.ts'
import type { ScrapeRows } from './scrape_rows.ts'
import { type Dialect, ExpositionError } from './tokens.ts'

/** What the caller makes of a series that is new to the cache. */
export interface SeriesResolver {
  /**
   * The id under which its samples are to appear, or -1 to drop them. The reader stands on the
   * series. What it throws ends the scrape.
   */
  resolve(reader: ExpositionReader): number
  /** The entry of an id that `resolve` gave is gone; called once for each time that it gave one. */
  release(id: number): void
  /** A HELP, TYPE or UNIT line that is new or whose neighbours changed. */
  metadata?(entry: Entry, reader: ExpositionReader): void
}

export interface ScrapeOptions {
  readonly dialect: Dialect
  /** Unix time in ms of rows without a time of their own. */
  readonly time: number
  /** Whether times in the page count. */
  readonly honorTimestamps: boolean
  /** Whether series with a time of their own become stale when they are gone. */
  readonly trackTimestamps: boolean
  /** Rows later than this, Unix time in ms, are left out and counted. */
  readonly timeMax: number
}

/** What a scrape came across besides its rows. */
export interface ScrapeCounts {
  /** Samples in the page, whether or not they became rows. */
  samples: number
  /** Series that were not in the cache. */
  added: number
  /** Samples of a series that had one already and no time of its own. */
  duplicates: number
  /** Samples beyond `timeMax`. */
  outOfBounds: number
}

const processKey = randomHashKey()

/** What an entry is. */
const kindFree = 0
const kindSeries = 1
/** A series that another entry stands for: the same labels in other words. */
const kindAlias = 2
const kindComment = 3
/** A TYPE line; the type's number is added. */
const kindType = 4
const typeNames: readonly MetricType[] = [
  'unknown',
  'counter',
  'gauge',
  'histogram',
  'gaugehistogram',
  'summary',
  'info',
  'stateset',
]

const nobody = -1
/** A line that is read the long way takes as long as this many known ones, or more. */
const newLineWeight = 4
/** Each 128 bytes of such a line count as one more. */
const longLineShift = 7
/** Of a line in bytes; one of 256 KiB with 20,000 labels takes some 20 ms. */
const lineSizeMax = 256 * 1024
const slotsMin = 64

export class ScrapeCache {
  readonly #resolver: SeriesResolver
  readonly #options: ReaderOptions
  readonly #key: HashKey
  readonly #readers = new Map<Dialect, ExpositionReader>()
  readonly #float = new FloatReader()
  readonly #hash = new Int32Array(2)

  // By entry.
  #hashA = new Int32Array(0)
  #hashB = new Int32Array(0)
  #sizes = new Uint32Array(0)
  #kinds = new Uint8Array(0)
  #ids = new Int32Array(0)
  #followers = new Int32Array(0)
  /** Scrape that saw the entry last × 2, plus 1 where the sample had a time of its own. */
  #seen = new Uint32Array(0)
  /** 1 where the last good scrape had a sample that turns stale when it is gone. */
  #exposed = new Uint8Array(0)
  /** Entries in use or free for use. */
  #count = 0
  #free: number[] = []
  /** Entries that the last page had no more, to be forgotten. */
  #dead: number[] = []
  /** The entry that stands for an alias. */
  readonly #aliases = new Map<number, number>()
  /** Entries in use after the last good scrape. */
  #usedBefore = 0
  /** Entries by hash, and by id. Open addressing, at most two thirds full. */
  #slots = new Int32Array(slotsMin).fill(nobody)
  #idSlots = new Int32Array(slotsMin).fill(nobody)
  #used = 0
  /** The entry of the first line. */
  #first = nobody

  // Of the scrape that is under way.
  #reader = new ExpositionReader('prometheus')
  #scrape: ScrapeOptions | undefined
  #view: DataView = noView
  #rows: ScrapeRows | undefined
  #previous = nobody
  #generation = 0
  /** Entries that `commit` has looked at. */
  #settled = 0
  /** Distinguishes entries of equal text that mean different labels. */
  #salt = 0
  #counts: ScrapeCounts = { samples: 0, added: 0, duplicates: 0, outOfBounds: 0 }
  /** Whether HELP, TYPE and UNIT lines are read although they are known. */
  readonly #readsMetadata: boolean

  constructor(resolver: SeriesResolver, options: ReaderOptions = {}, key: HashKey = processKey) {
    this.#resolver = resolver
    this.#options = options
    this.#key = key
    this.#readsMetadata = options.typeAndUnit === true
  }

  /** Entries in use. */
  get size(): number {
    return this.#used
  }

  /** Starts with a page, which is borrowed until `commit` or `rollback`. */
  begin(page: Uint8Array, scrape: ScrapeOptions, rows: ScrapeRows): void {
    this.sweep(Number.POSITIVE_INFINITY)
    let reader = this.#readers.get(scrape.dialect)
    if (reader === undefined) {
      reader = new ExpositionReader(scrape.dialect, this.#options)
      this.#readers.set(scrape.dialect, reader)
    }
    reader.open(page)
    const { bytes } = reader
    this.#reader = reader
    this.#scrape = scrape
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    this.#rows = rows
    rows.clear(scrape.time)
    this.#previous = nobody
    this.#generation++
    this.#settled = 0
    this.#counts = { samples: 0, added: 0, duplicates: 0, outOfBounds: 0 }
    this.#salt = this.#saltNow()
  }

  get counts(): Readonly<ScrapeCounts> {
    return this.#counts
  }

  /**
   * Reads on for about `lines` lines; whether the page has ended. Throws an ExpositionError, or
   * what `resolve` throws; then only `rollback` may follow.
   */
  step(lines: number): boolean {
    for (let left = lines; left > 0; ) {
      const known = this.#readKnown(left)
      left -= known
      if (left <= 0) return false
      const { at } = this.#reader
      if (!this.#readUnknown()) return true
      left -= newLineWeight + ((this.#reader.at - at) >> longLineShift)
    }
    return false
  }

  /**
   * Reads lines as long as they are those of the last scrape, `lines` at most; how many.
   *
   * Hot: 110 to 170 ns a line of 190 bytes.
   */
  #readKnown(lines: number): number {
    const reader = this.#reader
    const { bytes, length } = reader
    const view = this.#view
    const hash = this.#hash
    const float = this.#float
    const key = this.#key
    const kinds = this.#kinds
    const sizes = this.#sizes
    const hashA = this.#hashA
    const hashB = this.#hashB
    const followers = this.#followers
    const ids = this.#ids
    const seen = this.#seen
    const now = this.#generation * 2
    const rows = this.#rows!
    const isLoose = reader.dialect !== 'openmetrics'
    let salt = this.#salt
    let p = reader.at
    let previous = this.#previous
    let read = 0
    for (; read < lines; read++) {
      const entry = previous === nobody ? this.#first : followers[previous]!
      if (entry === nobody) break
      const kind = kinds[entry]!
      const end = p + sizes[entry]!
      if (end >= length) break
      if (kind !== kindSeries) {
        if (kind < kindComment || bytes[end] !== 10 || this.#readsMetadata) break
        hashBytes(view, p, end, 0, key, hash)
        if (hash[0] !== hashA[entry] || hash[1] !== hashB[entry]) break
        seen[entry] = now
        if (kind >= kindType) {
          reader.type = typeNames[kind - kindType]!
          salt = this.#saltNow()
          this.#salt = salt
        }
        p = end + 1
        previous = entry
        continue
      }
      if (bytes[end] !== 32) break
      hashBytes(view, p, end, salt, key, hash)
      if (hash[0] !== hashA[entry] || hash[1] !== hashB[entry]) break
      const value = float.read(bytes, end + 1)
      const valueEnd = float.end
      if (valueEnd < 0 || bytes[valueEnd] !== 10 || valueEnd >= length) {
        // Labels may follow a bare name behind a blank, and then it is another series.
        const c = bytes[end + 1]!
        if (isLoose && (c === 0x7b || c === 32 || c === 9)) break
        reader.readSample(p, end)
        this.#addSample(entry)
        p = reader.at
      } else {
        p = valueEnd + 1
        if (seen[entry]! >= now) this.#counts.duplicates++
        else {
          seen[entry] = now
          const id = ids[entry]!
          if (id >= 0) rows.push(id, value)
        }
        this.#counts.samples++
      }
      previous = entry
    }
    this.#previous = previous
    reader.at = p
    return read
  }

  /** Reads a line the long way; whether there was one. */
  #readUnknown(): boolean {
    const reader = this.#reader
    this.#checkLength(reader)
    const found = reader.next()
    if (found === Entry.end) return false
    const isSeries = found === Entry.series
    const end = isSeries ? reader.seriesEnd : reader.at - 1
    const salt = isSeries ? this.#salt : 0
    const { start } = reader
    hashBytes(this.#view, start, end, salt, this.#key, this.#hash)
    let entry = this.#find(end - start)
    if (entry === nobody) {
      entry = isSeries ? this.#addSeries(end - start) : this.#addComment(found, end - start)
    }
    if (this.#previous === nobody) this.#first = entry
    else this.#followers[this.#previous] = entry
    this.#previous = entry
    if (isSeries) {
      const first = this.#kinds[entry] === kindAlias ? this.#aliases.get(entry)! : entry
      this.#addSample(first)
      if (first !== entry) this.#seen[entry] = this.#generation * 2
      return true
    }
    this.#seen[entry] = this.#generation * 2
    if (found !== Entry.comment) {
      this.#salt = this.#saltNow()
      this.#resolver.metadata?.(found, reader)
    }
    return true
  }

  /** Hot: once for each line that is new, a search for its end. */
  #checkLength({ bytes, at, length }: ExpositionReader): void {
    if (length - at <= lineSizeMax) return
    const end = bytes.indexOf(10, at)
    if ((end < 0 ? length : end) - at <= lineSizeMax) return
    throw new ExpositionError(`a line is longer than ${lineSizeMax} bytes`, at)
  }

  #addSeries(size: number): number {
    const reader = this.#reader
    const [hashA, hashB] = this.#hash
    const id = this.#resolver.resolve(reader)
    this.#counts.added++
    const first = id < 0 ? nobody : this.#findId(id)
    const entry = this.#add(first === nobody ? kindSeries : kindAlias, size, hashA!, hashB!)
    this.#ids[entry] = id
    if (first !== nobody) {
      this.#aliases.set(entry, first)
      this.#resolver.release(id)
    } else if (id >= 0) place(this.#idSlots, homeOfId(id), entry)
    return entry
  }

  #addComment(found: Entry, size: number): number {
    const type = found === Entry.type ? typeNames.indexOf(this.#reader.type) : nobody
    const kind = type === nobody ? kindComment : kindType + type
    const entry = this.#add(kind, size, this.#hash[0]!, this.#hash[1]!)
    this.#ids[entry] = nobody
    return entry
  }

  /** Equal text under different salts is told apart, for its labels may differ. */
  #saltNow(): number {
    const { type, unit, dialect } = this.#reader
    const base = dialect === 'openmetrics' ? 17 : 1
    if (!this.#readsMetadata) {
      return base + (type === 'histogram' ? 1 : type === 'summary' ? 2 : 0)
    }
    let salt = base + typeNames.indexOf(type)
    for (let i = 0; i < unit.length; i++) salt = Math.imul(salt, 0x9e3779b1) ^ unit.charCodeAt(i)
    return salt
  }

  /** A sample without a time of its own. */
  #addPlain(entry: number, value: number): void {
    const counts = this.#counts
    counts.samples++
    const id = this.#ids[entry]!
    const seen = this.#generation * 2
    if (this.#seen[entry]! >= seen) counts.duplicates++
    else {
      this.#seen[entry] = seen
      if (id >= 0) this.#rows!.push(id, value)
    }
  }

  /** The sample that the reader has read. */
  #addSample(entry: number): void {
    const reader = this.#reader
    const scrape = this.#scrape!
    const id = this.#ids[entry]!
    if (!reader.hasTime || !scrape.honorTimestamps) {
      this.#addPlain(entry, reader.value)
    } else {
      this.#counts.samples++
      if (reader.time > scrape.timeMax) {
        this.#seen[entry] = this.#generation * 2 + 1
        this.#counts.outOfBounds++
        return
      }
      const untracked = scrape.trackTimestamps ? 0 : 1
      this.#seen[entry] = this.#generation * 2 + untracked
      if (id >= 0) this.#rows!.pushAt(id, reader.value, reader.time)
    }
    if (reader.hasExemplar && id >= 0) {
      this.#rows!.exemplars.push({
        series: id,
        labels: reader.exemplarLabels,
        value: reader.exemplarValue,
        time: reader.exemplarHasTime ? reader.exemplarTime : undefined,
      })
    }
  }

  /**
   * Ends a good scrape: tells the ids of series that are stale from now on. Looks at up to `max`
   * entries; whether none is left. Until then no other method may be called.
   */
  commit(max: number, stale: (id: number) => void): boolean {
    const generation = this.#generation
    const until = Math.min(this.#settled + max, this.#count)
    for (let entry = this.#settled; entry < until; entry++) {
      const kind = this.#kinds[entry]!
      if (kind === kindFree) continue
      const seen = this.#seen[entry]!
      const isAlive = seen >>> 1 === generation
      const isTracked = isAlive && (seen & 1) === 0
      if (this.#exposed[entry] === 1 && !isTracked) stale(this.#ids[entry]!)
      this.#exposed[entry] = isTracked && kind === kindSeries && this.#ids[entry]! >= 0 ? 1 : 0
      if (!isAlive) this.#dead.push(entry)
    }
    this.#settled = until
    if (until < this.#count) return false
    this.#usedBefore = this.#used - this.#dead.length
    this.#end()
    return true
  }

  /**
   * Forgets up to `max` of the entries that are dropped, once nothing names their ids any more;
   * whether none is left. Those that are still there at the next `begin` are forgotten by it.
   */
  sweep(max: number): boolean {
    for (let left = max; left > 0 && this.#dead.length > 0; left--) this.#forget(this.#dead.pop()!)
    return this.#dead.length === 0
  }

  /**
   * Ends a scrape that failed: tells the ids of all series that were exposed before. What is known
   * of the page's lines is kept, unless failing pages pile it up; whether some is to be dropped, by
   * `sweep`.
   */
  rollback(stale: (id: number) => void): boolean {
    this.sweep(Number.POSITIVE_INFINITY)
    this.#tellExposed(stale)
    const isPiledUp = this.#used > 2 * this.#usedBefore + 1000
    for (let entry = 0; isPiledUp && entry < this.#count; entry++) {
      const isSeen = this.#seen[entry]! >>> 1 === this.#generation
      if (this.#kinds[entry] !== kindFree && !isSeen) this.#dead.push(entry)
    }
    this.#end()
    return isPiledUp
  }

  /**
   * Forgets up to `max` entries; whether none is left. Once it has begun, nothing else may follow
   * until it is done.
   */
  clear(max: number): boolean {
    const until = Math.max(0, this.#count - max)
    while (this.#count > until) {
      const entry = --this.#count
      if (this.#kinds[entry] !== kindSeries || this.#ids[entry]! < 0) continue
      this.#resolver.release(this.#ids[entry]!)
    }
    if (until > 0) return false
    this.#used = 0
    this.#usedBefore = 0
    this.#first = nobody
    this.#dead = []
    this.#free = []
    this.#aliases.clear()
    this.#resize(0)
    this.#slots = new Int32Array(slotsMin).fill(nobody)
    this.#idSlots = new Int32Array(slotsMin).fill(nobody)
    this.#end()
    return true
  }

  #tellExposed(stale: (id: number) => void): void {
    for (let entry = 0; entry < this.#count; entry++) {
      if (this.#exposed[entry] !== 1) continue
      this.#exposed[entry] = 0
      stale(this.#ids[entry]!)
    }
  }

  /** Lets go of what belongs to the caller. */
  #end(): void {
    this.#reader.open(noPage)
    this.#view = noView
    this.#rows = undefined
    this.#scrape = undefined
  }

  /** The entry with the hash in `#hash` and this size. */
  #find(size: number): number {
    const [hashA, hashB] = this.#hash
    const slots = this.#slots
    const mask = slots.length - 1
    for (let slot = hashA! & mask; ; slot = (slot + 1) & mask) {
      const entry = slots[slot]!
      if (entry === nobody) return nobody
      const fits = this.#hashA[entry] === hashA && this.#hashB[entry] === hashB
      if (fits && this.#sizes[entry] === size) return entry
    }
  }

  #findId(id: number): number {
    const slots = this.#idSlots
    const mask = slots.length - 1
    for (let slot = homeOfId(id) & mask; ; slot = (slot + 1) & mask) {
      const entry = slots[slot]!
      if (entry === nobody || this.#ids[entry] === id) return entry
    }
  }

  #add(kind: number, size: number, hashA: number, hashB: number): number {
    const entry = this.#free.pop() ?? this.#count++
    if (entry >= this.#kinds.length) this.#resize(Math.max(64, Math.ceil(entry * 1.3)))
    if (++this.#used * 3 > this.#slots.length * 2) this.#rehash()
    this.#kinds[entry] = kind
    this.#sizes[entry] = size
    this.#hashA[entry] = hashA
    this.#hashB[entry] = hashB
    this.#followers[entry] = nobody
    this.#exposed[entry] = 0
    this.#seen[entry] = 0
    place(this.#slots, hashA, entry)
    return entry
  }

  #forget(entry: number): void {
    const kind = this.#kinds[entry]!
    const id = this.#ids[entry]!
    remove(this.#slots, entry, this.#hashA[entry]!, (other) => this.#hashA[other]!)
    if (kind === kindAlias) this.#aliases.delete(entry)
    if (kind === kindSeries && id >= 0) {
      remove(this.#idSlots, entry, homeOfId(id), (other) => homeOfId(this.#ids[other]!))
      this.#resolver.release(id)
    }
    this.#kinds[entry] = kindFree
    this.#used--
    this.#free.push(entry)
  }

  #rehash(): void {
    const length = this.#slots.length * 2
    const slots = new Int32Array(length).fill(nobody)
    const idSlots = new Int32Array(length).fill(nobody)
    for (const entry of this.#slots) if (entry !== nobody) place(slots, this.#hashA[entry]!, entry)
    for (const entry of this.#idSlots) {
      if (entry !== nobody) place(idSlots, homeOfId(this.#ids[entry]!), entry)
    }
    this.#slots = slots
    this.#idSlots = idSlots
  }

  #resize(capacity: number): void {
    this.#hashA = resized(this.#hashA, new Int32Array(capacity))
    this.#hashB = resized(this.#hashB, new Int32Array(capacity))
    this.#sizes = resized(this.#sizes, new Uint32Array(capacity))
    this.#kinds = resized(this.#kinds, new Uint8Array(capacity))
    this.#ids = resized(this.#ids, new Int32Array(capacity))
    this.#followers = resized(this.#followers, new Int32Array(capacity))
    this.#seen = resized(this.#seen, new Uint32Array(capacity))
    this.#exposed = resized(this.#exposed, new Uint8Array(capacity))
  }
}

const noPage = Uint8Array.of(10)
const noView = new DataView(noPage.buffer)

function resized<T extends Int32Array | Uint32Array | Uint8Array>(from: T, to: T): T {
  to.set(from.length > to.length ? from.subarray(0, to.length) : from)
  return to
}

function homeOfId(id: number): number {
  return Math.imul(id, 0x9e3779b1) >>> 7
}

function place(slots: Int32Array, home: number, entry: number): void {
  const mask = slots.length - 1
  let slot = home & mask
  while (slots[slot] !== nobody) slot = (slot + 1) & mask
  slots[slot] = entry
}

/** Entries that were pushed past the hole move back into it, so that probing needs no markers. */
function remove(
  slots: Int32Array,
  entry: number,
  home: number,
  homeOf: (entry: number) => number,
): void {
  const mask = slots.length - 1
  let hole = home & mask
  while (slots[hole] !== entry) hole = (hole + 1) & mask
  for (let slot = (hole + 1) & mask; slots[slot] !== nobody; slot = (slot + 1) & mask) {
    const from = homeOf(slots[slot]!) & mask
    if (((slot - from) & mask) < ((slot - hole) & mask)) continue
    slots[hole] = slots[slot]!
    hole = slot
  }
  slots[hole] = nobody
}
