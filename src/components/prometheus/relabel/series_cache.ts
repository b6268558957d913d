// What becomes of each series, by its id: worked out once, then read once per sample.

import type { LabelPool } from '../../../model/label_pool.ts'
import { PagedInt32, PagedUint32 } from '../../../model/paged.ts'
import type { RelabelRules } from '../../common/relabel/rules.ts'

/** What the cache says instead of an id. */
export const unknown = 0
export const dropped = -1

/** Without a ttl: what is noted of a series that is on the clock. */
const notUsedLately = 1
const usedLately = 2

export interface CacheBounds {
  /** Series that are remembered; 0 for no bound. */
  readonly sizeMax: number
  /** Idle time after which a series is forgotten, in ms; 0 for never. */
  readonly ttlMs: number
}

/** Holds the ids it knows and the ids they become. */
export class SeriesCache {
  hits = 0
  misses = 0
  deletes = 0
  expired = 0
  #size = 0
  readonly #pool: LabelPool
  readonly #rules: RelabelRules
  readonly #bounds: CacheBounds
  readonly #outcomes: PagedInt32
  /**
   * 0 for ids that are not on the clock. With a ttl: the second of the last use. Else: whether it
   * was used since the last round, as far as the clock is full.
   */
  readonly #touched: PagedUint32
  /** Ids in the order of the clock, each once; those that were forgotten keep their place. */
  #clock = new Uint32Array(256)
  #clockLength = 0
  #hand = 0
  #seconds = 0
  /** Expiry: the second before which a use is too old, and the places that were looked at. */
  #oldest = 0
  #unexpired = 0

  constructor(pool: LabelPool, rules: RelabelRules, bounds: CacheBounds) {
    this.#pool = pool
    this.#rules = rules
    this.#bounds = bounds
    this.#outcomes = new PagedInt32(pool.pages)
    this.#touched = new PagedUint32(pool.pages)
  }

  /** Series that are remembered. */
  get size(): number {
    return this.#size
  }

  /** Brings the time of the uses to come. */
  startAt(nowMs: number): void {
    this.#seconds = Math.floor(nowMs / 1000)
  }

  /**
   * The id that a series becomes, or `dropped`.
   *
   * Hot: one read for a series that is remembered.
   */
  outcome(id: number): number {
    const known = this.#outcomes.get(id)
    if (known === unknown) return this.#resolve(id)
    this.hits++
    if (this.#bounds.ttlMs > 0) this.#touched.set(id, this.#seconds)
    else if (this.#clockLength === this.#bounds.sizeMax) this.#touched.set(id, usedLately)
    return known
  }

  /** After its end: nothing more is expected of the series. */
  forget(id: number): void {
    const outcome = this.#outcomes.get(id)
    if (outcome === unknown) return
    this.#outcomes.set(id, unknown)
    if (this.#bounds.ttlMs === 0) this.#touched.set(id, notUsedLately)
    this.#size--
    this.deletes++
    this.#pool.release(id)
    if (outcome !== dropped) this.#pool.release(outcome)
  }

  /** Forgets up to `max` series; whether none is left. */
  clear(max: number): boolean {
    const until = Math.max(0, this.#clockLength - max)
    while (this.#clockLength > until) this.#remove(this.#clock[--this.#clockLength]!)
    return until === 0
  }

  /** An empty one with the same rules. */
  successor(): SeriesCache {
    return new SeriesCache(this.#pool, this.#rules, this.#bounds)
  }

  /** Begins to look for what was idle for longer than the ttl. */
  startExpiry(nowMs: number): void {
    this.#oldest = Math.floor((nowMs - this.#bounds.ttlMs) / 1000)
    this.#unexpired = 0
  }

  /** Looks at up to `max` series and forgets those that are due; whether all were looked at. */
  expire(max: number): boolean {
    for (let left = max; left > 0 && this.#unexpired < this.#clockLength; left--) {
      const id = this.#clock[this.#unexpired]!
      const isKnown = this.#outcomes.get(id) !== unknown
      if (isKnown && this.#touched.get(id) >= this.#oldest) {
        this.#unexpired++
        continue
      }
      if (isKnown) this.expired++
      this.#remove(id)
      // With a ttl the order on the clock means nothing: the last takes the place.
      this.#clock[this.#unexpired] = this.#clock[--this.#clockLength]!
    }
    return this.#unexpired >= this.#clockLength
  }

  #resolve(id: number): number {
    this.misses++
    const labels = new Map(this.#pool.labelsOf(id))
    const isKept = this.#rules.apply(labels) && labels.size > 0
    const outcome = isKept ? this.#pool.intern([...labels].flat()) : dropped
    this.#pool.retain(id)
    if (isKept) this.#pool.retain(outcome)
    if (this.#touched.get(id) === 0) this.#remember(id)
    this.#outcomes.set(id, outcome)
    this.#size++
    this.#touched.set(id, this.#bounds.ttlMs > 0 ? this.#seconds : notUsedLately)
    return outcome
  }

  /** Forgets a series whose place on the clock goes. */
  #remove(id: number): void {
    this.forget(id)
    this.#touched.set(id, 0)
  }

  /** Gives the id a place on the clock, that of one not used for long when there is no more. */
  #remember(id: number): void {
    const { sizeMax } = this.#bounds
    if (sizeMax === 0 || this.#clockLength < sizeMax) {
      if (this.#clockLength === this.#clock.length) {
        const grown = new Uint32Array(this.#clock.length * 2)
        grown.set(this.#clock)
        this.#clock = grown
      }
      this.#clock[this.#clockLength++] = id
      return
    }
    for (;;) {
      if (this.#hand >= this.#clockLength) this.#hand = 0
      const other = this.#clock[this.#hand]!
      if (this.#touched.get(other) === notUsedLately) {
        this.#remove(other)
        this.#clock[this.#hand++] = id
        return
      }
      this.#touched.set(other, notUsedLately)
      this.#hand++
    }
  }
}
