import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { LabelPool } from '../../src/model/label_pool.ts'
import { SeenSeries } from '../../src/model/seen_series.ts'

describe('series seen', () => {
  it('are a set', () => {
    const ids = fc.oneof(fc.nat(100), fc.nat(100_000), fc.integer({ min: 0, max: 2 ** 24 }))
    fc.assert(
      fc.property(fc.array(fc.array(ids)), (batches) => {
        const seen = new SeenSeries(new LabelPool())
        const expected = new Set<number>()
        for (const batch of batches) {
          seen.addAll(Uint32Array.from([...batch, 7]), batch.length)
          for (const id of batch) expected.add(id)
          expect(seen.size).toBe(expected.size)
        }
      }),
    )
  })

  it('leave with their label sets', () => {
    const pool = new LabelPool()
    const seen = new SeenSeries(pool)
    const ids = Uint32Array.from({ length: 3000 }, (_, i) => pool.intern(['i', `${i}`]))
    seen.addAll(ids, 2000)
    pool.retain(ids[1]!)
    expect(seen.size).toBe(2000)
    while (pool.sweep());
    expect(seen.size).toBe(1)
    seen.addAll(ids, 3)
    expect(seen.size).toBe(3)
    seen.close()
    pool.release(ids[1]!)
    while (pool.sweep());
    expect(seen.size).toBe(3)
  })
})
