// The rows of any record of a write-ahead log, as columns.

import { RowKind } from '../../model/sample_log.ts'
import type { Exemplar, Histogram } from '../../model/samples.ts'
import { decodeHistograms, isFloatType } from '../../wire/wal/histograms_record.ts'
import { RecordType } from '../../wire/wal/record_type.ts'
import { decodeSamples, SampleRows } from '../../wire/wal/samples_record.ts'
import { decodeExemplars } from '../../wire/wal/side_records.ts'

const staleHigh = 0x7ff00000

/** Reused for the next record. */
export class RecordRows {
  readonly columns = new SampleRows()
  kinds = new Uint8Array(1024)
  readonly histograms = new Map<number, Histogram>()
  readonly exemplars = new Map<number, Omit<Exemplar, 'series'>>()

  get length(): number {
    return this.columns.length
  }

  /** Reads a record; one without rows gives none. Throws a RecordError where it is cut off. */
  read(record: Uint8Array): void {
    this.histograms.clear()
    this.exemplars.clear()
    const { columns } = this
    columns.length = 0
    const type = record[0]
    if (type === RecordType.samples || type === RecordType.samplesV2) {
      decodeSamples(record, columns)
      this.#reserve()
      this.#readKinds()
    } else if (type === RecordType.exemplars) {
      decodeExemplars(record, ({ labels, ref, time, value }) => {
        this.exemplars.set(this.#add(ref, time, RowKind.exemplar), { labels, time, value })
        columns.values[columns.length - 1] = value
      })
    } else if (type !== undefined && type >= RecordType.histograms) {
      const kind = isFloatType(type) ? RowKind.floatHistogram : RowKind.histogram
      decodeHistograms(record, ({ histogram, ref, time }) => {
        this.histograms.set(this.#add(ref, time, kind), histogram)
      })
    }
  }

  #readKinds(): void {
    const { length, values } = this.columns
    const words = new Uint32Array(values.buffer)
    for (let row = 0; row < length; row++) {
      const isStale = words[row * 2 + 1] === staleHigh && words[row * 2] === 2
      this.kinds[row] = isStale ? RowKind.stale : RowKind.float
    }
  }

  #add(ref: number, time: number, kind: number): number {
    const { columns } = this
    const row = columns.length++
    columns.reserve(row + 1)
    this.#reserve()
    columns.refs[row] = ref
    columns.times[row] = time
    columns.values[row] = 0
    this.kinds[row] = kind
    return row
  }

  #reserve(): void {
    const { length } = this.columns
    if (length <= this.kinds.length) return
    const grown = new Uint8Array(length * 2)
    grown.set(this.kinds)
    this.kinds = grown
  }
}
