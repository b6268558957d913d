// Help, type and unit of the families of one target, as far as receivers have not been told.

import { bytesOfMetadata, type Metadata } from '../../../model/samples.ts'
import { Entry, type ExpositionReader } from '../../../wire/exposition/reader.ts'

/** More families than any real page has; the oldest go first. */
const familiesMax = 20_000
/** Of their texts; a hostile page has a new one of 256 KiB in each line. */
const bytesMax = 16 << 20
/** A receiver that came later learns of everything within this time. */
const repeatMs = 60_000

export class TargetMetadata {
  readonly #families = new Map<string, Metadata>()
  #news = new Set<string>()
  #bytes = 0
  #toldAllMs = Number.NEGATIVE_INFINITY

  get size(): number {
    return this.#families.size
  }

  /** Roughly, counting two bytes a character. */
  get bytes(): number {
    return this.#bytes
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
    this.#bytes += bytesOfMetadata(after) - (before === undefined ? 0 : bytesOfMetadata(before))
    for (const [oldest, metadata] of this.#families) {
      if (this.#families.size <= familiesMax && this.#bytes <= bytesMax) return
      this.#families.delete(oldest)
      this.#news.delete(oldest)
      this.#bytes -= bytesOfMetadata(metadata)
    }
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
