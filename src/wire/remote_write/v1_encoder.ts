// Encodes requests of remote write 1.
//
//   WriteRequest = 0a · length · TimeSeries …    1a · length · MetricMetadata …
//   TimeSeries   = Label (0a) …                  as the label pool keeps them, copied
//                  Sample (12), Exemplar (1a) or Histogram (22)
//   Sample       = 09 value f64   10 timestamp varint
//
// Every sample, exemplar and histogram travels in a TimeSeries of its own. Zero fields are left
// out.
// Source: prometheus/prompb/{remote,types}.proto.

import { bytesOf } from '../../go/text.ts'
import type { LabelPool } from '../../model/label_pool.ts'
import {
  type Exemplar,
  type Histogram,
  Kind,
  type Metadata,
  type MetricType,
} from '../../model/samples.ts'
import { putVarint64, varint64Length } from '../protobuf.ts'
import { encodeHistogram } from './histogram.ts'

/** Rows as a batch or a log holds them. */
export interface SampleColumns {
  readonly series: Uint32Array
  readonly kinds: Uint8Array
  readonly times: number | Float64Array
  readonly values: Float64Array
  /** By row. */
  readonly histograms?: ReadonlyMap<number, Histogram>
}

export const metricTypeNumbers: Readonly<Record<MetricType, number>> = {
  unknown: 0,
  counter: 1,
  gauge: 2,
  histogram: 3,
  gaugehistogram: 4,
  summary: 5,
  info: 6,
  stateset: 7,
}

/** The most that a sample needs beside the labels: heads, value, time, what a copy overwrites. */
const sampleSizeMax = 48
const capacityMin = 1 << 16

/** The bits of a column's doubles, two words each: 64-bit values are moved, not computed. */
function wordsOf(values: Float64Array): Uint32Array {
  return new Uint32Array(values.buffer, values.byteOffset, values.length * 2)
}

/** Builds one request after the other in one buffer. */
export class RemoteWriteV1Encoder {
  readonly #pool: LabelPool
  #bytes = new Uint8Array(capacityMin)
  #view = new DataView(this.#bytes.buffer)
  #size = 0
  /** The time encoded last. */
  #time = Number.NaN
  readonly #timeBytes = new Uint8Array(11)
  #timeLength = 0

  constructor(pool: LabelPool) {
    this.#pool = pool
  }

  /** Bytes of the request so far. */
  get size(): number {
    return this.#size
  }

  /** The request so far; valid until the next call. */
  get bytes(): Uint8Array {
    return this.#bytes.subarray(0, this.#size)
  }

  /** Starts a new request. */
  clear(): void {
    this.#size = 0
  }

  /**
   * Appends rows `from` to `to`.
   *
   * Hot: 90 to 170 ns a sample of 10 labels, nearly all of it copying labels.
   */
  addSamples(columns: SampleColumns, from: number, to: number): void {
    const { series, kinds, times, values, histograms } = columns
    const pool = this.#pool
    const words = wordsOf(values)
    const sharedTime = typeof times === 'number' ? times : undefined
    for (let row = from; row < to; row++) {
      const kind = kinds[row]!
      const time = sharedTime ?? (times as Float64Array)[row]!
      if (kind === Kind.histogram || kind === Kind.floatHistogram) {
        const histogram = histograms?.get(row)
        if (histogram !== undefined) {
          this.#addHistogram(series[row]!, histogram, kind === Kind.floatHistogram, time)
        }
        continue
      }
      let low = words[row * 2]!
      let high = words[row * 2 + 1]!
      if (kind === Kind.stale) {
        high = 0x7ff00000
        low = 2
      } else if (high === 0x7ff80000 && low === 0) {
        // What JavaScript calls NaN is not the NaN that Prometheus writes.
        low = 1
      }
      if (time !== this.#time) this.#encodeTime(time)
      const id = series[row]!
      const framed = pool.framedLength(id)
      const valueLength = (low | high) === 0 ? 0 : 9
      const sampleLength = valueLength + this.#timeLength
      if (this.#size + framed + sampleSizeMax > this.#bytes.length) {
        this.#grow(framed + sampleSizeMax)
      }
      const bytes = this.#bytes
      let at = this.#size
      bytes[at++] = 0x0a
      let length = framed + 2 + sampleLength
      while (length > 127) {
        bytes[at++] = (length & 127) | 128
        length >>>= 7
      }
      bytes[at++] = length
      at = pool.copyFramed(id, this.#view, at)
      bytes[at] = 0x12
      bytes[at + 1] = sampleLength
      at += 2
      if (valueLength > 0) {
        bytes[at] = 0x09
        this.#view.setUint32(at + 1, low, true)
        this.#view.setUint32(at + 5, high, true)
        at += 9
      }
      for (let i = 0; i < this.#timeLength; i++) bytes[at++] = this.#timeBytes[i]!
      this.#size = at
    }
  }

  addExemplar(exemplar: Exemplar): void {
    const labels = Buffer.concat(exemplar.labels.map(([name, value]) => labelField(name, value)))
    if (exemplar.time !== this.#time) this.#encodeTime(exemplar.time)
    const value = new Float64Array([exemplar.value])
    const [low = 0, high = 0] = wordsOf(value)
    const valueLength = (low | high) === 0 ? 0 : 9
    const message = new Uint8Array(labels.length + valueLength + this.#timeLength)
    message.set(labels)
    if (valueLength > 0) {
      const isPlainNaN = high === 0x7ff80000 && low === 0
      message[labels.length] = 0x11
      const view = new DataView(message.buffer)
      view.setUint32(labels.length + 1, isPlainNaN ? 1 : low, true)
      view.setUint32(labels.length + 5, high, true)
    }
    if (this.#timeLength > 0) {
      message.set(this.#timeBytes.subarray(0, this.#timeLength), labels.length + valueLength)
      message[labels.length + valueLength] = 0x18
    }
    this.#addSeries(exemplar.series, 0x1a, message)
  }

  addMetadata({ family, type, help, unit }: Metadata): void {
    const number = metricTypeNumbers[type]
    const message = Buffer.concat([
      number === 0 ? noBytes : Uint8Array.of(0x08, number),
      textField(0x12, family),
      textField(0x22, help),
      textField(0x2a, unit),
    ])
    const length = message.length + varint64Length(message.length) + 1
    if (this.#size + length > this.#bytes.length) this.#grow(length)
    this.#bytes[this.#size] = 0x1a
    const at = putVarint64(this.#bytes, this.#size + 1, message.length)
    this.#bytes.set(message, at)
    this.#size = at + message.length
  }

  #addHistogram(series: number, histogram: Histogram, isFloat: boolean, time: number): void {
    this.#addSeries(series, 0x22, encodeHistogram(histogram, isFloat, time))
  }

  /** A TimeSeries of a series' labels and one more field. */
  #addSeries(series: number, tag: number, message: Uint8Array): void {
    const framed = this.#pool.framedLength(series)
    const length = framed + 1 + varint64Length(message.length) + message.length
    const needed = length + sampleSizeMax
    if (this.#size + needed > this.#bytes.length) this.#grow(needed)
    this.#bytes[this.#size] = 0x0a
    let at = putVarint64(this.#bytes, this.#size + 1, length)
    at = this.#pool.copyFramed(series, this.#view, at)
    this.#bytes[at] = tag
    at = putVarint64(this.#bytes, at + 1, message.length)
    this.#bytes.set(message, at)
    this.#size = at + message.length
  }

  #encodeTime(time: number): void {
    this.#time = time
    this.#timeLength = 0
    if (time === 0) return
    this.#timeBytes[0] = 0x10
    this.#timeLength = putVarint64(this.#timeBytes, 1, time)
  }

  #grow(needed: number): void {
    const bytes = new Uint8Array(Math.max(this.#bytes.length * 2, this.#size + needed))
    bytes.set(this.#bytes.subarray(0, this.#size))
    this.#bytes = bytes
    this.#view = new DataView(bytes.buffer)
  }
}

const noBytes = new Uint8Array(0)

function textField(tag: number, text: string): Uint8Array {
  return text === '' ? noBytes : bytesField(tag, bytesOf(text))
}

function bytesField(tag: number, content: Uint8Array): Uint8Array {
  const out = new Uint8Array(1 + varint64Length(content.length) + content.length)
  out[0] = tag
  out.set(content, putVarint64(out, 1, content.length))
  return out
}

function labelField(name: string, value: string): Uint8Array {
  return bytesField(0x0a, Buffer.concat([textField(0x0a, name), textField(0x12, value)]))
}
