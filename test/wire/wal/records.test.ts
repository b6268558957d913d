import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { textOf } from '../../../src/go/text.ts'
import { LabelPool } from '../../../src/model/label_pool.ts'
import type { Histogram, MetricType } from '../../../src/model/samples.ts'
import {
  customSchema,
  decodeHistograms,
  encodeHistograms,
  type HistogramRow,
  recordTypeOf,
} from '../../../src/wire/wal/histograms_record.ts'
import { RecordError, RecordWriter } from '../../../src/wire/wal/record_bytes.ts'
import { RecordType, recordTypeName } from '../../../src/wire/wal/record_type.ts'
import {
  decodeSamples,
  encodeSamples,
  encodeSamplesV2,
  SampleRows,
} from '../../../src/wire/wal/samples_record.ts'
import {
  addRawSeries,
  addSeries,
  beginSeries,
  decodeSeries,
  labelsOf,
} from '../../../src/wire/wal/series_record.ts'
import {
  decodeExemplars,
  decodeMetadata,
  decodeTombstones,
  encodeExemplars,
  encodeMetadata,
  encodeTombstones,
} from '../../../src/wire/wal/side_records.ts'

function made(make: (out: RecordWriter) => void): Uint8Array {
  const out = new RecordWriter()
  make(out)
  return out.bytes.slice(0, out.length)
}

function bitsOf(values: Float64Array): bigint[] {
  return [...new BigUint64Array(values.slice().buffer)]
}

const refs = fc.oneof(fc.integer({ min: 1, max: 200 }), fc.integer({ min: 1, max: 2 ** 48 }))
const times = fc.oneof(
  fc.integer({ min: 1_700_000_000_000, max: 1_700_000_100_000 }),
  fc.integer({ min: -(2 ** 51), max: 2 ** 51 }),
)
/** All but the one NaN that is written as another. */
const values = fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }).map((bits) => {
  const own = bits === 0x7ff8000000000000n ? 1n : bits
  return new Float64Array(BigUint64Array.of(own).buffer)
})
const rows = fc.array(fc.tuple(refs, times, values, fc.oneof(fc.constant(0), times)), {
  minLength: 1,
  maxLength: 40,
})
const text = fc.oneof(fc.string(), fc.uint8Array({ maxLength: 8 }).map(textOf))

describe('records of samples', () => {
  it('are those of Prometheus', () => {
    const record = made((out) =>
      encodeSamples(
        out,
        {
          refs: Uint32Array.of(1, 2, 1),
          kinds: Uint8Array.of(0, 1, 0),
          times: Float64Array.of(1000, 1000, 999),
          values: Float64Array.of(1, 0, Number.NaN),
        },
        0,
        3,
      ),
    )
    expect(Buffer.from(record).toString('hex')).toBe(
      [
        '02 0000000000000001 00000000000003e8',
        '00 00 3ff0000000000000',
        '02 00 7ff0000000000002',
        '00 01 7ff8000000000001',
      ]
        .join('')
        .replaceAll(' ', ''),
    )
  })

  it.each([
    ['v1', encodeSamples],
    ['v2', encodeSamplesV2],
  ] as const)('come back in %s', (version, encode) => {
    fc.assert(
      fc.property(rows, (list) => {
        const source = {
          refs: Float64Array.from(list, ([ref]) => ref),
          times: Float64Array.from(list, ([, time]) => time),
          values: new Float64Array(list.length),
          startTimes: Float64Array.from(list, (row) => (version === 'v2' ? row[3] : 0)),
        }
        const bits = new BigUint64Array(source.values.buffer)
        for (const [i, row] of list.entries()) {
          bits[i] = new BigUint64Array(row[2].buffer)[0]!
        }
        const record = made((out) => encode(out, source, 0, list.length))
        const read = new SampleRows()
        decodeSamples(record, read)
        expect(read.length).toBe(list.length)
        expect(read.refs.subarray(0, read.length)).toEqual(source.refs)
        expect(read.times.subarray(0, read.length)).toEqual(source.times)
        expect(read.startTimes.subarray(0, read.length)).toEqual(source.startTimes)
        expect(bitsOf(read.values.subarray(0, read.length))).toEqual(bitsOf(source.values))
      }),
    )
  })

  it('are read whole or not at all', () => {
    const source = { refs: Uint32Array.of(1, 300), times: 5, values: Float64Array.of(1, 2) }
    for (const encode of [encodeSamples, encodeSamplesV2]) {
      const record = made((out) => encode(out, source, 0, 2))
      const cut = record.subarray(0, record.length - 1)
      expect(() => decodeSamples(cut, new SampleRows())).toThrow(RecordError)
    }
  })

  it('hold nothing where there are only histograms', () => {
    const source = {
      refs: Uint32Array.of(1),
      kinds: Uint8Array.of(2),
      times: 1,
      values: new Float64Array(1),
    }
    expect(made((out) => encodeSamples(out, source, 0, 1))).toEqual(Uint8Array.of(2))
    const read = new SampleRows()
    decodeSamples(Uint8Array.of(2), read)
    expect(read.length).toBe(0)
  })
})

describe('records of series', () => {
  it('come back, and can be copied', () => {
    const name = text.filter((label) => label !== '')
    const labels = fc.uniqueArray(fc.tuple(name, name), { selector: ([label]) => label })
    fc.assert(
      fc.property(fc.array(labels, { maxLength: 5 }), (sets) => {
        const pool = new LabelPool()
        const ids = sets.map((set) => pool.intern(set.flat()))
        const record = made((out) => {
          beginSeries(out)
          for (const [i, id] of ids.entries()) addSeries(out, i + 1, pool, id)
        })
        const copy = new RecordWriter()
        beginSeries(copy)
        const read: [number, string[]][] = []
        decodeSeries(record, (ref, bytes) => {
          read.push([ref, labelsOf(bytes)])
          addRawSeries(copy, ref, bytes)
        })
        expect(read).toEqual(ids.map((id, i) => [i + 1, [...pool.labelsOf(id).flat]]))
        expect(copy.bytes.subarray(0, copy.length)).toEqual(record)
      }),
    )
  })

  it.each([
    ['a ref that is cut off', [1, 0, 0]],
    ['more labels than there are bytes', [1, 0, 0, 0, 0, 0, 0, 0, 1, 99]],
    ['a text longer than the record', [1, 0, 0, 0, 0, 0, 0, 0, 1, 1, 9, 65, 1, 66]],
  ])('are refused with %s', (_, bytes) => {
    expect(() => decodeSeries(Uint8Array.from(bytes), () => {})).toThrow(RecordError)
  })
})

const double = fc.double({ noNaN: true })
const spans = fc.array(fc.tuple(fc.integer({ min: -100, max: 1000 }), fc.nat(1000)), {
  maxLength: 4,
})

function histogramOf(isFloat: boolean) {
  const count = isFloat ? double : fc.nat()
  const bucket = isFloat ? double : fc.integer()
  return fc.record({
    resetHint: fc.constantFrom<Histogram['resetHint']>('unknown', 'reset', 'not_reset', 'gauge'),
    schema: fc.integer({ min: -4, max: 8 }),
    zeroThreshold: double,
    zeroCount: count,
    count,
    sum: double,
    positiveSpans: spans,
    negativeSpans: spans,
    positiveBuckets: fc.array(bucket),
    negativeBuckets: fc.array(bucket),
    customValues: fc.constant<number[]>([]),
  })
}

function customHistogramOf(isFloat: boolean) {
  return fc.tuple(histogramOf(isFloat), fc.array(double)).map(([histogram, customValues]) => ({
    ...histogram,
    schema: customSchema,
    customValues,
  }))
}

describe('records of histograms', () => {
  for (const isFloat of [false, true]) {
    for (const isCustom of [false, true]) {
      const histogram = isCustom ? customHistogramOf(isFloat) : histogramOf(isFloat)
      it(`come back, ${isFloat ? 'float' : 'integer'}${isCustom ? ', custom buckets' : ''}`, () => {
        const row = fc.record({ ref: refs, time: times, startTime: times, histogram })
        fc.assert(
          fc.property(fc.array(row, { minLength: 1, maxLength: 4 }), fc.boolean(), (list, isV2) => {
            const v2 = isFloat ? RecordType.floatHistogramsV2 : RecordType.histogramsV2
            const type = isV2 ? v2 : recordTypeOf(list[0]!.histogram, isFloat)
            const record = made((out) => encodeHistograms(out, type, list))
            const read: HistogramRow[] = []
            decodeHistograms(record, (each) => read.push(each))
            expect(read).toEqual(isV2 ? list : list.map((each) => ({ ...each, startTime: 0 })))
            const cut = record.subarray(0, record.length - 1)
            expect(() => decodeHistograms(cut, () => {})).toThrow(RecordError)
          }),
          { numRuns: 40 },
        )
      })
    }
  }
})

describe('records beside the samples', () => {
  it('bring back exemplars', () => {
    const row = fc.record({
      ref: refs,
      time: times,
      value: double,
      labels: fc.array(fc.tuple(text, text), { maxLength: 3 }),
    })
    fc.assert(
      fc.property(fc.array(row, { maxLength: 5 }), (list) => {
        const read: unknown[] = []
        const record = made((out) => encodeExemplars(out, list))
        decodeExemplars(record, (each) => read.push(each))
        expect(read).toEqual(list)
      }),
    )
  })

  it('bring back metadata', () => {
    const row = fc.record({
      ref: refs,
      type: fc.constantFrom<MetricType>('unknown', 'counter', 'summary', 'stateset'),
      unit: text,
      help: text,
    })
    fc.assert(
      fc.property(fc.array(row, { maxLength: 5 }), (list) => {
        const read: unknown[] = []
        const record = made((out) => encodeMetadata(out, list))
        decodeMetadata(record, (each) => read.push(each))
        expect(read).toEqual(list)
      }),
    )
  })

  it('bring back tombstones', () => {
    const list = [
      { ref: 3, from: -5, to: 2 ** 60 },
      { ref: 2 ** 40, from: -(2 ** 63), to: 0 },
    ]
    const read: unknown[] = []
    const record = made((out) => encodeTombstones(out, list))
    decodeTombstones(record, (each) => read.push(each))
    expect(read).toEqual(list)
  })

  it('have names', () => {
    expect([1, 11, 14, undefined].map(recordTypeName)).toEqual([
      'series',
      'samplesV2',
      undefined,
      undefined,
    ])
  })
})
