import { describe, expect, it } from 'vitest'
import { MetricStore } from '../../../src/engine/metrics.ts'
import { MetaHistory } from '../../../src/server/own/meta_history.ts'
import { processFigures, sampleMeta } from '../../../src/server/own/meta_sampler.ts'
import { SimulatedClock } from '../../support/simulated_clock.ts'

const of = (id: string) => ({ component_path: '/', component_id: id })

function metric(kind: 'counter' | 'gauge', name: string, labels: string[] = []) {
  return { kind, name, help: 'Help.', labels }
}

function harness() {
  const store = new MetricStore(() => {})
  const clock = new SimulatedClock()
  const history = new MetaHistory()
  const control = new AbortController()
  let cpuSeconds = 10
  let isClosed = false
  const sampling = sampleMeta(history, store, {
    clock,
    signal: control.signal,
    process: {
      cpuSeconds: () => (cpuSeconds += 2.5),
      residentBytes: () => 1000,
      heapUsedBytes: () => 500,
      loopDelayP99Seconds: () => 0.002,
      close: () => {
        isClosed = true
      },
    },
  })
  const next = async () => {
    await clock.advance(5000)
    const { series } = history.meta(5)
    return Object.fromEntries(Object.entries(series).map(([name, points]) => [name, points[0]]))
  }
  const stop = async () => {
    control.abort()
    await sampling
    return isClosed
  }
  return { store, clock, history, next, stop }
}

describe('the figures of the program', () => {
  it('are there at once, rates with the second point', async () => {
    const { history, next, stop } = harness()
    const first = history.meta(5).series
    expect(first).toEqual({
      resident_bytes: [1000],
      heap_used_bytes: [500],
      loop_delay_p99_seconds: [0.002],
    })
    expect(await next()).toMatchObject({ cpu_cores: 0.5 })
    expect(await stop()).toBe(true)
  })

  it('are sums over components, and what scrapes forwards what was scraped', async () => {
    const { store, next, stop } = harness()
    const total = (id: string) => {
      return store.group(of(id)).counter(metric('counter', 'prometheus_forwarded_samples_total'))
    }
    const [a, b, relabel] = [
      total('prometheus.scrape.a'),
      total('prometheus.scrape.b'),
      total('prometheus.relabel.a'),
    ]
    const group = store.group(of('prometheus.remote_write.w'))
    const queue = (name: string, url: string) => {
      return group.gauge(metric('gauge', `prometheus_remote_storage_${name}`, ['url']), { url })
    }
    const sent = group.counter(metric('counter', 'prometheus_remote_storage_samples_total'))
    await next()
    a.inc(100)
    b.inc(50)
    relabel.inc(1000)
    sent.inc(75)
    queue('shards', 'x').set(2)
    queue('shards', 'y').set(3)
    group.gauge(metric('gauge', 'alloyts_remote_write_rows_bytes')).set(10)
    group.gauge(metric('gauge', 'alloyts_remote_write_label_sets_bytes')).set(5)
    expect(await next()).toMatchObject({
      samples_scraped_per_second: 30,
      samples_sent_per_second: 15,
      shards: 5,
      log_bytes: 15,
    })
    await stop()
  })

  it('read their owners first, and nobody else', async () => {
    const { store, next, stop } = harness()
    const owner = store.group(of('prometheus.remote_write.w'))
    const shards = owner.gauge(metric('gauge', 'prometheus_remote_storage_shards'))
    owner.onCollect(() => shards.set(7))
    const other = store.group(of('x.y'))
    other.gauge(metric('gauge', 'x'))
    let reads = 0
    other.onCollect(() => reads++)
    expect(await next()).toMatchObject({ shards: 7 })
    expect(reads).toBe(0)
    await stop()
  })

  it('show the lag of the slowest endpoint, once it has sent something', async () => {
    const { store, next, stop } = harness()
    const lag = async () => (await next()).send_lag_seconds
    for (const [id, newest] of [
      ['a', 100],
      ['b', 200],
    ] as const) {
      const group = store.group(of(id))
      group
        .gauge(metric('gauge', 'prometheus_remote_storage_highest_timestamp_in_seconds'))
        .set(newest)
    }
    const endpoint = (id: string, url: string) => {
      const name = 'prometheus_remote_storage_queue_highest_sent_timestamp_seconds'
      return store.group(of(id)).gauge(metric('gauge', name, ['url']), { url })
    }
    endpoint('a', 'x').set(0)
    expect(await lag()).toBe(undefined)
    endpoint('a', 'y').set(98)
    endpoint('b', 'x').set(195)
    expect(await lag()).toBe(5)
    await stop()
  })

  it('do not fall below nothing when a component leaves', async () => {
    const { store, next, stop } = harness()
    const group = store.group(of('prometheus.scrape.a'))
    const total = metric('counter', 'prometheus_forwarded_samples_total')
    group.counter(total).inc(100)
    store.group(of('prometheus.scrape.b')).counter(total).inc(1)
    await next()
    group.dispose()
    expect(await next()).toMatchObject({ samples_scraped_per_second: 0 })
    await stop()
  })

  it('of this process are plausible', async () => {
    const figures = processFigures()
    const before = figures.cpuSeconds()
    const turn = () => new Promise((resolve) => setTimeout(resolve, 60))
    await turn()
    const until = performance.now() + 60
    while (performance.now() < until);
    await turn()
    expect(figures.cpuSeconds()).toBeGreaterThan(before)
    expect(figures.residentBytes()).toBeGreaterThan(figures.heapUsedBytes())
    expect(figures.loopDelayP99Seconds()).toBeGreaterThan(0.01)
    figures.close()
  })
})
