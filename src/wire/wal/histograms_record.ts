// Records of native histograms.
//
//   histograms   = type · [ref0 be64 · t0 be64 · { v ref-ref0 · v t-t0 · histogram }+]
//   histogramsV2 = type · [v ref · v t · v st · histogram
//                          · { v ref-refBefore · v t-t0 · start · histogram }*]
//   histogram    = hint u8 · v schema · f64 zero threshold · zero count · count · f64 sum
//                  · spans · spans · buckets · buckets · [uv n · f64*n where schema is -53]
//   spans        = uv n · { v offset · uv length }*n            positive first, then negative
//   counts       = uv, of float histograms f64
//   buckets      = uv n · { v delta }*n, of float histograms uv n · { f64 }*n

import type { Histogram } from '../../model/samples.ts'
import { RecordError, RecordReader, type RecordWriter } from './record_bytes.ts'
import { RecordType } from './record_type.ts'
import { readStartTime, writeStartTime } from './samples_record.ts'

export const customSchema = -53
const hints = ['unknown', 'reset', 'not_reset', 'gauge'] as const

export interface HistogramRow {
  readonly ref: number
  /** Unix time in ms. */
  readonly time: number
  /** Unix time in ms; 0 where there is none. */
  readonly startTime: number
  readonly histogram: Histogram
}

export type HistogramRecordType =
  | typeof RecordType.histograms
  | typeof RecordType.floatHistograms
  | typeof RecordType.customHistograms
  | typeof RecordType.customFloatHistograms
  | typeof RecordType.histogramsV2
  | typeof RecordType.floatHistogramsV2

/** The type of record of a version 1 log that takes such a histogram. */
export function recordTypeOf(histogram: Histogram, isFloat: boolean): HistogramRecordType {
  if (histogram.schema === customSchema) {
    return isFloat ? RecordType.customFloatHistograms : RecordType.customHistograms
  }
  return isFloat ? RecordType.floatHistograms : RecordType.histograms
}

export function isFloatType(type: number): boolean {
  return (
    type === RecordType.floatHistograms ||
    type === RecordType.customFloatHistograms ||
    type === RecordType.floatHistogramsV2
  )
}

function isV2(type: number): boolean {
  return type === RecordType.histogramsV2 || type === RecordType.floatHistogramsV2
}

/** Makes a record; all rows must be of the kind that its type says. */
export function encodeHistograms(
  out: RecordWriter,
  type: HistogramRecordType,
  rows: readonly HistogramRow[],
): void {
  out.begin(type)
  const isFloat = isFloatType(type)
  const first = rows[0]
  if (first === undefined) return
  if (!isV2(type)) {
    out.be64(first.ref)
    out.be64(first.time)
    for (const row of rows) {
      out.varint(row.ref - first.ref)
      out.varint(row.time - first.time)
      writeHistogram(out, row.histogram, isFloat)
    }
    return
  }
  for (const [i, row] of rows.entries()) {
    const before = rows[i - 1]
    out.varint(row.ref - (before?.ref ?? 0))
    out.varint(before === undefined ? row.time : row.time - first.time)
    if (before === undefined) out.varint(row.startTime)
    else writeStartTime(out, row.startTime, before.startTime, first.startTime)
    writeHistogram(out, row.histogram, isFloat)
  }
}

/** Calls back for each row. Throws a RecordError where the record is cut off. */
export function decodeHistograms(record: Uint8Array, visit: (row: HistogramRow) => void): void {
  const type = record[0]!
  const isFloat = isFloatType(type)
  const reader = new RecordReader(record)
  if (reader.left === 0) return
  if (!isV2(type)) {
    const ref0 = reader.ref64()
    const time0 = reader.time64()
    while (reader.left > 0) {
      const ref = ref0 + reader.varint()
      const time = time0 + reader.varint()
      visit({ ref, time, startTime: 0, histogram: readHistogram(reader, isFloat) })
    }
    return
  }
  let ref = 0
  let time0 = 0
  let start0 = 0
  let startTime = 0
  for (let isFirst = true; reader.left > 0; isFirst = false) {
    ref += reader.varint()
    const time = time0 + reader.varint()
    if (isFirst) {
      time0 = time
      start0 = reader.varint()
      startTime = start0
    } else startTime = readStartTime(reader, startTime, start0)
    visit({ ref, time, startTime, histogram: readHistogram(reader, isFloat) })
  }
}

function writeHistogram(out: RecordWriter, histogram: Histogram, isFloat: boolean): void {
  const count = (value: number) => (isFloat ? out.f64(value) : out.uvarint(value))
  const buckets = (values: readonly number[]) => {
    out.uvarint(values.length)
    for (const value of values) isFloat ? out.f64(value) : out.varint(value)
  }
  out.u8(hints.indexOf(histogram.resetHint))
  out.varint(histogram.schema)
  out.f64(histogram.zeroThreshold)
  count(histogram.zeroCount)
  count(histogram.count)
  out.f64(histogram.sum)
  writeSpans(out, histogram.positiveSpans)
  writeSpans(out, histogram.negativeSpans)
  buckets(histogram.positiveBuckets)
  buckets(histogram.negativeBuckets)
  if (histogram.schema !== customSchema) return
  out.uvarint(histogram.customValues.length)
  for (const value of histogram.customValues) out.f64(value)
}

type Spans = Histogram['positiveSpans']

function writeSpans(out: RecordWriter, spans: Spans): void {
  out.uvarint(spans.length)
  for (const [offset, length] of spans) {
    out.varint(offset)
    out.uvarint(length)
  }
}

function readHistogram(reader: RecordReader, isFloat: boolean): Histogram {
  const count = () => (isFloat ? reader.f64() : reader.uvarint())
  const buckets = () => {
    const values: number[] = []
    const length = reader.count(isFloat ? 8 : 1)
    for (let i = 0; i < length; i++) values.push(isFloat ? reader.f64() : reader.varint())
    return values
  }
  const resetHint = hints[reader.u8()]
  if (resetHint === undefined) throw new RecordError('a histogram has a reset hint there is not')
  const schema = reader.varint()
  const zeroThreshold = reader.f64()
  const zeroCount = count()
  const total = count()
  const sum = reader.f64()
  const positiveSpans = readSpans(reader)
  const negativeSpans = readSpans(reader)
  const positiveBuckets = buckets()
  const negativeBuckets = buckets()
  const customValues: number[] = []
  if (schema === customSchema) {
    const length = reader.count(8)
    for (let i = 0; i < length; i++) customValues.push(reader.f64())
  }
  return {
    resetHint,
    schema,
    zeroThreshold,
    zeroCount,
    count: total,
    sum,
    positiveSpans,
    negativeSpans,
    positiveBuckets,
    negativeBuckets,
    customValues,
  }
}

function readSpans(reader: RecordReader): Spans {
  const count = reader.count(2)
  const spans: (readonly [number, number])[] = []
  for (let i = 0; i < count; i++) {
    const offset = reader.varint()
    spans.push([offset, reader.uvarint()])
  }
  return spans
}
