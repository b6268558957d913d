import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { PagedInt32, PagedUint32, PagePool } from '../../src/model/paged.ts'

describe.each([
  ['unsigned', (pool: PagePool) => new PagedUint32(pool), fc.nat()],
  ['signed', (pool: PagePool) => new PagedInt32(pool), fc.integer()],
])('paged %s', (_, make, value) => {
  it('is a map whose values are 0 unless set, and gives empty pages back', () => {
    const writes = fc.array(fc.tuple(fc.nat(5000), fc.oneof(fc.constant(0), value)))
    fc.assert(
      fc.property(writes, (writes) => {
        const pool = new PagePool()
        const column = make(pool)
        const map = new Map<number, number>()
        for (const [id, value] of writes) {
          column.set(id, value)
          map.set(id, value)
        }
        for (const [id, value] of map) expect(column.get(id) === value).toBe(true)
        expect(column.get(9999)).toBe(0)
        column.clear(Uint32Array.from(map.keys()))
        expect(pool.bytes).toBe(0)
      }),
    )
  })
})

describe('page', () => {
  it('gives the numbers around an id for loops', () => {
    const column = new PagedUint32(new PagePool())
    column.set(1025, 7)
    expect(column.page(1025)?.[1025 & 1023]).toBe(7)
    expect(column.page(3)).toBeUndefined()
  })
})
