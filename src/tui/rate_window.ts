// Rates of the last seconds: a scrape every ten seconds sends nothing for nine of them, and a
// figure that jumps between nothing and all is none.

import type { EdgeRate } from '../client/api.ts'

/** How many seconds a rate is the mean of. */
const meanSeconds = 10

interface Entry {
  readonly seconds: number
  readonly edges: readonly EdgeRate[]
}

/** The last records of each stream. */
export class RateWindow {
  readonly #entries = new Map<string, Entry[]>()

  add(stream: string, seconds: number, edges: readonly EdgeRate[]): void {
    const entries = this.#entries.get(stream) ?? []
    entries.push({ seconds, edges })
    let total = entries.reduce((sum, each) => sum + each.seconds, 0)
    while (entries.length > 1 && total - entries[0]!.seconds >= meanSeconds) {
      total -= entries.shift()!.seconds
    }
    this.#entries.set(stream, entries)
  }

  forget(stream: string): void {
    this.#entries.delete(stream)
  }

  /** The mean over every edge; of targets, the last number that was told. */
  edges(): readonly EdgeRate[] {
    const means = new Map<
      string,
      { from: string; to: string; type: EdgeRate['type']; rate: number }
    >()
    for (const entries of this.#entries.values()) {
      const total = entries.reduce((sum, { seconds }) => sum + seconds, 0)
      for (const { edges, seconds } of entries) {
        for (const { from, rate, to, type } of edges) {
          const key = `${type} ${from} ${to}`
          const mean = means.get(key) ?? { from, to, type, rate: 0 }
          mean.rate = type === 'target' ? rate : mean.rate + (rate * seconds) / total
          means.set(key, mean)
        }
      }
    }
    return [...means.values()]
  }
}
