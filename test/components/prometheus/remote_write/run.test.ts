// The writer on a simulated clock, with receivers inside the process.

import { describe, expect, it, onTestFinished } from 'vitest'
import runner, { RemoteWrite } from '../../../../src/components/prometheus/remote_write/run.ts'
import { declaration } from '../../../../src/components/prometheus/remote_write.ts'
import { type Context, Stopped } from '../../../../src/engine/component.ts'
import type { InternalRequest, InternalResponse } from '../../../../src/engine/internal_network.ts'
import { LabelPool } from '../../../../src/model/label_pool.ts'
import { accepted } from '../../../../src/model/receiver.ts'
import {
  type Exemplar,
  type Histogram,
  Kind,
  type Metadata,
  type SampleBatch,
} from '../../../../src/model/samples.ts'
import { decodeWriteRequest } from '../../../../src/wire/remote_write/v1_decoder.ts'
import { decompressSnappy } from '../../../../src/wire/snappy.ts'
import { componentContext } from '../../../support/component_context.ts'
import { decodeText } from '../../../support/decode_text.ts'
import { RecordingLogger } from '../../../support/recording_logger.ts'
import { SimulatedClock } from '../../../support/simulated_clock.ts'

type D = typeof declaration
type Status = number | { status: number; headers: Record<string, string> } | 'hang'

interface Received {
  readonly at: number
  readonly headers: Readonly<Record<string, string>>
  readonly answer: Status
  /** `name{label=value} value` of each sample in order. */
  readonly samples: string[]
  readonly kinds: string[]
  readonly families: string[]
}

const origin = 'http://alloy.internal:12345'

function harness(text: string, limits: Partial<Context<D>['limits']> = {}) {
  const clock = new SimulatedClock()
  const pool = new LabelPool()
  const logger = new RecordingLogger()
  const received = new Map<string, Received[]>()
  const answers = new Map<string, () => Status>()
  const began = clock.now()
  const request = async (sent: InternalRequest): Promise<InternalResponse> => {
    const answer = answers.get(sent.path)?.() ?? 204
    const list = received.get(sent.path) ?? []
    received.set(sent.path, list)
    list.push(decoded(sent, answer, clock.now() - began))
    if (answer === 'hang') {
      await new Promise((_, reject) =>
        sent.signal.addEventListener('abort', () => reject(new Error('gone'))),
      )
    }
    if (typeof answer === 'object') return { ...answer, body: Buffer.from('because\nmore') }
    return { status: Number(answer), headers: {}, body: Buffer.from('because\nmore') }
  }
  let collect = () => {}
  const { context, seen } = componentContext<D>('prometheus.remote_write.test', {
    clock,
    pool,
    logger,
    internal: { address: 'alloy.internal:12345', request },
    limits: { scrapeBodySizeBytes: 1e8, remoteWriteMemoryBytes: 1e8, ...limits },
    onCollect: (read) => {
      collect = read
    },
  })
  const argsOf = (text: string) => decodeText(declaration.arguments, text)
  const writer = runner.open(context, argsOf(text))
  if (!(writer instanceof RemoteWrite)) throw new Error('opened something else')
  const control = new AbortController()
  let hasEnded = false
  const ended = writer.run(control.signal).then(() => {
    hasEnded = true
  })
  onTestFinished(async () => {
    control.abort(new Stopped('shutdown'))
    await clock.advance(61_000)
    await ended
    expect(clock.timers).toBe(0)
    while (pool.sweep());
    expect(pool.size).toBe(0)
  })
  let time = clock.now()
  const push = (values: Record<string, number>, more: Partial<SampleBatch> = {}) => {
    const entries = Object.entries(values)
    time += 1
    return writer.push({
      length: entries.length,
      series: Uint32Array.from(entries, ([name]) => pool.intern(['__name__', name])),
      kinds: new Uint8Array(entries.length),
      times: time,
      values: Float64Array.from(entries, ([, value]) => value),
      ...more,
    })
  }
  return {
    clock,
    pool,
    logger,
    answers,
    writer,
    control,
    push,
    update: (text: string) => writer.update(argsOf(text)),
    at: (path: string) => received.get(path) ?? [],
    /** Values of what a path has accepted. */
    accepted: (path: string) =>
      (received.get(path) ?? [])
        .filter(({ answer }) => answer === 204)
        .flatMap(({ samples }) => samples.map((sample) => Number(sample.split(' ')[1]))),
    metric: (name: string) => {
      collect()
      return seen.values.get(name)
    },
    hasEnded: () => hasEnded,
  }
}

function decoded(sent: InternalRequest, answer: Status, at: number): Received {
  const { series, metadata } = decodeWriteRequest(decompressSnappy(sent.body!, 1e8))
  const samples: string[] = []
  const kinds: string[] = []
  for (const { labels, samples: floats, exemplars, histograms } of series) {
    const [, name, ...rest] = labels
    const more = rest.length === 0 ? '' : `{${rest.join('=')}}`
    for (const { value, isStale } of floats) {
      samples.push(`${name}${more} ${isStale ? 'stale' : value}`)
      kinds.push('sample')
    }
    for (const { labels, value } of exemplars) kinds.push(`exemplar ${labels.join('=')} ${value}`)
    for (const { histogram } of histograms) kinds.push(`histogram ${histogram.sum}`)
  }
  return {
    at,
    headers: sent.headers,
    answer,
    samples,
    kinds,
    families: metadata.map((row) => row.family),
  }
}

function endpoint(path: string, queue = '', more = ''): string {
  return `endpoint {
    url = "${origin}${path}"
    ${more}
    queue_config {
      batch_send_deadline = "1s"
      max_backoff         = "2s"
      ${queue}
    }
  }`
}

const pause = 1100

describe('what is sent', () => {
  it('carries labels, external ones where they lack, and the headers of the original', async () => {
    const { push, clock, at } = harness(`external_labels = { site = "a" }\n${endpoint('/a')}`)
    expect(push({ up: 1, down: 0 })).toBe(accepted)
    await clock.advance(pause)
    expect(at('/a')[0]?.samples).toEqual(['up{site=a} 1', 'down{site=a} 0'])
    expect(Object.entries(at('/a')[0]!.headers)).toEqual([
      ['user-agent', 'test'],
      ['content-encoding', 'snappy'],
      ['content-type', 'application/x-protobuf'],
      ['x-agent-id', 'uid'],
      ['x-alloy-id', 'uid'],
      ['x-prometheus-remote-write-version', '0.1.0'],
    ])
  })

  it('waits for a full batch or the deadline', async () => {
    const { push, clock, at } = harness(endpoint('/a', 'max_samples_per_send = 3'))
    for (let i = 0; i < 4; i++) push({ up: i })
    await clock.advance(500)
    expect(at('/a').map(({ samples }) => samples)).toEqual([['up 0', 'up 1', 'up 2']])
    await clock.advance(pause)
    expect(at('/a').map(({ samples }) => samples.length)).toEqual([3, 1])
  })

  it('puts exemplars behind all samples, and histograms where they are wanted', async () => {
    const both = `${endpoint('/a', '', 'send_native_histograms = true')}
      ${endpoint('/b', '', 'send_exemplars = false')}`
    const { push, pool, clock, at, metric } = harness(both)
    const series = pool.intern(['__name__', 'a'])
    const exemplars: Exemplar[] = [{ series, labels: [['trace_id', 'x']], value: 7, time: 5 }]
    const histograms = new Map([
      [1, histogram(3)],
      [2, { ...histogram(4), schema: -53 }],
    ])
    const kinds = Uint8Array.of(Kind.float, Kind.histogram, Kind.histogram, Kind.stale)
    push({ a: 1, b: 0, c: 0, d: 0 }, { kinds, histograms, exemplars })
    await clock.advance(pause)
    expect(at('/a')[0]?.kinds).toEqual(['sample', 'histogram 3', 'sample', 'exemplar trace_id=x 7'])
    expect(at('/b')[0]?.kinds).toEqual(['sample', 'sample'])
    expect(at('/b')[0]?.samples).toEqual(['a 1', 'd stale'])
    expect(metric('highestTimestampIn')).toBeGreaterThan(0)
  })

  it('sends metadata once a minute', async () => {
    const { push, clock, at } = harness(endpoint('/a'))
    const metadata: Metadata[] = [{ family: 'up', type: 'gauge', unit: '', help: 'x' }]
    push({ up: 1 }, { metadata })
    await clock.advance(59_000)
    expect(at('/a').flatMap(({ families }) => families)).toEqual([])
    await clock.advance(61_000)
    expect(at('/a').flatMap(({ families }) => families)).toEqual(['up', 'up'])
  })

  it('keeps every series in order over many shards', async () => {
    const { push, clock, at } = harness(endpoint('/a', 'min_shards = 7\nmax_samples_per_send = 10'))
    for (let i = 0; i < 100; i++)
      push(Object.fromEntries(Array.from({ length: 20 }, (_, s) => [`s${s}`, i])))
    for (let i = 0; i < 100; i++) await clock.advance(50)
    const bySeries = new Map<string, number[]>()
    for (const sample of at('/a').flatMap(({ samples }) => samples)) {
      const [series = '', value] = sample.split(' ')
      bySeries.set(series, [...(bySeries.get(series) ?? []), Number(value)])
    }
    expect(bySeries.size).toBe(20)
    for (const values of bySeries.values())
      expect(values).toEqual(Array.from({ length: 100 }, (_, i) => i))
  })
})

function histogram(sum: number): Histogram {
  return {
    resetHint: 'unknown',
    schema: 0,
    zeroThreshold: 0,
    zeroCount: 0,
    count: 1,
    sum,
    positiveSpans: [[0, 1]],
    negativeSpans: [],
    positiveBuckets: [1],
    negativeBuckets: [],
    customValues: [],
  }
}
