// Which series somebody has seen, of those that the pool has.

import type { LabelPool } from './label_pool.ts'

/** A bit for each id; ids that are freed leave. */
export class SeenSeries {
  /** How many. */
  size = 0
  #words = new Uint32Array(256)
  readonly #stopListening: () => void

  constructor(pool: LabelPool) {
    this.#stopListening = pool.onFree((ids) => this.#removeAll(ids))
  }

  /** Hot: one read a row, about 1 ns. */
  addAll(series: Uint32Array, length: number): void {
    let words = this.#words
    for (let row = 0; row < length; row++) {
      const id = series[row]!
      const word = id >>> 5
      if (word < words.length && (words[word]! & (1 << (id & 31))) !== 0) continue
      this.#add(id)
      words = this.#words
    }
  }

  close(): void {
    this.#stopListening()
  }

  #add(id: number): void {
    const word = id >>> 5
    if (word >= this.#words.length) {
      const grown = new Uint32Array(2 ** Math.ceil(Math.log2(word + 1)))
      grown.set(this.#words)
      this.#words = grown
    }
    this.#words[word]! |= 1 << (id & 31)
    this.size++
  }

  #removeAll(ids: Uint32Array): void {
    const words = this.#words
    for (let i = 0; i < ids.length; i++) {
      const id = ids[i]!
      const word = id >>> 5
      const bit = 1 << (id & 31)
      if (word >= words.length || (words[word]! & bit) === 0) continue
      words[word]! &= ~bit
      this.size--
    }
  }
}
