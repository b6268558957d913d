// Records of series: which number stands for which labels.
//
//   series = type · { ref be64 · labels }*         labels = uv count · { str name · str value }*

import { textOf } from '../../go/text.ts'
import type { LabelPool } from '../../model/label_pool.ts'
import { RecordError, RecordReader, type RecordWriter } from './record_bytes.ts'
import { RecordType } from './record_type.ts'

export function beginSeries(out: RecordWriter): void {
  out.begin(RecordType.series)
}

/** Adds a series whose labels are a set of the pool. */
export function addSeries(out: RecordWriter, ref: number, pool: LabelPool, id: number): void {
  out.be64(ref)
  const count = pool.pairsOf(id)
  out.uvarint(count)
  for (let i = 0; i < count; i++) {
    const pair = pool.pairsRead[i]!
    out.text(pool.pairs.nameBytes(pair))
    out.text(pool.pairs.valueBytes(pair))
  }
}

/** Adds a series whose labels were taken from another record, as they were there. */
export function addRawSeries(out: RecordWriter, ref: number, labels: Uint8Array): void {
  out.be64(ref)
  out.reserve(labels.length)
  out.bytes.set(labels, out.length)
  out.length += labels.length
}

/**
 * Calls back for each series, with its labels as they stand in the record, count included. Throws
 * a RecordError where the record is cut off.
 */
export function decodeSeries(
  record: Uint8Array,
  series: (ref: number, labels: Uint8Array) => void,
): void {
  const reader = new RecordReader(record)
  while (reader.left > 0) {
    const ref = reader.ref64()
    const from = reader.at
    skipLabels(reader)
    series(ref, record.subarray(from, reader.at))
  }
}

/** Name, value, name, value, …; names in the order of the record, which is sorted. */
export function labelsOf(labels: Uint8Array): string[] {
  return readLabels(new RecordReader(labels, 0))
}

export function readLabels(reader: RecordReader): string[] {
  const count = reader.count(2)
  const flat: string[] = []
  for (let i = 0; i < count; i++) {
    const name = textOf(reader.text())
    flat.push(name, textOf(reader.text()))
  }
  return flat
}

function skipLabels(reader: RecordReader): void {
  const count = reader.count(2)
  if (count > 65_536) throw new RecordError(`a series has ${count} labels`)
  for (let i = 0; i < 2 * count; i++) reader.take(reader.uvarint())
}
