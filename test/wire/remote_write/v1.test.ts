import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { LabelPool } from '../../../src/model/label_pool.ts'
import { type Exemplar, type Histogram, Kind } from '../../../src/model/samples.ts'
import { decodeWriteRequest } from '../../../src/wire/remote_write/v1_decoder.ts'
import {
  RemoteWriteV1Encoder,
  type SampleColumns,
} from '../../../src/wire/remote_write/v1_encoder.ts'
import { decodePlain, encodePlain } from '../../support/remote_write_proto.ts'

function columns(
  rows: readonly (readonly [series: number, value: number, kind?: number])[],
  times: number | Float64Array,
): SampleColumns {
  return {
    series: Uint32Array.from(rows, ([series]) => series),
    values: Float64Array.from(rows, ([, value]) => value),
    kinds: Uint8Array.from(rows, ([, , kind]) => kind ?? Kind.float),
    times,
  }
}

function request(rows: SampleColumns, pool: LabelPool): Uint8Array {
  const encoder = new RemoteWriteV1Encoder(pool)
  encoder.addSamples(rows, 0, rows.series.length)
  return encoder.bytes.slice()
}

const text = fc.string({ unit: 'grapheme', maxLength: 30 })
const labelsArbitrary = fc
  .uniqueArray(
    fc.tuple(
      text,
      text.filter((value) => value !== ''),
    ),
    {
      selector: ([name]) => name,
      maxLength: 12,
    },
  )
  .map((pairs) => pairs.flat())
const time = fc.oneof(
  fc.integer({ min: 1_500_000_000_000, max: 2_000_000_000_000 }),
  fc.integer(),
  fc.constantFrom(0, 127, 128, 2 ** 31, 2 ** 32, 2 ** 53 - 1, -(2 ** 53 - 1)),
)

describe('encoding', () => {
  it('gives every sample a series of its own, its labels in order', () => {
    const pool = new LabelPool()
    const a = pool.intern(['job', 'j', '__name__', 'up'])
    const decoded = decodePlain(
      request(
        columns(
          [
            [a, 1],
            [a, 2.5],
          ],
          1_700_000_000_123,
        ),
        pool,
      ),
    )
    const labels = [
      { name: '__name__', value: 'up' },
      { name: 'job', value: 'j' },
    ]
    const rest = { labels, exemplars: [], histograms: [] }
    expect(decoded.timeseries).toEqual([
      { ...rest, samples: [{ value: 1, timestamp: 1_700_000_000_123 }] },
      { ...rest, samples: [{ value: 2.5, timestamp: 1_700_000_000_123 }] },
    ])
  })

  it('is read by protobuf as it was meant', () => {
    const row = fc.tuple(labelsArbitrary, fc.double({ noNaN: true }), time)
    fc.assert(
      fc.property(fc.array(row, { maxLength: 30 }), (rows) => {
        const pool = new LabelPool()
        const bytes = request(
          columns(
            rows.map(([labels, value]) => [pool.intern(labels), value]),
            Float64Array.from(rows, ([, , at]) => at),
          ),
          pool,
        )
        const decoded = decodePlain(bytes).timeseries as {
          labels: { name: string; value: string }[]
          samples: { value: number; timestamp: number }[]
        }[]
        expect(decoded.length).toBe(rows.length)
        for (const [i, [labels, value, at]] of rows.entries()) {
          const flat = decoded[i]!.labels.flatMap((each) => [each.name, each.value])
          expect(flat).toEqual(pool.labelsOf(pool.intern(labels)).flat)
          expect(decoded[i]!.samples).toEqual([{ value, timestamp: at }])
        }
      }),
    )
  })

  const bits: [claim: string, value: number, kind: number, expected: string][] = [
    ['writes staleness markers whatever the value', 7, Kind.stale, '020000000000f07f'],
    ['writes the NaN of Prometheus for NaN', Number.NaN, Kind.float, '010000000000f87f'],
    ['keeps the sign of zero', -0, Kind.float, '0000000000000080'],
    ['writes infinity', Number.POSITIVE_INFINITY, Kind.float, '000000000000f07f'],
  ]
  for (const [claim, value, kind, expected] of bits) {
    it(claim, () => {
      const pool = new LabelPool()
      const bytes = request(columns([[pool.intern(['a', 'b']), value, kind]], 1), pool)
      expect(Buffer.from(bytes).toString('hex')).toContain(`09${expected}1001`)
    })
  }

  it('keeps other payloads of NaN', () => {
    const pool = new LabelPool()
    const rows = columns([[pool.intern(['a', 'b']), 0]], 1)
    new BigUint64Array(rows.values.buffer)[0] = 0x7ff8_dead_beef_0001n
    expect(Buffer.from(request(rows, pool)).toString('hex')).toContain('0100efbeaddef87f')
  })

  it('leaves zero value and time out', () => {
    const pool = new LabelPool()
    const bytes = request(columns([[pool.intern(['a', 'b']), 0]], 0), pool)
    expect(Buffer.from(bytes).toString('hex')).toBe('0a0a0a060a01611201621200')
  })

  it('encodes exemplars and metadata', () => {
    const pool = new LabelPool()
    const encoder = new RemoteWriteV1Encoder(pool)
    const series = pool.intern(['__name__', 'x'])
    const exemplar: Exemplar = { series, labels: [['trace_id', 'ü']], value: -1.5, time: 99 }
    encoder.addExemplar(exemplar)
    encoder.addMetadata({ family: 'x', type: 'summary', unit: 's', help: 'What.' })
    expect(decodePlain(encoder.bytes)).toEqual({
      timeseries: [
        {
          labels: [{ name: '__name__', value: 'x' }],
          samples: [],
          exemplars: [{ labels: [{ name: 'trace_id', value: 'ü' }], value: -1.5, timestamp: 99 }],
          histograms: [],
        },
      ],
      metadata: [{ type: 5, metric_family_name: 'x', help: 'What.', unit: 's' }],
    })
  })

  it('grows for labels larger than its buffer', () => {
    const pool = new LabelPool()
    const long = 'x'.repeat(200_000)
    const bytes = request(columns([[pool.intern(['a', long]), 1]], 1), pool)
    expect(decodeWriteRequest(bytes).series[0]!.labels).toEqual(['a', long])
  })
})

const histogram: Histogram = {
  resetHint: 'not_reset',
  schema: -3,
  zeroThreshold: 1e-128,
  zeroCount: 2,
  count: 2 ** 53 - 1,
  sum: -12.25,
  positiveSpans: [
    [-2, 2],
    [3, 1],
  ],
  negativeSpans: [[0, 1]],
  positiveBuckets: [3, -2, 1],
  negativeBuckets: [5],
  customValues: [0.5, 1],
}

describe('histograms', () => {
  it('are read by protobuf as they were meant', () => {
    const pool = new LabelPool()
    const series = pool.intern(['__name__', 'h'])
    const rows = columns(
      [
        [series, 0, Kind.histogram],
        [series, 0, Kind.floatHistogram],
      ],
      -5,
    )
    const bytes = request(
      {
        ...rows,
        histograms: new Map([
          [0, histogram],
          [1, histogram],
        ]),
      },
      pool,
    )
    const [first, second] = decodePlain(bytes).timeseries as { histograms: unknown[] }[]
    const common = {
      sum: -12.25,
      schema: -3,
      zero_threshold: 1e-128,
      negative_spans: [{ offset: 0, length: 1 }],
      positive_spans: [
        { offset: -2, length: 2 },
        { offset: 3, length: 1 },
      ],
      reset_hint: 2,
      timestamp: -5,
      custom_values: [0.5, 1],
    }
    expect(first!.histograms[0]).toEqual({
      ...common,
      count_int: 2 ** 53 - 1,
      zero_count_int: 2,
      negative_deltas: [5],
      negative_counts: [],
      positive_deltas: [3, -2, 1],
      positive_counts: [],
    })
    expect(second!.histograms[0]).toMatchObject({
      count_float: 2 ** 53 - 1,
      zero_count_float: 2,
      positive_counts: [3, -2, 1],
      positive_deltas: [],
    })
  })

  it('come back', () => {
    const pool = new LabelPool()
    const rows = columns([[pool.intern(['__name__', 'h']), 0, Kind.histogram]], 77)
    const bytes = request({ ...rows, histograms: new Map([[0, histogram]]) }, pool)
    expect(decodeWriteRequest(bytes).series[0]!.histograms).toEqual([
      { time: 77, isFloat: false, histogram },
    ])
  })
})

describe('decoding', () => {
  it('reads what protobuf writes', () => {
    const sample = fc.record({ value: fc.double({ noNaN: true }), timestamp: time })
    const label = fc.record({ name: text, value: text })
    const series = fc.record({
      labels: fc.array(label, { maxLength: 5 }),
      samples: fc.array(sample, { maxLength: 3 }),
      exemplars: fc.array(
        fc.record({
          labels: fc.array(label, { maxLength: 2 }),
          value: fc.double({ noNaN: true }),
          timestamp: time,
        }),
        { maxLength: 2 },
      ),
    })
    fc.assert(
      fc.property(fc.array(series, { maxLength: 8 }), (timeseries) => {
        const decoded = decodeWriteRequest(encodePlain({ timeseries })).series
        const flat = (labels: readonly { name: string; value: string }[]) =>
          labels.flatMap((each) => [each.name, each.value])
        expect(decoded).toEqual(
          timeseries.map((each) => ({
            labels: flat(each.labels),
            samples: each.samples.map((s) => ({
              time: s.timestamp,
              value: s.value,
              isStale: false,
            })),
            exemplars: each.exemplars.map((e) => ({
              labels: flat(e.labels),
              time: e.timestamp,
              value: e.value,
            })),
            histograms: [],
          })),
        )
      }),
    )
  })

  it('tells staleness markers from NaN', () => {
    const pool = new LabelPool()
    const series = pool.intern(['a', 'b'])
    const rows = columns(
      [
        [series, 0, Kind.stale],
        [series, Number.NaN],
      ],
      1,
    )
    const stale = decodeWriteRequest(request(rows, pool)).series.map(
      (each) => each.samples[0]!.isStale,
    )
    expect(stale).toEqual([true, false])
  })

  const malformed: [claim: string, bytes: number[], message: string][] = [
    ['a message that is cut off', [0x0a, 5, 1], 'message is cut off'],
    ['a length beyond 32 bits', [0x0a, 255, 255, 255, 255, 127], 'varint is longer than 32 bits'],
    ['a series that is a number', [0x08, 1], 'wrong wire type 0 for field 1'],
    ['tag 0', [0], 'illegal tag 0'],
    ['a group', [0x13], 'illegal wire type 3'],
    ['an endless varint', [0x10, ...Array(11).fill(255)], 'varint is longer than 10 bytes'],
  ]
  for (const [claim, bytes, message] of malformed) {
    it(`refuses ${claim}`, () => {
      expect(() => decodeWriteRequest(Uint8Array.from(bytes))).toThrow(
        `cannot decode write request: ${message}`,
      )
    })
  }

  it('skips fields that it does not know', () => {
    const unknown = [0x10, 200, 1, 0x3a, 2, 7, 7, 0x45, 1, 2, 3, 4, 0x49, 1, 2, 3, 4, 5, 6, 7, 8]
    expect(decodeWriteRequest(Uint8Array.from(unknown))).toEqual({ series: [], metadata: [] })
  })

  it('throws nothing else on any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        try {
          decodeWriteRequest(bytes)
        } catch (error) {
          expect((error as Error).message).toMatch(/^cannot decode write request: /)
        }
      }),
      { numRuns: 2000 },
    )
  })
})
