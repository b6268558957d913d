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
