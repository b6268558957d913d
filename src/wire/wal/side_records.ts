// Records of exemplars, metadata and tombstones.
//
//   exemplars  = 04 · [ref0 be64 · t0 be64 · { v ref-ref0 · v t-t0 · f64 · labels }+]
//   metadata   = 06 · { uv ref · type u8 · uv n · { str field · str text }*n }*
//   tombstones = 03 · { ref be64 · v from · v to }*

import { bytesOf, textOf } from '../../go/text.ts'
import type { MetricType } from '../../model/samples.ts'
import { RecordReader, type RecordWriter } from './record_bytes.ts'
import { RecordType } from './record_type.ts'
import { readLabels } from './series_record.ts'

export interface ExemplarRow {
  readonly ref: number
  /** Unix time in ms. */
  readonly time: number
  readonly value: number
  readonly labels: readonly (readonly [name: string, value: string])[]
}

export interface MetadataRow {
  readonly ref: number
  readonly type: MetricType
  readonly unit: string
  readonly help: string
}

export interface TombstoneRow {
  readonly ref: number
  /** Unix time in ms. */
  readonly from: number
  readonly to: number
}

const metricTypes: readonly MetricType[] = [
  'unknown',
  'counter',
  'gauge',
  'histogram',
  'gaugehistogram',
  'summary',
  'info',
  'stateset',
]

export function encodeExemplars(out: RecordWriter, rows: readonly ExemplarRow[]): void {
  out.begin(RecordType.exemplars)
  const first = rows[0]
  if (first === undefined) return
  out.be64(first.ref)
  out.be64(first.time)
  for (const row of rows) {
    out.varint(row.ref - first.ref)
    out.varint(row.time - first.time)
    out.f64(row.value)
    out.uvarint(row.labels.length)
    for (const [name, value] of row.labels) {
      out.text(bytesOf(name))
      out.text(bytesOf(value))
    }
  }
}

/** Calls back for each row. Throws a RecordError where the record is cut off. */
export function decodeExemplars(record: Uint8Array, visit: (row: ExemplarRow) => void): void {
  const reader = new RecordReader(record)
  if (reader.left === 0) return
  const ref0 = reader.ref64()
  const time0 = reader.time64()
  while (reader.left > 0) {
    const ref = ref0 + reader.varint()
    const time = time0 + reader.varint()
    const value = reader.f64()
    const flat = readLabels(reader)
    const labels: [string, string][] = []
    for (let i = 0; i < flat.length; i += 2) labels.push([flat[i]!, flat[i + 1]!])
    visit({ ref, time, value, labels })
  }
}

/** Alloy's own replay takes these for damage: for files that others read, not for its logs. */
export function encodeMetadata(out: RecordWriter, rows: readonly MetadataRow[]): void {
  out.begin(RecordType.metadata)
  for (const { ref, type, unit, help } of rows) {
    out.uvarint(ref)
    out.u8(metricTypes.indexOf(type))
    out.uvarint(2)
    out.text(bytesOf('UNIT'))
    out.text(bytesOf(unit))
    out.text(bytesOf('HELP'))
    out.text(bytesOf(help))
  }
}

/** Calls back for each row; fields with other names are skipped. */
export function decodeMetadata(record: Uint8Array, visit: (row: MetadataRow) => void): void {
  const reader = new RecordReader(record)
  while (reader.left > 0) {
    const ref = reader.uvarint()
    const type = metricTypes[reader.u8()] ?? 'unknown'
    const texts = new Map<string, string>()
    const count = reader.count(2)
    for (let i = 0; i < count; i++) {
      const name = textOf(reader.text())
      texts.set(name, textOf(reader.text()))
    }
    visit({ ref, type, unit: texts.get('UNIT') ?? '', help: texts.get('HELP') ?? '' })
  }
}

export function encodeTombstones(out: RecordWriter, rows: readonly TombstoneRow[]): void {
  out.begin(RecordType.tombstones)
  for (const { ref, from, to } of rows) {
    out.be64(ref)
    out.varint(from)
    out.varint(to)
  }
}

export function decodeTombstones(record: Uint8Array, visit: (row: TombstoneRow) => void): void {
  const reader = new RecordReader(record)
  while (reader.left > 0) {
    const ref = reader.ref64()
    const from = reader.varint()
    visit({ ref, from, to: reader.varint() })
  }
}
