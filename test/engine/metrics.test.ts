import { Gauge, Registry } from 'prom-client'
import { describe, expect, it } from 'vitest'
import type { Labels } from '../../src/engine/metric_cells.ts'
import { MetricStore } from '../../src/engine/metrics.ts'

const requests = { kind: 'counter', name: 'requests_total', help: 'Requests.', labels: [] } as const

/** A store of which no read may fail. */
function createStore(): MetricStore {
  return new MetricStore((_, error) => {
    throw error
  })
}

describe('MetricStore', () => {
  it('shows one family for all owners of a metric', async () => {
    const store = createStore()
    for (const [i, id] of ['b', 'a'].entries()) {
      store
        .group({ component_path: '/', component_id: id })
        .counter(requests)
        .inc(i + 1)
    }
    expect(await store.exposition()).toBe(
      [
        '# HELP requests_total Requests.',
        '# TYPE requests_total counter',
        'requests_total{component_id="b",component_path="/"} 1',
        'requests_total{component_id="a",component_path="/"} 2',
        '',
      ].join('\n'),
    )
  })

  it('forgets the cells of an owner that left, and leaves out empty families', async () => {
    const store = createStore()
    const group = store.group({})
    group.counter(requests).inc()
    group.onCollect(() => {
      throw new Error('read after the end')
    })
    group.dispose()
    expect(await store.exposition()).toBe('')
  })

  it('prints histograms with cumulative buckets', async () => {
    const store = createStore()
    const spec = { kind: 'histogram', name: 'h', help: 'H.', labels: [], bounds: [1, 10] } as const
    const histogram = store.group({}).observer(spec)
    for (const value of [0.5, 1, 2, 11]) histogram.observe(value)
    expect((await store.exposition()).split('\n').slice(2)).toEqual([
      'h_bucket{le="1"} 2',
      'h_bucket{le="10"} 3',
      'h_bucket{le="+Inf"} 4',
      'h_sum 14.5',
      'h_count 4',
      '',
    ])
  })

  it('prints the quantiles of the last observations', async () => {
    const store = createStore()
    const spec = { kind: 'summary', name: 's', help: 'H.', labels: [], bounds: [0.5, 1] } as const
    const summary = store.group({}).observer(spec)
    for (let i = 1; i <= 2000; i++) summary.observe(i)
    expect((await store.exposition()).split('\n').slice(2)).toEqual([
      's{quantile="0.5"} 1488',
      's{quantile="1"} 2000',
      's_sum 2001000',
      's_count 2000',
      '',
    ])
  })

  it('keeps one instrument per label values, and removes it', async () => {
    const store = createStore()
    const spec = { ...requests, labels: ['code', 'method'] } as const
    const labelled = store.group({}).labelled(spec)
    const first = labelled.labels({ code: '200', method: 'GET' })
    expect(labelled.labels({ method: 'GET', code: '200' })).toBe(first)
    labelled.labels({ code: '500', method: 'a"b\\\n' })
    labelled.remove({ code: '200', method: 'GET' })
    expect((await store.exposition()).split('\n').slice(2)).toEqual([
      'requests_total{code="500",method="a\\"b\\\\\\n"} 0',
      '',
    ])
  })

  it('reads owners before each exposition', async () => {
    const store = createStore()
    const group = store.group({})
    const gauge = group.gauge({ kind: 'gauge', name: 'g', help: 'H.', labels: [] })
    let value = 0
    group.onCollect(() => gauge.set(++value))
    await store.exposition()
    expect(await store.exposition()).toContain('g 2\n')
  })

  it('lets a counter take over a total, which never falls', async () => {
    const store = createStore()
    const counter = store.group({}).counter(requests)
    counter.set(5)
    counter.set(3)
    expect(await store.exposition()).toContain('requests_total 5\n')
  })

  it('includes other registries, families by name', async () => {
    const store = createStore()
    const other = new Registry()
    new Gauge({ name: 'a_gauge', help: 'A.', registers: [other] }).set(Number.NaN)
    store.include(other)
    store.group({}).counter(requests)
    expect((await store.exposition()).split('\n')).toEqual([
      '# HELP a_gauge A.',
      '# TYPE a_gauge gauge',
      'a_gauge NaN',
      '# HELP requests_total Requests.',
      '# TYPE requests_total counter',
      'requests_total 0',
      '',
    ])
  })

  it('refuses one name for two kinds', () => {
    const group = createStore().group({})
    group.counter(requests)
    expect(() => group.gauge({ ...requests, kind: 'gauge' })).toThrow(/two kinds/)
  })
})

describe('a read that fails', () => {
  const gauge = { kind: 'gauge', name: 'g', help: 'H.', labels: [] } as const

  async function linesOf(store: MetricStore): Promise<string[]> {
    return (await store.exposition()).split('\n').filter((line) => !/^(#|$)/.test(line))
  }

  function tellingStore() {
    const failures: [Labels, unknown][] = []
    const store = new MetricStore((labels, error) => failures.push([labels, error]))
    return { store, failures }
  }

  it('before the exposition costs only what its owner shows, and only while it fails', async () => {
    const { store, failures } = tellingStore()
    const bad = store.group({ id: 'bad' })
    bad.gauge(gauge).set(1)
    let error: Error | undefined = new Error('broken')
    bad.onCollect(() => {
      if (error !== undefined) throw error
    })
    const good = store.group({ id: 'good' })
    const counter = good.counter(requests)
    good.onCollect(() => counter.inc())
    good.gauge(gauge).set(2)
    expect(await linesOf(store)).toEqual(['g{id="good"} 2', 'requests_total{id="good"} 1'])
    expect(failures).toEqual([[{ id: 'bad' }, error]])
    error = undefined
    expect(await linesOf(store)).toEqual([
      'g{id="bad"} 1',
      'g{id="good"} 2',
      'requests_total{id="good"} 2',
    ])
  })

  it('of computed values costs only those', async () => {
    const { store, failures } = tellingStore()
    const group = store.group({ id: 'a' })
    group.computed(gauge, function* () {
      yield { labels: {}, value: 1 }
      throw new Error('broken')
    })
    group.counter(requests).inc()
    expect(await linesOf(store)).toEqual(['requests_total{id="a"} 1'])
    expect(failures).toEqual([[{ id: 'a' }, new Error('broken')]])
  })

  it('of a metric in another registry costs only that', async () => {
    const { store, failures } = tellingStore()
    const other = new Registry()
    const fail = () => {
      throw new Error('broken')
    }
    new Gauge({ name: 'a', help: 'A.', registers: [other], collect: fail })
    new Gauge({ name: 'b', help: 'B.', registers: [other] }).set(1)
    store.include(other)
    expect(await linesOf(store)).toEqual(['b 1'])
    expect(failures).toEqual([[{}, new Error('broken')]])
  })
})
