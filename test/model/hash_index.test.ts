import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { HashIndex } from '../../src/model/hash_index.ts'
import { PagePool } from '../../src/model/paged.ts'

function idsUnder(index: HashIndex, hash: number): number[] {
  const ids: number[] = []
  for (let id = index.first(hash); id !== 0; id = index.next()) ids.push(id)
  return ids.sort((a, b) => a - b)
}

describe('hash index', () => {
  it('finds what was added and not removed, through growth, shrinking and collisions', () => {
    // Few shards and few slots, so that ids collide and chains wrap around.
    const hash = fc.tuple(fc.nat(1), fc.nat(20)).map(([shard, low]) => ((shard << 24) | low) >>> 0)
    const step = fc.tuple(fc.integer({ min: 1, max: 60 }), hash)
    fc.assert(
      fc.property(fc.array(step, { maxLength: 300 }), (steps) => {
        const index = new HashIndex(new PagePool())
        const hashes = new Map<number, number>()
        for (const [id, hash] of steps) {
          if (hashes.delete(id)) index.remove(id)
          else {
            hashes.set(id, hash)
            index.add(id, hash)
          }
        }
        for (const [, hash] of steps) {
          const expected = [...hashes].filter(([, other]) => other === hash).map(([id]) => id)
          expect(idsUnder(index, hash)).toEqual(expected.sort((a, b) => a - b))
        }
      }),
    )
  })

  it('gives memory back', () => {
    const index = new HashIndex(new PagePool())
    const empty = index.bytes
    const hashOf = (id: number) => Math.imul(id, 0x9e3779b1) >>> 0
    for (let id = 1; id <= 50_000; id++) index.add(id, hashOf(id))
    for (let id = 1; id <= 50_000; id++) expect(index.first(hashOf(id))).toBe(id)
    for (let id = 1; id <= 50_000; id++) index.remove(id)
    expect(index.bytes).toBe(empty)
  })
})
