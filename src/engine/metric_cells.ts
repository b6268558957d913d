// What components write their metrics to: plain fields, which give their lines when somebody asks.

export type Labels = Readonly<Record<string, string>>

/** One line of the exposition. `suffix` is `_bucket`, `_sum` or `_count`, or empty. */
export interface Reading {
  readonly suffix: string
  readonly labels: Labels
  readonly value: number
}

export interface Cell {
  read(): readonly Reading[]
}

export class CounterCell implements Cell {
  readonly #labels: Labels
  #total = 0

  constructor(labels: Labels) {
    this.#labels = labels
  }

  inc(by = 1): void {
    this.#total += by
  }

  set(total: number): void {
    if (total > this.#total) this.#total = total
  }

  read(): readonly Reading[] {
    return [{ suffix: '', labels: this.#labels, value: this.#total }]
  }
}

export class GaugeCell implements Cell {
  readonly #labels: Labels
  #value = 0

  constructor(labels: Labels) {
    this.#labels = labels
  }

  set(value: number): void {
    this.#value = value
  }

  inc(by = 1): void {
    this.#value += by
  }

  dec(by = 1): void {
    this.#value -= by
  }

  read(): readonly Reading[] {
    return [{ suffix: '', labels: this.#labels, value: this.#value }]
  }
}

/** Prometheus' usual bounds, for metrics that name none. */
const defaultBounds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]

export class HistogramCell implements Cell {
  readonly #labels: Labels
  readonly #bounds: readonly number[]
  readonly #counts: Float64Array
  #sum = 0

  constructor(labels: Labels, bounds: readonly number[] = defaultBounds) {
    this.#labels = labels
    this.#bounds = bounds
    this.#counts = new Float64Array(bounds.length + 1)
  }

  observe(value: number): void {
    let i = 0
    while (i < this.#bounds.length && value > this.#bounds[i]!) i++
    this.#counts[i]!++
    this.#sum += value
  }

  read(): readonly Reading[] {
    let count = 0
    const labels = this.#labels
    const buckets = [...this.#bounds, Number.POSITIVE_INFINITY].map((bound, i) => {
      count += this.#counts[i]!
      return { suffix: '_bucket', labels: { ...labels, le: printNumber(bound) }, value: count }
    })
    return [
      ...buckets,
      { suffix: '_sum', labels, value: this.#sum },
      { suffix: '_count', labels, value: count },
    ]
  }
}

/** How many of the last observations quantiles are taken from. */
const summaryWindow = 1024

export class SummaryCell implements Cell {
  readonly #labels: Labels
  readonly #quantiles: readonly number[]
  readonly #recent: Float64Array
  #count = 0
  #sum = 0

  constructor(labels: Labels, quantiles: readonly number[] = []) {
    this.#labels = labels
    this.#quantiles = quantiles
    this.#recent = new Float64Array(quantiles.length > 0 ? summaryWindow : 0)
  }

  observe(value: number): void {
    if (this.#recent.length > 0) this.#recent[this.#count % summaryWindow] = value
    this.#count++
    this.#sum += value
  }

  read(): readonly Reading[] {
    const labels = this.#labels
    const recent = this.#recent.slice(0, this.#count).sort()
    const quantiles = this.#quantiles.map((quantile) => ({
      suffix: '',
      labels: { ...labels, quantile: String(quantile) },
      value: recent[Math.ceil(quantile * recent.length) - 1] ?? Number.NaN,
    }))
    return [
      ...quantiles,
      { suffix: '_sum', labels, value: this.#sum },
      { suffix: '_count', labels, value: this.#count },
    ]
  }
}

/** As Prometheus' text format has it. */
export function printNumber(value: number): string {
  if (Number.isFinite(value)) return String(value)
  return Number.isNaN(value) ? 'NaN' : value > 0 ? '+Inf' : '-Inf'
}
