import { describe, expect, it } from 'vitest'
import runner from '../../../../src/components/prometheus/echo/run.ts'
import { declaration } from '../../../../src/components/prometheus/echo.ts'
import { LabelPool } from '../../../../src/model/label_pool.ts'
import type { PushContext, Receiver } from '../../../../src/model/receiver.ts'
import { type Histogram, Kind, type SampleBatch } from '../../../../src/model/samples.ts'
import { componentContext } from '../../../support/component_context.ts'
import { decodeText } from '../../../support/decode_text.ts'
import { RecordingLogger } from '../../../support/recording_logger.ts'

const time = 1795492170036
const context: PushContext = { signal: new AbortController().signal }

function setUp(text = '') {
  const pool = new LabelPool()
  const logger = new RecordingLogger()
  const setUp = componentContext<typeof declaration>('prometheus.echo.test', { pool, logger })
  const component = runner.open(setUp.context, decodeText(declaration.arguments, text))
  const receiver = setUp.seen.published[0]?.receiver as Receiver<SampleBatch>
  const push = (rows: [flat: string[], value: number][], more: Partial<SampleBatch> = {}) =>
    receiver.push(
      {
        length: rows.length,
        series: Uint32Array.from(rows, ([flat]) => pool.intern(flat)),
        kinds: new Uint8Array(rows.length),
        times: time,
        values: Float64Array.from(rows, ([, value]) => value),
        ...more,
      },
      context,
    )
  return { component, push, lines: logger.lines }
}

const rows: [string[], number][] = [
  [['__name__', 'b_total', 'job', 'x', 'code', '500'], 1e21],
  [['__name__', 'b_total', 'job', 'x', 'code', '200'], 9],
  [['__name__', 'a', 'path', 'C:\\"\n'], 0.25],
  [['__name__', 'dotted.name', 'l.b', 'x'], Number.POSITIVE_INFINITY],
  [['__name__', 'a', 'path', 'C:\\"\n'], 0.5],
]

describe('prometheus.echo', () => {
  it('logs families by name, series by labels, the last sample of each', async () => {
    const { push, lines } = setUp()
    await push(rows, { metadata: [{ family: 'a', type: 'gauge', unit: '', help: 'x\\y "z"\n' }] })
    expect(lines[0]?.split('\n')).toEqual([
      'info received metrics metrics=# HELP a x\\\\y "z"\\n',
      '# TYPE a untyped',
      `a{path="C:\\\\\\"\\n"} 0.5 ${time}`,
      '# TYPE b_total untyped',
      `b_total{code="200",job="x"} 9 ${time}`,
      `b_total{code="500",job="x"} 1e+21 ${time}`,
      '# TYPE "dotted.name" untyped',
      `{"dotted.name","l.b"="x"} +Inf ${time}`,
      '',
    ])
  })

  it('writes OpenMetrics as the original does, without its end', async () => {
    const { push, lines } = setUp('format = "openmetrics"')
    await push(rows.slice(1, 2))
    expect(lines[0]?.split('\n')).toEqual([
      'info received metrics metrics=# TYPE b_total unknown',
      'b_total{code="200",job="x"} 9.0 1.795492170036e+09',
      '',
    ])
  })

  it('prints stale markers as NaN and histograms by count and sum', async () => {
    const { push, lines } = setUp()
    const histogram: Histogram = {
      resetHint: 'unknown',
      schema: 0,
      zeroThreshold: 0,
      zeroCount: 1,
      count: 1,
      sum: 2.5,
      positiveSpans: [],
      negativeSpans: [],
      positiveBuckets: [],
      negativeBuckets: [],
      customValues: [],
    }
    const kinds = Uint8Array.of(Kind.stale, Kind.histogram)
    const two: [string[], number][] = [
      [['__name__', 'a'], 1],
      [['__name__', 'h', 'l', 'x'], 0],
    ]
    await push(two, { kinds, histograms: new Map([[1, histogram]]), times: 0 })
    expect(lines[0]?.split('\n').slice(1)).toEqual([
      'a NaN',
      '# TYPE h histogram',
      'h_bucket{l="x",le="+Inf"} 1',
      'h_sum{l="x"} 2.5',
      'h_count{l="x"} 1',
      '',
    ])
  })

  it('refuses what comes after its exit', async () => {
    const { component, push } = setUp()
    const control = new AbortController()
    const ended = (await component).run(control.signal)
    control.abort()
    await ended
    await expect(push(rows)).rejects.toThrow('prometheus.echo.test has exited')
  })

  it('knows no other format', () => {
    expect(() => setUp('format = "json"')).toThrow('json')
  })
})
