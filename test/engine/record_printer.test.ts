import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { countRecords, RecordPrinter, sixPlaces } from '../../src/engine/record_printer.ts'
import { formatFloat } from '../../src/go/float.ts'
import { LabelPool } from '../../src/model/label_pool.ts'
import { type Histogram, Kind, type SampleBatch } from '../../src/model/samples.ts'

const pool = new LabelPool()
const printer = new RecordPrinter({ pool, mask: (text) => text })
const up = pool.intern(['__name__', 'up', 'instance', 'a:80', 'le', '+Inf'])
const odd = pool.intern(['__name__', 'm', 'a.b', 'say "\n"'])

const histogram: Histogram = {
  resetHint: 'unknown',
  schema: 0,
  zeroThreshold: 0,
  zeroCount: 0,
  count: 1,
  sum: 2,
  positiveSpans: [[0, 1]],
  negativeSpans: [],
  positiveBuckets: [1],
  negativeBuckets: [],
  customValues: [],
}

function recordsOf(batch: SampleBatch): string[] {
  return Array.from({ length: countRecords(batch) }, (_, i) => printer.sample(batch, i))
}

function row(value: number, kind: number = Kind.float, series = up): SampleBatch {
  return {
    length: 1,
    series: Uint32Array.of(series),
    kinds: Uint8Array.of(kind),
    times: 1795491933752,
    values: Float64Array.of(value),
    histograms: new Map(kind > Kind.stale ? [[0, histogram]] : []),
  }
}

const head = 'ts=1795491933752, labels={__name__="up", instance="a:80", le="+Inf"}'

describe('a record of a batch', () => {
  it.each([
    [0.000612, 'value=0.000612'],
    [2.0000005, 'value=2.000001'],
    [1e21, 'value=1000000000000000000000.000000'],
    [-0, 'value=-0.000000'],
    [Number.NaN, 'value=NaN'],
    [Number.NEGATIVE_INFINITY, 'value=-Inf'],
  ])('prints %d as upstream does: %s', (value, text) => {
    expect(recordsOf(row(value))).toEqual([`sample: ${head}, ${text}`])
  })

  it('prints the end of a series as what it is on the wire', () => {
    expect(recordsOf(row(1, Kind.stale))).toEqual([`sample: ${head}, value=NaN`])
  })

  it('quotes names that are not plain, and what values must not hold', () => {
    expect(recordsOf(row(1, Kind.float, odd))[0]).toContain(
      'labels={__name__="m", "a.b"="say \\"\\n\\""}',
    )
  })

  it('prints histograms', () => {
    const text = 'value={count:1, sum:2, (0.5,1]:1}'
    expect(recordsOf(row(0, Kind.histogram))).toEqual([`histogram: ${head}, ${text}`])
    expect(recordsOf(row(0, Kind.floatHistogram))).toEqual([`float_histogram: ${head}, ${text}`])
  })

  it('takes each row at its own time, then metadata, then exemplars', () => {
    const batch: SampleBatch = {
      length: 2,
      series: Uint32Array.of(up, up, odd),
      kinds: new Uint8Array(3),
      times: Float64Array.of(1, 2, 3),
      values: Float64Array.of(10, 20, 30),
      metadata: [{ family: 'up', type: 'gauge', unit: '', help: 'say "so"' }],
      exemplars: [{ series: up, labels: [['trace_id', 'x']], value: 0.5, time: 7 }],
    }
    const labels = '{__name__="up", instance="a:80", le="+Inf"}'
    expect(recordsOf(batch)).toEqual([
      `sample: ts=1, labels=${labels}, value=10.000000`,
      `sample: ts=2, labels=${labels}, value=20.000000`,
      'metadata: labels={__name__="up"}, type="gauge", unit="", help="say \\"so\\""',
      `exemplar: ts=7, labels=${labels}, exemplar_labels={trace_id="x"}, value=0.500000`,
    ])
  })
})

/** `{a="b", c="d"}` as name, value, …; no value of the recording holds a quote. */
function flatOf(labels: string): string[] {
  return [...labels.matchAll(/(\w+)="([^"]*)"/g)].flatMap(([, name = '', value = '']) => {
    return [name, value]
  })
}

/** The record of what another record says. */
function reprinted(record: string): string {
  const [, time, labels = '', value] =
    /^sample: ts=(\d+), labels=(.*), value=(.*)$/.exec(record) ?? []
  if (time === undefined) {
    const [before = '', after = ''] = record.split(' => ')
    return [before, after].map((text) => printer.series(pool.intern(flatOf(text)))).join(' => ')
  }
  const batch = row(Number(value), Kind.float, pool.intern(flatOf(labels)))
  return printer.sample({ ...batch, times: Number(time) }, 0)
}

describe('records of a running Alloy', () => {
  const file = new URL('testdata/live_debugging.txt', import.meta.url)
  const records = readFileSync(file, 'utf8').trimEnd().split('\n')

  it.each(records)('are printed alike: %s', (record) => {
    expect(reprinted(record)).toBe(record)
  })

  it('of a discovery too', () => {
    const targets = ['1', '9'].map((port) => {
      return new Map([
        ['a', 'b'],
        ['__meta_filepath', 'targets.json'],
        ['__address__', `127.0.0.1:${port}`],
      ])
    })
    expect(printer.targets(targets)).toBe(
      '[{"__address__"="127.0.0.1:1", "__meta_filepath"="targets.json", "a"="b"} ' +
        '{"__address__"="127.0.0.1:9", "__meta_filepath"="targets.json", "a"="b"}]',
    )
  })
})

describe('secrets', () => {
  it('are blotted out before quotes could hide them', () => {
    const secret = 'say "hunter2"'
    const masking = new RecordPrinter({ pool, mask: (text) => text.replaceAll(secret, '***') })
    const series = pool.intern(['__name__', 'm', 'url', `http://a?${secret}`])
    const batch: SampleBatch = {
      ...row(1, Kind.float, series),
      metadata: [{ family: 'm', type: 'gauge', unit: '', help: secret }],
      exemplars: [{ series, labels: [['id', secret]], value: 1, time: 1 }],
    }
    const records = [0, 1, 2].map((i) => masking.sample(batch, i))
    const text = [...records, masking.target(new Map([['a', secret]]))].join('\n')
    expect(text).not.toContain('hunter2')
    expect(text.split('***')).toHaveLength(6)
  })
})

describe('six places', () => {
  it('are those of %f for any number', () => {
    const near = fc.integer({ min: -1_000_000, max: 1_000_000 }).map((n) => n / 256)
    const any = fc.oneof(fc.double(), fc.float(), near, fc.integer())
    fc.assert(fc.property(any, (value) => sixPlaces(value) === formatFloat(value, 'f', 6)))
  })
})

describe('targets', () => {
  const a = new Map([
    ['b', '2'],
    ['__address__', '127.0.0.1:1'],
  ])

  it('are printed in the order of their names, without commas in between', () => {
    expect(printer.target(a)).toBe('{"__address__"="127.0.0.1:1", "b"="2"}')
    expect(printer.target(new Map())).toBe('{}')
    expect(printer.targets([a, new Map([['x', 'y']])])).toBe(`[${printer.target(a)} {"x"="y"}]`)
    expect(printer.targets([])).toBe('[]')
  })

  it('are cut where they are too many, or too long', () => {
    const many = Array.from({ length: 1500 }, () => new Map([['a', '1']]))
    expect(printer.targets(many)).toMatch(/ \{"a"="1"\} and 500 more\]$/)
    const long = Array.from({ length: 10 }, () => new Map([['a', 'x'.repeat(30_000)]]))
    expect(printer.targets(long)).toMatch(/x"\} and 7 more\]$/)
  })
})
