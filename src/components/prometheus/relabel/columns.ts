// The columns of one relabeled batch, used again once its push has settled.

import type { Slice } from '../../../engine/slice.ts'
import type { Outcome, RefusedRow } from '../../../model/receiver.ts'
import type { SampleBatch } from '../../../model/samples.ts'
import { dropped, type SeriesCache } from './series_cache.ts'

/** About 1 ms where all series are new. */
const rowsPerLook = 64

export class Columns {
  series = new Uint32Array(0)
  /** The row of the batch that came in, for each row that is kept. */
  rows = new Uint32Array(0)
  #kinds = new Uint8Array(0)
  #values = new Float64Array(0)
  #times = new Float64Array(0)

  /** Rows that are kept of those looked at. */
  kept = 0
  #next = 0

  /** Starts with a batch, and makes room for it. */
  begin({ length }: SampleBatch): void {
    this.kept = 0
    this.#next = 0
    if (this.series.length >= length) return
    const capacity = Math.ceil(length * 1.25)
    this.series = new Uint32Array(capacity)
    this.rows = new Uint32Array(capacity)
  }

  /**
   * Looks at more rows until the slice is over; whether that were all.
   *
   * Hot: one read of the cache per sample, one look at the time for 64.
   */
  relabel(batch: SampleBatch, cache: SeriesCache, slice: Slice): boolean {
    const { length, series: incoming } = batch
    const { series, rows } = this
    let { kept } = this
    let row = this.#next
    while (row < length) {
      const until = Math.min(row + rowsPerLook, length)
      for (; row < until; row++) {
        const outcome = cache.outcome(incoming[row]!)
        if (outcome === dropped) continue
        series[kept] = outcome
        rows[kept++] = row
      }
      if (row < length && slice.due()) break
    }
    this.kept = kept
    this.#next = row
    return row === length
  }

  /** The `kept` rows of `batch` under their new series; columns are shared where all are kept. */
  batch(batch: SampleBatch, idOf: (id: number) => number): SampleBatch {
    const { kept } = this
    const beside = besideOf(batch, idOf)
    if (kept === batch.length) return { ...batch, ...beside, series: this.series }
    this.#gather(batch, kept)
    const { histograms } = batch
    return {
      ...beside,
      length: kept,
      series: this.series,
      kinds: this.#kinds,
      times: typeof batch.times === 'number' ? batch.times : this.#times,
      values: this.#values,
      ...(histograms && { histograms: this.#gatherHistograms(histograms, kept) }),
    }
  }

  /** What the receivers said, in rows of the batch that came in. */
  outcome(outcome: Outcome): Outcome {
    if (outcome.refused.length === 0) return outcome
    const refused = outcome.refused.map(
      ({ row, reason }): RefusedRow => ({ row: this.rows[row]!, reason }),
    )
    return { ...outcome, refused }
  }

  #gather(batch: SampleBatch, kept: number): void {
    const capacity = this.series.length
    if (this.#values.length < kept) {
      this.#values = new Float64Array(capacity)
      this.#kinds = new Uint8Array(capacity)
    }
    const { rows } = this
    const { kinds, values, times } = batch
    for (let i = 0; i < kept; i++) {
      const row = rows[i]!
      this.#kinds[i] = kinds[row]!
      this.#values[i] = values[row]!
    }
    if (typeof times === 'number') return
    if (this.#times.length < kept) this.#times = new Float64Array(capacity)
    for (let i = 0; i < kept; i++) this.#times[i] = times[rows[i]!]!
  }

  #gatherHistograms(
    histograms: NonNullable<SampleBatch['histograms']>,
    kept: number,
  ): NonNullable<SampleBatch['histograms']> {
    const gathered = new Map()
    for (let i = 0; i < kept; i++) {
      const histogram = histograms.get(this.rows[i]!)
      if (histogram !== undefined) gathered.set(i, histogram)
    }
    return gathered
  }
}

function besideOf(
  { exemplars, metadata }: SampleBatch,
  idOf: (id: number) => number,
): Pick<SampleBatch, 'exemplars' | 'metadata'> {
  return {
    ...(metadata && { metadata }),
    ...(exemplars && {
      exemplars: exemplars.flatMap((exemplar) => {
        const series = idOf(exemplar.series)
        return series > 0 ? [{ ...exemplar, series }] : []
      }),
    }),
  }
}
