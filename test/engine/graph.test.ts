import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  cyclesOf,
  Graph,
  selfReferences,
  stronglyConnected,
  topologicalOrder,
  weaklyConnected,
} from '../../src/engine/graph.ts'

/** `a>b b>c d`: a refers to b, b to c; d stands alone. */
function graphOf(text: string): Graph<string> {
  const graph = new Graph<string>()
  const parts = text.split(' ').filter((part) => part !== '')
  for (const part of parts) for (const id of part.split('>')) graph.add(id, id)
  for (const part of parts) {
    const [from, to] = part.split('>')
    if (to !== undefined) graph.connect(from!, to)
  }
  return graph
}

const print = (groups: readonly (readonly string[])[]) =>
  groups.map((group) => group.join(',')).join(' ')

describe('topologicalOrder', () => {
  it.each([
    ['keeps the order of nodes that do not depend on each other', 'c a b', 'c a b'],
    ['puts what is referred to first', 'a>b b>c', 'c b a'],
    ['visits a shared dependency once', 'a>c b>c', 'c a b'],
    ['orders a diamond', 'a>b a>c b>d c>d', 'd b c a'],
  ])('%s', (_, text, expected) => {
    expect(topologicalOrder(graphOf(text)).join(' ')).toBe(expected)
  })

  it('follows a chain longer than the stack is deep', () => {
    const graph = new Graph<number>()
    for (let i = 0; i < 50_000; i++) graph.add(`n${i}`, i)
    for (let i = 1; i < 50_000; i++) graph.connect(`n${i - 1}`, `n${i}`)
    expect(topologicalOrder(graph)[0]).toBe('n49999')
  })
})

describe('cycles', () => {
  it.each([
    ['finds none in a chain', 'a>b b>c', '', ''],
    ['finds a pair', 'a>b b>a', 'a,b', ''],
    ['finds two of them, in the order of their first members', 'x>y a>b b>a y>x', 'x,y a,b', ''],
    ['joins cycles that share a node', 'a>b b>a b>c c>b', 'a,b,c', ''],
    ['tells a self reference from a cycle', 'a>a b', '', 'a'],
  ])('%s', (_, text, cycles, selves) => {
    expect(print(cyclesOf(graphOf(text)))).toBe(cycles)
    expect(selfReferences(graphOf(text)).join(' ')).toBe(selves)
  })
})

describe('weaklyConnected', () => {
  it.each([
    ['separates what nothing connects', 'a>b c d>e', 'b,a c e,d'],
    ['joins two that refer to a third', 'a>c b>c', 'c,a,b'],
    ['joins two that a third refers to', 'a b c>a c>b', 'a,b,c'],
  ])('%s', (_, text, expected) => {
    expect(print(weaklyConnected(graphOf(text)))).toBe(expected)
  })
})

describe('laws', () => {
  const edges = fc.array(fc.tuple(fc.nat(12), fc.nat(12)), { maxLength: 30 })

  const build = (pairs: readonly (readonly [number, number])[], forward: boolean) => {
    const graph = new Graph<string>()
    for (let i = 0; i <= 12; i++) graph.add(`n${i}`, `n${i}`)
    for (const [a, b] of pairs) {
      if (forward && a === b) continue
      if (forward) graph.connect(`n${Math.min(a, b)}`, `n${Math.max(a, b)}`)
      else graph.connect(`n${a}`, `n${b}`)
    }
    return graph
  }

  it('orders every acyclic graph so that no node comes before what it refers to', () => {
    fc.assert(
      fc.property(edges, (pairs) => {
        const graph = build(pairs, true)
        const place = new Map(topologicalOrder(graph).map((id, i) => [id, i]))
        expect(place.size).toBe(13)
        for (const id of graph.ids) {
          for (const to of graph.dependencies(id)) {
            expect(place.get(to)).toBeLessThan(place.get(id)!)
          }
        }
      }),
    )
  })

  it('puts two nodes into one group exactly when each reaches the other', () => {
    fc.assert(
      fc.property(edges, (pairs) => {
        const graph = build(pairs, false)
        const reach = (from: string) => {
          const seen = new Set<string>([from])
          const queue = [from]
          for (let id = queue.pop(); id !== undefined; id = queue.pop()) {
            for (const to of graph.dependencies(id)) {
              if (!seen.has(to)) queue.push(to)
              seen.add(to)
            }
          }
          return seen
        }
        const reached = new Map(graph.ids.map((id) => [id, reach(id)]))
        const groupOf = new Map(
          stronglyConnected(graph).flatMap((group, i) => group.map((id) => [id, i] as const)),
        )
        for (const a of graph.ids) {
          for (const b of graph.ids) {
            const mutual = reached.get(a)!.has(b) && reached.get(b)!.has(a)
            expect(groupOf.get(a) === groupOf.get(b)).toBe(mutual)
          }
        }
      }),
    )
  })
})
