// Rows on their way into one request.

import { type LogRows, RowKind } from '../../../model/sample_log.ts'
import type { Exemplar, Histogram } from '../../../model/samples.ts'

/** How many of each kind. */
export interface RowCounts {
  samples: number
  histograms: number
  exemplars: number
}

export function noRows(): RowCounts {
  return { samples: 0, histograms: 0, exemplars: 0 }
}

interface PlacedExemplar {
  readonly exemplar: Exemplar
  readonly position: number
}

/** Room for the rows of one request, used again for the next. Exemplars follow all samples. */
export class SendBatch {
  readonly rowsMax: number
  /** Ids of the `LabelPool`, as they are sent. */
  readonly series: Uint32Array
  readonly kinds: Uint8Array
  readonly times: Float64Array
  readonly values: Float64Array
  /** Where the rows are in the log. */
  readonly positions: Float64Array
  readonly histograms = new Map<number, Histogram>()
  /** Rows without exemplars. */
  length = 0
  exemplars: PlacedExemplar[] = []

  constructor(rowsMax: number) {
    this.rowsMax = rowsMax
    this.series = new Uint32Array(rowsMax)
    this.kinds = new Uint8Array(rowsMax)
    this.times = new Float64Array(rowsMax)
    this.values = new Float64Array(rowsMax)
    this.positions = new Float64Array(rowsMax)
  }

  /** Rows, exemplars included. */
  get size(): number {
    return this.length + this.exemplars.length
  }

  /** Position of the oldest row; of an empty batch: Infinity. */
  get first(): number {
    const sample = this.length > 0 ? this.positions[0]! : Number.POSITIVE_INFINITY
    const exemplar = this.exemplars[0]?.position ?? Number.POSITIVE_INFINITY
    return Math.min(sample, exemplar)
  }

  /** Unix time in ms of the newest sample or histogram; 0 where there is none. */
  get newestTime(): number {
    let newest = 0
    for (let i = 0; i < this.length; i++) if (this.times[i]! > newest) newest = this.times[i]!
    return newest
  }

  /** Copies a row of a log, under the id that it is sent with. */
  add(rows: LogRows, row: number, id: number): void {
    const kind = rows.kinds[row]!
    const position = rows.first + row
    if (kind === RowKind.exemplar) {
      this.exemplars.push({ exemplar: { ...rows.exemplar(row), series: id }, position })
      return
    }
    const at = this.length++
    this.series[at] = id
    this.kinds[at] = kind
    this.times[at] = rows.times[row]!
    this.values[at] = rows.values[row]!
    this.positions[at] = position
    if (kind === RowKind.histogram || kind === RowKind.floatHistogram) {
      this.histograms.set(at, rows.histogram(row))
    }
  }

  counts(): RowCounts {
    const histograms = this.histograms.size
    return { samples: this.length - histograms, histograms, exemplars: this.exemplars.length }
  }

  /** Removes rows that the log has dropped, whose label sets may be gone. */
  dropBefore(position: number): RowCounts {
    return this.#remove(
      (row) => this.positions[row]! < position,
      (placed) => placed.position < position,
    )
  }

  /** Removes samples and histograms older than `time`; exemplars have no age. */
  dropOlder(time: number): RowCounts {
    return this.#remove(
      (row) => this.times[row]! < time,
      () => false,
    )
  }

  clear(): void {
    this.length = 0
    this.exemplars = []
    this.histograms.clear()
  }

  #remove(
    isRowGone: (row: number) => boolean,
    isExemplarGone: (placed: PlacedExemplar) => boolean,
  ): RowCounts {
    const before = this.counts()
    const kept = this.exemplars.filter((placed) => !isExemplarGone(placed))
    this.exemplars = kept
    let to = 0
    for (let from = 0; from < this.length; from++) {
      const histogram = this.histograms.get(from)
      this.histograms.delete(from)
      if (isRowGone(from)) continue
      if (histogram !== undefined) this.histograms.set(to, histogram)
      this.series[to] = this.series[from]!
      this.kinds[to] = this.kinds[from]!
      this.times[to] = this.times[from]!
      this.values[to] = this.values[from]!
      this.positions[to] = this.positions[from]!
      to++
    }
    this.length = to
    const after = this.counts()
    return {
      samples: before.samples - after.samples,
      histograms: before.histograms - after.histograms,
      exemplars: before.exemplars - after.exemplars,
    }
  }
}
