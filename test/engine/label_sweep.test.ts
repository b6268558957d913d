import { expect, it } from 'vitest'
import { sweepLabels } from '../../src/engine/label_sweep.ts'
import { MetricStore } from '../../src/engine/metrics.ts'
import { LabelPool } from '../../src/model/label_pool.ts'
import { SimulatedClock } from '../support/simulated_clock.ts'

it('frees label sets every other second, and shows how many there are', async () => {
  const pool = new LabelPool()
  const clock = new SimulatedClock()
  const store = new MetricStore((_, error) => {
    throw error
  })
  const control = new AbortController()
  const swept = sweepLabels(pool, clock, store, control.signal)
  for (let i = 0; i < 3000; i++) pool.intern(['i', String(i)])
  const held = pool.intern(['held', 'x'])
  pool.retain(held)
  expect(await store.exposition()).toMatch(/^alloy_labelstore_global_ids_count 3001$/m)
  await clock.advance(2000)
  await clock.advance(2000)
  expect(pool.size).toBe(1)
  expect(await store.exposition()).toMatch(/^alloy_labelstore_global_ids_count 1$/m)
  control.abort()
  await swept
  expect(clock.timers).toBe(0)
  expect(await store.exposition()).not.toMatch('labelstore')
})

it("shows what writers were given, by upstream's names", async () => {
  const pool = new LabelPool()
  const store = new MetricStore((_, error) => {
    throw error
  })
  const control = new AbortController()
  const swept = sweepLabels(pool, new SimulatedClock(), store, control.signal)
  const shown = async () => {
    const lines = (await store.exposition()).split('\n')
    return lines.filter((line) => /_in_total|remote_store/.test(line))
  }
  const before = await shown()
  expect(before).toEqual([
    '# HELP prometheus_remote_storage_exemplars_in_total Exemplars in to remote storage, compare to exemplars out for queue managers. Deprecated, check prometheus_wal_watcher_records_read_total and prometheus_remote_storage_exemplars_dropped_total',
    '# TYPE prometheus_remote_storage_exemplars_in_total counter',
    'prometheus_remote_storage_exemplars_in_total 0',
    '# HELP prometheus_remote_storage_histograms_in_total HistogramSamples in to remote storage, compare to histograms out for queue managers. Deprecated, check prometheus_wal_watcher_records_read_total and prometheus_remote_storage_histograms_dropped_total',
    '# TYPE prometheus_remote_storage_histograms_in_total counter',
    'prometheus_remote_storage_histograms_in_total 0',
    '# HELP prometheus_remote_storage_samples_in_total Samples in to remote storage, compare to samples out for queue managers. Deprecated, check prometheus_wal_watcher_records_read_total and prometheus_remote_storage_samples_dropped_total',
    '# TYPE prometheus_remote_storage_samples_in_total counter',
    'prometheus_remote_storage_samples_in_total 0',
  ])
  const batch = {
    length: 3,
    series: Uint32Array.of(5, 6, 5),
    kinds: new Uint8Array(3),
    times: 0,
    values: new Float64Array(3),
    exemplars: [{ series: 5, labels: [], value: 1, time: 1 }],
  }
  const [a, b] = ['prometheus.remote_write.a', 'm.x/prometheus.remote_write.b']
  const [first, second] = [pool.stores.open(a!), pool.stores.open(b!)]
  first.took(batch)
  second.took(batch)
  second.took({ ...batch, series: Uint32Array.of(7, 8, 9) })
  expect((await shown()).filter((line) => !line.startsWith('#'))).toEqual([
    `alloy_labelstore_remote_store_ids_count{remote_name="${a}"} 2`,
    `alloy_labelstore_remote_store_ids_count{remote_name="${b}"} 5`,
    'prometheus_remote_storage_exemplars_in_total 3',
    'prometheus_remote_storage_histograms_in_total 0',
    'prometheus_remote_storage_samples_in_total 9',
  ])
  first.close()
  pool.stores.open(b!).took(batch)
  expect((await shown()).filter((line) => !line.startsWith('#'))).toEqual([
    `alloy_labelstore_remote_store_ids_count{remote_name="${b}"} 7`,
    'prometheus_remote_storage_exemplars_in_total 4',
    'prometheus_remote_storage_histograms_in_total 0',
    'prometheus_remote_storage_samples_in_total 12',
  ])
  control.abort()
  await swept
})
