import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type EdgeFlow, flowsBetween } from '../../src/graph/rates.ts'

const edge = (from: string, to: string, count: number): EdgeFlow => {
  return { from, to, count, type: 'prometheus_metric' }
}
const target = (from: string, count: number): EdgeFlow => ({ from, count, type: 'target' })

describe('what flowed between two readings', () => {
  it.each<[string, EdgeFlow[], EdgeFlow[], number[]]>([
    ['is the difference', [edge('a', 'b', 5)], [edge('a', 'b', 12)], [7]],
    ['is all of what is new', [], [edge('a', 'b', 3)], [3]],
    ['is all of what began anew', [edge('a', 'b', 5)], [edge('a', 'b', 2)], [2]],
    ['is nothing of what is gone', [edge('a', 'b', 5)], [], []],
    [
      'is told by receiver and type',
      [edge('a', 'b', 1), target('a', 1), edge('a', 'c', 1)],
      [edge('a', 'c', 1), target('a', 3), edge('a', 'b', 4)],
      [0, 2, 3],
    ],
  ])('%s', (_, before, after, counts) => {
    expect(flowsBetween(before, after).map(({ count }) => count)).toEqual(counts)
  })

  it('adds up to the total, however the time is cut into windows', () => {
    const steps = fc.array(fc.nat(1000), { minLength: 1, maxLength: 50 })
    const cuts = fc.array(fc.boolean(), { minLength: 50, maxLength: 50 })
    fc.assert(
      fc.property(steps, cuts, (added, isCut) => {
        let count = 0
        let before: EdgeFlow[] = [edge('a', 'b', 0)]
        let sum = 0
        const read = () => {
          const after = [edge('a', 'b', count)]
          sum += flowsBetween(before, after)[0]!.count
          before = after
        }
        for (const [i, more] of added.entries()) {
          count += more
          if (isCut[i]) read()
        }
        read()
        expect(sum).toBe(count)
      }),
    )
  })
})
