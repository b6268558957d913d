import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { IdSource } from '../../src/model/id_source.ts'

describe('id source', () => {
  it('gives the lowest id that is not out', () => {
    fc.assert(
      fc.property(fc.array(fc.option(fc.nat(300)), { maxLength: 500 }), (steps) => {
        const ids = new IdSource()
        const out = new Set<number>()
        for (const give of steps) {
          const id = give === null ? undefined : [...out][give % Math.max(out.size, 1)]
          if (id !== undefined) {
            ids.give(id)
            out.delete(id)
            continue
          }
          let lowest = 1
          while (out.has(lowest)) lowest++
          expect(ids.take()).toBe(lowest)
          out.add(lowest)
        }
        expect(ids.used).toBe(out.size)
      }),
    )
  })

  it('goes on beyond any size', () => {
    const ids = new IdSource()
    for (let id = 1; id <= 100_000; id++) expect(ids.take()).toBe(id)
    ids.give(77)
    expect([ids.take(), ids.take()]).toEqual([77, 100_001])
  })
})
