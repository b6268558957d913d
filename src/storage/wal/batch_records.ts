// A batch as records of a write-ahead log, and its rows in the order of these records.

import { RowKind } from '../../model/sample_log.ts'
import type { Histogram, SampleBatch } from '../../model/samples.ts'
import {
  encodeHistograms,
  type HistogramRecordType,
  type HistogramRow,
  recordTypeOf,
} from '../../wire/wal/histograms_record.ts'
import type { RecordWriter } from '../../wire/wal/record_bytes.ts'
import { RecordType } from '../../wire/wal/record_type.ts'
import { encodeSamples } from '../../wire/wal/samples_record.ts'
import { encodeExemplars } from '../../wire/wal/side_records.ts'

/** Longer records are cut, so that a reader needs little memory. */
const recordRowsMax = 16_384

const histogramTypes: readonly HistogramRecordType[] = [
  RecordType.histograms,
  RecordType.customHistograms,
  RecordType.floatHistograms,
  RecordType.customFloatHistograms,
]

/** Rows in the order in which their records are written: floats, then histograms by type. */
export function orderedRows(batch: SampleBatch): SampleBatch {
  const { histograms } = batch
  if (histograms === undefined || histograms.size === 0) return batch
  const order: number[] = []
  for (let row = 0; row < batch.length; row++) if (!histograms.has(row)) order.push(row)
  for (const type of histogramTypes) {
    for (let row = 0; row < batch.length; row++) {
      const histogram = histograms.get(row)
      if (histogram !== undefined && typeAt(batch, row, histogram) === type) order.push(row)
    }
  }
  const values = new Float64Array(batch.length)
  const from = new BigUint64Array(batch.values.buffer, batch.values.byteOffset, batch.length)
  const bits = new BigUint64Array(values.buffer)
  const moved = new Map<number, Histogram>()
  for (const [to, row] of order.entries()) {
    bits[to] = from[row]!
    const histogram = histograms.get(row)
    if (histogram !== undefined) moved.set(to, histogram)
  }
  const { times } = batch
  return {
    ...batch,
    series: Uint32Array.from(order, (row) => batch.series[row]!),
    kinds: Uint8Array.from(order, (row) => batch.kinds[row]!),
    times: typeof times === 'number' ? times : Float64Array.from(order, (row) => times[row]!),
    values,
    histograms: moved,
  }
}

/** Adds the records of an ordered batch; `refs` are the numbers of its rows, then exemplars. */
export function addBatch(
  out: RecordWriter,
  batch: SampleBatch,
  refs: Float64Array,
  add: (record: Uint8Array, length: number) => void,
): void {
  const { histograms, length, times } = batch
  const floats = length - (histograms?.size ?? 0)
  for (let from = 0; from < floats; from += recordRowsMax) {
    const rows = { refs, kinds: batch.kinds, times, values: batch.values }
    encodeSamples(out, rows, from, Math.min(floats, from + recordRowsMax))
    add(out.bytes, out.length)
  }
  for (const type of histogramTypes) {
    const rows: HistogramRow[] = []
    for (const [row, histogram] of histograms ?? []) {
      if (typeAt(batch, row, histogram) !== type) continue
      const time = typeof times === 'number' ? times : times[row]!
      rows.push({ ref: refs[row]!, time, startTime: 0, histogram })
    }
    if (rows.length === 0) continue
    encodeHistograms(out, type, rows)
    add(out.bytes, out.length)
  }
  const { exemplars = [] } = batch
  if (exemplars.length === 0) return
  encodeExemplars(
    out,
    exemplars.map(({ labels, time, value }, i) => ({
      ref: refs[length + i]!,
      time,
      value,
      labels,
    })),
  )
  add(out.bytes, out.length)
}

function typeAt(batch: SampleBatch, row: number, histogram: Histogram): HistogramRecordType {
  return recordTypeOf(histogram, batch.kinds[row] === RowKind.floatHistogram)
}
