// What an endpoint sends.

import { describe, expect, it } from 'vitest'
import { accepted } from '../../../../src/model/receiver.ts'
import {
  type Exemplar,
  type Histogram,
  Kind,
  type Metadata,
} from '../../../../src/model/samples.ts'

import { endpoint, harness, origin, pause } from './harness.ts'

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

  it('has the bits of every NaN, the one of JavaScript apart', async () => {
    const queue = 'max_samples_per_send = 4\nsample_age_limit = "5s"'
    const { push, clock, at, answers } = harness(endpoint('/a', queue))
    const bits = [0x7ff0000000000002n, 0x7ff0000000000001n, 0x7ff8deadbeef0001n]
    const all = [...bits, 0x7ff8000000000000n]
    const values = new Float64Array(BigUint64Array.from(all).buffer)
    // A batch that has to be thinned is copied once more.
    answers.set('/a', () => (at('/a').length < 6 ? 503 : 204))
    const times = Float64Array.from(all, (_, row) => clock.now() - (row === 1 ? 4000 : 0))
    push({ a: 0, b: 0, c: 0, d: 0 }, { values, times })
    await clock.advance(3 * pause)
    const [first] = at('/a')
    expect(first?.bits).toEqual([...bits, 0x7ff8000000000001n])
    expect(at('/a').at(-1)?.bits).toEqual([bits[0], bits[2], 0x7ff8000000000001n])
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
    expect(pool.stores.taken).toEqual({ samples: 2, histograms: 2, exemplars: 1 })
    expect([...pool.stores.series()]).toEqual([['prometheus.remote_write.test', 4]])
    expect(at('/b')[0]?.samples).toEqual(['a 1', 'd stale'])
    expect(metric('highestTimestampIn')).toBeGreaterThan(0)
  })

  it('has gone through the rules of its endpoint, external labels included', async () => {
    const rules = `name = "a"
      write_relabel_config {
        source_labels = ["__name__", "site"]
        regex         = "secret;b"
        action        = "drop"
      }
      write_relabel_config {
        target_label = "site"
        replacement  = "c"
      }`
    const text = `external_labels = { site = "b" }\n${endpoint('/a', '', rules)}`
    const { push, clock, at, metric } = harness(text)
    push({ up: 1, secret: 2 })
    push({ up: 3, secret: 4 })
    await clock.advance(pause)
    expect(at('/a')[0]?.samples).toEqual(['up{site=c} 1', 'up{site=c} 3'])
    expect(metric(`samplesDropped{a,${origin}/a,dropped_series}`)).toBe(2)
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
