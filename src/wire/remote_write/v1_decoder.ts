// Decodes requests of remote write 1, for receivers, `tools sink` and tests.

import { textOf } from '../../go/text.ts'
import type { Histogram, Metadata, MetricType } from '../../model/samples.ts'
import { ProtobufError, ProtobufReader } from '../protobuf.ts'
import { metricTypeNumbers } from './v1_encoder.ts'

export interface WriteRequest {
  readonly series: readonly WrittenSeries[]
  readonly metadata: readonly Metadata[]
}

export interface WrittenSeries {
  /** Name, value, name, value, … as they came. */
  readonly labels: readonly string[]
  readonly samples: readonly WrittenSample[]
  readonly exemplars: readonly WrittenExemplar[]
  readonly histograms: readonly WrittenHistogram[]
}

export interface WrittenSample {
  /** Unix time in ms. */
  readonly time: number
  readonly value: number
  /** Whether the bits are those of a staleness marker; a plain number cannot carry them. */
  readonly isStale: boolean
}

export interface WrittenExemplar {
  readonly labels: readonly string[]
  readonly time: number
  readonly value: number
}

export interface WrittenHistogram {
  readonly time: number
  readonly isFloat: boolean
  readonly histogram: Histogram
}

const metricTypes = new Map<number, MetricType>(
  Object.entries(metricTypeNumbers).map(([type, number]) => [number, type as MetricType]),
)

/** Throws an Error `cannot decode write request: …` for anything that is none. */
export function decodeWriteRequest(bytes: Uint8Array): WriteRequest {
  try {
    return readRequest(new ProtobufReader(bytes))
  } catch (error) {
    if (!(error instanceof ProtobufError)) throw error
    throw new Error(`cannot decode write request: ${error.message}`, { cause: error })
  }
}

function readRequest(reader: ProtobufReader): WriteRequest {
  const series: WrittenSeries[] = []
  const metadata: Metadata[] = []
  while (reader.next()) {
    if (reader.field === 1) series.push(readSeries(new ProtobufReader(reader.bytes())))
    else if (reader.field === 3) metadata.push(readMetadata(new ProtobufReader(reader.bytes())))
    else reader.skip()
  }
  return { series, metadata }
}

function readSeries(reader: ProtobufReader): WrittenSeries {
  const labels: string[] = []
  const samples: WrittenSample[] = []
  const exemplars: WrittenExemplar[] = []
  const histograms: WrittenHistogram[] = []
  while (reader.next()) {
    switch (reader.field) {
      case 1:
        readLabel(new ProtobufReader(reader.bytes()), labels)
        break
      case 2:
        samples.push(readSample(new ProtobufReader(reader.bytes())))
        break
      case 3:
        exemplars.push(readExemplar(new ProtobufReader(reader.bytes())))
        break
      case 4:
        histograms.push(readHistogram(new ProtobufReader(reader.bytes())))
        break
      default:
        reader.skip()
    }
  }
  return { labels, samples, exemplars, histograms }
}

function readLabel(reader: ProtobufReader, labels: string[]): void {
  let name = ''
  let value = ''
  while (reader.next()) {
    if (reader.field === 1) name = textOf(reader.bytes())
    else if (reader.field === 2) value = textOf(reader.bytes())
    else reader.skip()
  }
  labels.push(name, value)
}

function readSample(reader: ProtobufReader): WrittenSample {
  let time = 0
  let value = 0
  let isStale = false
  while (reader.next()) {
    if (reader.field === 1) {
      const at = reader.fixed64()
      const [low, high] = reader.words(at)
      isStale = high === 0x7ff00000 && low === 2
      value = isStale ? Number.NaN : reader.doubleAt(at)
    } else if (reader.field === 2) time = reader.int64()
    else reader.skip()
  }
  return { time, value, isStale }
}

function readExemplar(reader: ProtobufReader): WrittenExemplar {
  const labels: string[] = []
  let time = 0
  let value = 0
  while (reader.next()) {
    if (reader.field === 1) readLabel(new ProtobufReader(reader.bytes()), labels)
    else if (reader.field === 2) value = reader.double()
    else if (reader.field === 3) time = reader.int64()
    else reader.skip()
  }
  return { labels, time, value }
}

function readMetadata(reader: ProtobufReader): Metadata {
  let type: MetricType = 'unknown'
  let family = ''
  let help = ''
  let unit = ''
  while (reader.next()) {
    if (reader.field === 1) type = metricTypes.get(reader.uint64()) ?? 'unknown'
    else if (reader.field === 2) family = textOf(reader.bytes())
    else if (reader.field === 4) help = textOf(reader.bytes())
    else if (reader.field === 5) unit = textOf(reader.bytes())
    else reader.skip()
  }
  return { family, type, unit, help }
}

type Span = readonly [offset: number, length: number]

const resetHints = ['unknown', 'reset', 'not_reset', 'gauge'] as const

function readHistogram(reader: ProtobufReader): WrittenHistogram {
  let isFloat = false
  let time = 0
  let resetHint: Histogram['resetHint'] = 'unknown'
  const numbers = { schema: 0, zeroThreshold: 0, zeroCount: 0, count: 0, sum: 0 }
  const negativeSpans: Span[] = []
  const positiveSpans: Span[] = []
  const negativeBuckets: number[] = []
  const positiveBuckets: number[] = []
  const customValues: number[] = []
  while (reader.next()) {
    switch (reader.field) {
      case 1:
        numbers.count = reader.uint64()
        isFloat = false
        break
      case 2:
        numbers.count = reader.double()
        isFloat = true
        break
      case 3:
        numbers.sum = reader.double()
        break
      case 4:
        numbers.schema = reader.sint64()
        break
      case 5:
        numbers.zeroThreshold = reader.double()
        break
      case 6:
        numbers.zeroCount = reader.uint64()
        break
      case 7:
        numbers.zeroCount = reader.double()
        break
      case 8:
        negativeSpans.push(readSpan(new ProtobufReader(reader.bytes())))
        break
      case 9:
        reader.repeated(negativeBuckets, 'sint64')
        break
      case 10:
        reader.repeated(negativeBuckets, 'double')
        break
      case 11:
        positiveSpans.push(readSpan(new ProtobufReader(reader.bytes())))
        break
      case 12:
        reader.repeated(positiveBuckets, 'sint64')
        break
      case 13:
        reader.repeated(positiveBuckets, 'double')
        break
      case 14:
        resetHint = resetHints[reader.uint64()] ?? 'unknown'
        break
      case 15:
        time = reader.int64()
        break
      case 16:
        reader.repeated(customValues, 'double')
        break
      default:
        reader.skip()
    }
  }
  const buckets = { negativeSpans, positiveSpans, negativeBuckets, positiveBuckets, customValues }
  return { time, isFloat, histogram: { resetHint, ...numbers, ...buckets } }
}

function readSpan(reader: ProtobufReader): Span {
  let offset = 0
  let length = 0
  while (reader.next()) {
    if (reader.field === 1) offset = reader.sint64()
    else if (reader.field === 2) length = reader.uint64()
    else reader.skip()
  }
  return [offset, length]
}
