// Help, type and unit of the families of one target, as far as receivers have not been told.

import type { Metadata } from '../../../model/samples.ts'
import { Entry, type ExpositionReader } from '../../../wire/exposition/reader.ts'

/** More families than any real page has; the oldest go first. */
const familiesMax = 20_000
/** A receiver that came later learns of everything within this time. */
const repeatMs = 60_000

export class TargetMetadata {
  readonly #families = new Map<string, Metadata>()
  #news = new Set<string>()
  #toldAllMs = Number.NEGATIVE_INFINITY

  get size(): number {
    return this.#families.size
  }

  /** Roughly, counting two bytes a character. */
  get bytes(): number {
    let sum = 0
    for (const { family, help, unit } of this.#families.values()) {
      sum += 2 * (family.length + help.length + unit.length)
    }
    return sum
  }

  /** Takes over the line that the reader stands on. */
  read(entry: Entry, reader: ExpositionReader): void {
    const family = reader.name
    const before = this.#families.get(family)
    const known = before ?? { family, type: 'unknown', unit: '', help: '' }
    const after =
      entry === Entry.type
        ? { ...known, type: reader.type }
        : entry === Entry.help
          ? { ...known, help: reader.help }
          : { ...known, unit: reader.unit }
    const isSame =
      before?.type === after.type && before.help === after.help && before.unit === after.unit
    if (isSame) return
    this.#families.set(family, after)
    this.#news.add(family)
    if (this.#families.size <= familiesMax) return
    const [oldest] = this.#families.keys()
    if (oldest !== undefined) this.#families.delete(oldest)
  }

  /** What to tell with a batch: everything once a minute, else what is new. */
  take(nowMs: number): readonly Metadata[] {
    if (nowMs - this.#toldAllMs >= repeatMs) {
      this.#toldAllMs = nowMs
      this.#news.clear()
      return [...this.#families.values()]
    }
    if (this.#news.size === 0) return []
    const news = [...this.#news].flatMap((family) => this.#families.get(family) ?? [])
    this.#news = new Set()
    return news
  }
}
