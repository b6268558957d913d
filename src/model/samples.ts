// Metrics on their way from a source to a writer: one transaction, as columns.

import type { Receiver } from './receiver.ts'

/** What a row carries. */
export const Kind = {
  float: 0,
  /** A staleness marker; its value is not read, writers send the bits 0x7ff0000000000002. */
  stale: 1,
  /** An integer histogram, in `histograms`. */
  histogram: 2,
  /** A float histogram, in `histograms`. */
  floatHistogram: 3,
} as const

export interface SampleBatch {
  /** Rows. The columns may be longer: a sender reuses its buffers. */
  readonly length: number
  /** Ids of the `LabelPool`. */
  readonly series: Uint32Array
  /** `Kind` of each row. */
  readonly kinds: Uint8Array
  /** Unix time in ms, whole: one for all rows, or one each. */
  readonly times: number | Float64Array
  readonly values: Float64Array
  /** By row. These objects and those below never change, unlike columns they may be kept. */
  readonly histograms?: ReadonlyMap<number, Histogram>
  readonly exemplars?: readonly Exemplar[]
  readonly metadata?: readonly Metadata[]
}

export type MetricsReceiver = Receiver<SampleBatch>

export interface Exemplar {
  /** Id of the series that it belongs to. */
  readonly series: number
  readonly labels: readonly (readonly [name: string, value: string])[]
  readonly value: number
  /** Unix time in ms. */
  readonly time: number
}

export type MetricType =
  | 'unknown'
  | 'counter'
  | 'gauge'
  | 'histogram'
  | 'gaugehistogram'
  | 'summary'
  | 'info'
  | 'stateset'

/** Of a metric family; sent when it is new or changed. */
export interface Metadata {
  readonly family: string
  readonly type: MetricType
  readonly unit: string
  readonly help: string
}

/** How much memory its texts take, roughly: two bytes a character. */
export function bytesOfMetadata({ family, help, unit }: Metadata): number {
  return 2 * (family.length + help.length + unit.length)
}

/** A native histogram. Integer buckets are deltas, float buckets absolute. */
export interface Histogram {
  readonly resetHint: 'unknown' | 'reset' | 'not_reset' | 'gauge'
  readonly schema: number
  readonly zeroThreshold: number
  readonly zeroCount: number
  readonly count: number
  readonly sum: number
  /** Offset and length of each span. */
  readonly positiveSpans: readonly (readonly [offset: number, length: number])[]
  readonly negativeSpans: readonly (readonly [offset: number, length: number])[]
  readonly positiveBuckets: readonly number[]
  readonly negativeBuckets: readonly number[]
  readonly customValues: readonly number[]
}

/**
 * A sum over the columns of a batch, whatever is behind its `length` left out: tests compare it
 * before and after a push, in which nobody may change what is borrowed.
 */
export function checksumSamples(batch: SampleBatch): number {
  const { length, times } = batch
  let sum = length
  const add = (bytes: Uint8Array) => {
    for (const byte of bytes) sum = Math.imul(sum ^ byte, 0x01000193)
  }
  const part = (column: Uint32Array | Uint8Array | Float64Array) =>
    new Uint8Array(column.buffer, column.byteOffset, length * column.BYTES_PER_ELEMENT)
  add(part(batch.series))
  add(part(batch.kinds))
  add(part(batch.values))
  add(typeof times === 'number' ? new Uint8Array(Float64Array.of(times).buffer) : part(times))
  return sum
}
