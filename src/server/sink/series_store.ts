// What a sink has received: the newest value of every series, and totals. Bounded.

import type { WriteRequest, WrittenSeries } from '../../wire/remote_write/v1_decoder.ts'

/** A series with its newest sample. */
export interface StoredSeries {
  /** `name{a="1",b="2"}`, labels sorted. */
  readonly id: string
  readonly labels: Readonly<Record<string, string>>
  value: number
  /** The newest is a histogram; `value` is its count then. */
  isHistogram: boolean
  /** The newest is a staleness marker. */
  isStale: boolean
  /** Unix time in ms. */
  time: number
  /** Received so far, staleness markers included. */
  samples: number
}

export interface Totals {
  requests: number
  refused: number
  bytes: number
  samples: number
  staleMarkers: number
  histograms: number
  exemplars: number
  metadata: number
  /** Samples older than the newest of their series. */
  outOfOrder: number
  /** Samples of series that did not fit. */
  overflowed: number
}

export class SeriesStore {
  readonly totals: Totals = {
    requests: 0,
    refused: 0,
    bytes: 0,
    samples: 0,
    staleMarkers: 0,
    histograms: 0,
    exemplars: 0,
    metadata: 0,
    outOfOrder: 0,
    overflowed: 0,
  }
  readonly #seriesMax: number
  readonly #series = new Map<string, StoredSeries>()

  constructor(seriesMax: number) {
    this.#seriesMax = seriesMax
  }

  get size(): number {
    return this.#series.size
  }

  /** `bytes` is what came over the wire. */
  add(request: WriteRequest, bytes: number): void {
    this.totals.requests++
    this.totals.bytes += bytes
    this.totals.metadata += request.metadata.length
    for (const written of request.series) this.#addSeries(written)
  }

  /** Series whose id contains `text`, in the order in which they first came. */
  *matching(text: string): Generator<StoredSeries> {
    for (const series of this.#series.values()) if (series.id.includes(text)) yield series
  }

  #addSeries(written: WrittenSeries): void {
    const { totals } = this
    const count = written.samples.length + written.histograms.length
    totals.samples += written.samples.length
    totals.histograms += written.histograms.length
    totals.exemplars += written.exemplars.length
    const series = this.#find(written.labels)
    if (series === undefined) {
      totals.overflowed += count
      return
    }
    series.samples += count
    for (const { time, value, isStale } of written.samples) {
      if (isStale) totals.staleMarkers++
      this.#take(series, time, { value, isStale, isHistogram: false })
    }
    for (const { time, histogram } of written.histograms) {
      this.#take(series, time, { value: histogram.count, isStale: false, isHistogram: true })
    }
  }

  #take(
    series: StoredSeries,
    time: number,
    sample: Pick<StoredSeries, 'value' | 'isStale' | 'isHistogram'>,
  ): void {
    if (time < series.time) this.totals.outOfOrder++
    else Object.assign(series, { time }, sample)
  }

  #find(pairs: readonly string[]): StoredSeries | undefined {
    const labels = labelsOf(pairs)
    const id = idOf(labels)
    const known = this.#series.get(id)
    if (known !== undefined || this.#series.size >= this.#seriesMax) return known
    const state = { value: 0, isHistogram: false, isStale: false, time: -Infinity, samples: 0 }
    const series = { id, labels, ...state }
    this.#series.set(id, series)
    return series
  }
}

/** Of name, value, name, value, … */
export function labelsOf(pairs: readonly string[]): Record<string, string> {
  const labels: Record<string, string> = {}
  for (let i = 0; i + 1 < pairs.length; i += 2) labels[pairs[i]!] = pairs[i + 1]!
  return labels
}

function idOf({ __name__: name = '', ...labels }: Readonly<Record<string, string>>): string {
  const pairs = Object.keys(labels)
    .sort()
    .map((label) => `${label}=${JSON.stringify(labels[label])}`)
  return pairs.length === 0 ? name : `${name}{${pairs.join(',')}}`
}
