// Native histograms as messages of remote write 1.
// Source: prometheus/prompb/types.proto, message Histogram.

import type { Histogram } from '../../model/samples.ts'
import { putVarint64, varint64Length } from '../protobuf.ts'

type Span = readonly [offset: number, length: number]

const resetHints = { unknown: 0, reset: 1, not_reset: 2, gauge: 3 } as const

/** Collects the fields of one message. */
class Message {
  readonly #parts: Uint8Array[] = []

  varint(field: number, value: number): void {
    if (value !== 0) this.forcedVarint(field, value)
  }

  /** Also where the value is 0: the member of a oneof. */
  forcedVarint(field: number, value: number): void {
    const out = new Uint8Array(1 + varint64Length(value))
    out[0] = field << 3
    putVarint64(out, 1, value)
    this.#parts.push(out)
  }

  double(field: number, value: number): void {
    if (!Object.is(value, 0)) this.forcedDouble(field, value)
  }

  forcedDouble(field: number, value: number): void {
    const out = new Uint8Array(9)
    out[0] = (field << 3) | 1
    putDouble(new DataView(out.buffer), 1, value)
    this.#parts.push(out)
  }

  content(field: number, content: Uint8Array): void {
    const head = new Uint8Array(tagLength(field) + varint64Length(content.length))
    putVarint64(head, putVarint64(head, 0, (field << 3) | 2), content.length)
    this.#parts.push(head, content)
  }

  doubles(field: number, values: readonly number[]): void {
    if (values.length === 0) return
    const content = new Uint8Array(values.length * 8)
    const view = new DataView(content.buffer)
    for (let i = 0; i < values.length; i++) putDouble(view, i * 8, values[i]!)
    this.content(field, content)
  }

  deltas(field: number, values: readonly number[]): void {
    if (values.length === 0) return
    const coded = values.map((value) => (value < 0 ? -2 * value - 1 : 2 * value))
    const content = new Uint8Array(coded.reduce((sum, value) => sum + varint64Length(value), 0))
    let at = 0
    for (const value of coded) at = putVarint64(content, at, value)
    this.content(field, content)
  }

  spans(field: number, spans: readonly Span[]): void {
    for (const [offset, length] of spans) {
      const span = new Message()
      span.varint(1, zigzag32(offset))
      span.varint(2, length)
      this.content(field, span.bytes())
    }
  }

  bytes(): Uint8Array {
    return Buffer.concat(this.#parts)
  }
}

function tagLength(field: number): number {
  return field < 16 ? 1 : 2
}

function zigzag32(value: number): number {
  return ((value << 1) ^ (value >> 31)) >>> 0
}

function putDouble(view: DataView, at: number, value: number): void {
  view.setFloat64(at, value, true)
  if (!Number.isNaN(value) || view.getUint32(at, true) !== 0) return
  view.setUint32(at, 1, true)
}

/** The Histogram message; `time` is Unix time in ms. */
export function encodeHistogram(histogram: Histogram, isFloat: boolean, time: number): Uint8Array {
  const message = new Message()
  if (isFloat) message.forcedDouble(2, histogram.count)
  else message.forcedVarint(1, histogram.count)
  message.double(3, histogram.sum)
  message.varint(4, zigzag32(histogram.schema))
  message.double(5, histogram.zeroThreshold)
  if (isFloat) message.forcedDouble(7, histogram.zeroCount)
  else message.forcedVarint(6, histogram.zeroCount)
  message.spans(8, histogram.negativeSpans)
  if (isFloat) message.doubles(10, histogram.negativeBuckets)
  else message.deltas(9, histogram.negativeBuckets)
  message.spans(11, histogram.positiveSpans)
  if (isFloat) message.doubles(13, histogram.positiveBuckets)
  else message.deltas(12, histogram.positiveBuckets)
  message.varint(14, resetHints[histogram.resetHint])
  message.varint(15, time)
  message.doubles(16, histogram.customValues)
  return message.bytes()
}
