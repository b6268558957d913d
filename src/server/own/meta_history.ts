// The last quarter of an hour of the program's own figures, in memory.

import type { Meta, MetaName } from '../../client/api.ts'

/** A rate of samples that come every 15 s says little from second to second. */
export const metaIntervalMs = 5000

const pointsMax = (15 * 60_000) / metaIntervalMs

export class MetaHistory {
  /** A ring for each figure that was ever known; NaN where it was not. */
  readonly #series = new Map<MetaName, Float64Array>()
  #points = 0
  #lastMs = 0

  /** Adds a point; what is not given was not known. */
  add(values: Readonly<Partial<Record<MetaName, number>>>, atMs: number): void {
    const at = this.#points % pointsMax
    // As plain entries they have lost their types: the keys are those of the parameter.
    for (const name of Object.keys(values) as MetaName[]) {
      if (this.#series.has(name) || values[name] === undefined) continue
      this.#series.set(name, new Float64Array(pointsMax).fill(Number.NaN))
    }
    for (const [name, points] of this.#series) points[at] = values[name] ?? Number.NaN
    this.#points++
    this.#lastMs = atMs
  }

  /** Of the last `seconds`, as far as there are points. */
  meta(seconds: number): Meta {
    const wanted = Math.ceil((seconds * 1000) / metaIntervalMs)
    const count = Math.min(wanted, this.#points, pointsMax)
    const series = [...this.#series].map(([name, points]) => {
      const shown = Array.from({ length: count }, (_, i) => {
        const value = points[(this.#points - count + i) % pointsMax]!
        return Number.isFinite(value) ? value : null
      })
      return [name, shown] as const
    })
    const intervalSeconds = metaIntervalMs / 1000
    return { intervalSeconds, lastMs: this.#lastMs, series: Object.fromEntries(series) }
  }
}
