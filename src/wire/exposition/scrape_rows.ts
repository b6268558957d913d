// What one scrape has exposed, as columns.

/** An exemplar as it stands behind a sample. */
export interface ExposedExemplar {
  readonly series: number
  /** Name, value, name, value, … */
  readonly labels: readonly string[]
  readonly value: number
  /** Unix time in ms, undefined where the page does not tell. */
  readonly time: number | undefined
}

/** Rows of a scrape. The columns are longer than `length`; they are reused by the next scrape. */
export class ScrapeRows {
  length = 0
  /** Ids as the cache's `resolve` gave them. */
  series = new Uint32Array(256)
  values = new Float64Array(256)
  /** Unix time in ms of each row, where a row of this scrape has its own. */
  times: Float64Array | undefined
  exemplars: ExposedExemplar[] = []

  /** Of a row without a time of its own. */
  #defaultTime = 0
  #spareTimes: Float64Array | undefined

  /** Forgets all rows; what follows has `time` where the page does not tell. */
  clear(time: number): void {
    this.length = 0
    this.#defaultTime = time
    this.#spareTimes = this.times ?? this.#spareTimes
    this.times = undefined
    this.exemplars = []
  }

  push(series: number, value: number): void {
    if (this.length === this.series.length) this.grow()
    const row = this.length++
    this.series[row] = series
    this.values[row] = value
    if (this.times !== undefined) this.times[row] = this.#defaultTime
  }

  pushAt(series: number, value: number, time: number): void {
    if (this.times === undefined) this.#startTimes()
    this.push(series, value)
    this.times![this.length - 1] = time
  }

  /** Makes room for half as many rows again. */
  grow(): void {
    const capacity = Math.ceil(this.series.length * 1.5)
    const series = new Uint32Array(capacity)
    series.set(this.series)
    this.series = series
    const values = new Float64Array(capacity)
    values.set(this.values)
    this.values = values
    if (this.times === undefined) return
    const times = new Float64Array(capacity)
    times.set(this.times)
    this.times = times
  }

  #startTimes(): void {
    const spare = this.#spareTimes
    const capacity = this.series.length
    this.times =
      spare !== undefined && spare.length === capacity ? spare : new Float64Array(capacity)
    this.times.fill(this.#defaultTime, 0, this.length)
  }
}
