import { describe, expect, it } from 'vitest'
import { RelabelRules } from '../../../../src/components/common/relabel/rules.ts'
import {
  type CacheBounds,
  SeriesCache,
} from '../../../../src/components/prometheus/relabel/series_cache.ts'
import { LabelPool } from '../../../../src/model/label_pool.ts'

function setUp(bounds: CacheBounds) {
  const pool = new LabelPool()
  const cache = new SeriesCache(pool, new RelabelRules([], { legacyNames: true }), bounds)
  cache.startAt(1_000_000)
  const ids = Array.from({ length: 8 }, (_, i) => pool.intern(['a', String(i)]))
  for (const id of ids) cache.outcome(id)
  return { pool, cache, ids }
}

describe('a series that ends and comes again and again', () => {
  it('takes one place of a cache with a ttl', () => {
    const { pool, cache, ids } = setUp({ sizeMax: 0, ttlMs: 60_000 })
    for (let i = 0; i < 100; i++) {
      cache.forget(ids[0]!)
      cache.outcome(ids[0]!)
    }
    cache.startExpiry(1_050_000)
    expect(cache.expire(8)).toBe(true)
    expect(cache.size).toBe(8)
    cache.forget(ids[1]!)
    cache.startExpiry(1_200_000)
    expect(cache.expire(8)).toBe(true)
    expect([cache.size, cache.expired]).toEqual([0, 7])
    cache.outcome(ids[0]!)
    expect(cache.clear(8)).toBe(true)
    while (pool.sweep());
    expect(pool.size).toBe(0)
  })

  it('takes one place of a cache with a bound, and no places of others', () => {
    const { cache, ids } = setUp({ sizeMax: 10, ttlMs: 0 })
    for (let i = 0; i < 100; i++) {
      cache.forget(ids[0]!)
      for (const id of ids) cache.outcome(id)
    }
    expect(cache.misses).toBe(8 + 100)
  })
})

describe('a full cache with a bound', () => {
  it('gives the places of series that ended, or else were not used for long, to others', () => {
    const { pool, cache, ids } = setUp({ sizeMax: 8, ttlMs: 0 })
    cache.forget(ids[2]!)
    for (const id of ids) if (id !== ids[2]) cache.outcome(id)
    const others = ['x', 'y'].map((value) => pool.intern(['a', value]))
    cache.outcome(others[0]!)
    expect([cache.size, cache.misses]).toEqual([8, 9])
    for (const id of [...ids.slice(0, 2), ...ids.slice(4), others[0]!]) cache.outcome(id)
    expect(cache.misses).toBe(9)
    cache.outcome(others[1]!)
    expect([cache.size, cache.misses]).toEqual([8, 10])
    for (const id of [...ids.slice(0, 2), ...ids.slice(4), ...others]) cache.outcome(id)
    expect(cache.misses).toBe(10)
  })
})
