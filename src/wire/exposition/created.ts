// Start times of OpenMetrics counters, histograms and summaries: the values of `_created` lines.
// Source: prometheus/model/textparse/openmetricsparse.go. A series takes the next `_created` line
// of its family if that has the same labels, or the one that its own group took before.

import { Entry, type ExpositionReader, millisecondsOfSeconds } from './reader.ts'

/** Finds start times for the series that a reader, which skips `_created` lines, stands on. */
export class StartTimes {
  readonly #ahead: ExpositionReader
  /** Up to where the page has been looked through, and the line found there. */
  #seenTo = -1
  #foundKey: string | undefined
  #foundTime = 0
  /** The group that found its line last. */
  #group: string | undefined
  #groupTime = 0

  /** `ahead` is a reader of the same page that skips nothing. */
  constructor(ahead: ExpositionReader) {
    this.#ahead = ahead
  }

  /** Starts with a page. */
  open(page: Uint8Array): void {
    this.#ahead.open(page)
    this.#seenTo = -1
    this.#foundKey = undefined
    this.#group = undefined
  }

  /** Unix time in ms, undefined where the page does not tell. Looks at every line at most once. */
  of(reader: ExpositionReader): number | undefined {
    if (!reader.hasStartTimes) return undefined
    const key = reader.groupKey
    if (key === this.#group) return this.#groupTime
    if (reader.at > this.#seenTo) this.#lookAhead(reader)
    if (key !== this.#foundKey) {
      this.#group = undefined
      return undefined
    }
    this.#group = key
    this.#groupTime = this.#foundTime
    return this.#foundTime
  }

  #lookAhead(reader: ExpositionReader): void {
    const ahead = this.#ahead
    ahead.at = reader.at
    ahead.type = reader.type
    this.#foundKey = undefined
    try {
      while (ahead.next() === Entry.series) {
        if (!ahead.nameEndsWith('_created')) continue
        this.#foundKey = ahead.groupKey
        this.#foundTime = millisecondsOfSeconds(ahead.value)
        break
      }
      this.#seenTo = ahead.at - 1
    } catch {
      // The reader itself will come to the line that is malformed, and say so.
      this.#seenTo = reader.length
    }
  }
}
