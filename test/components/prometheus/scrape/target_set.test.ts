// Lists of thousands of targets, which are taken over in slices.

import { describe, expect, it } from 'vitest'
import type { Target } from '../../../../src/model/targets.ts'
import { harness } from './harness.ts'

const count = 3000

function many(name: string): Target[] {
  return Array.from({ length: count }, (_, i) => {
    const path = `/${name}${i}`
    return new Map([
      ['__address__', 'alloy.internal:12345'],
      ['__metrics_path__', path],
      ['__meta_kubernetes_pod_name', `${name}-${i}`],
      ['instance', path.slice(1)],
    ])
  })
}

async function setUp(more = '') {
  const test = await harness(more)
  test.pages.set('/a', () => 'one 1\n')
  await test.start(['/a'])
  const [a] = test.args(['/a']).targets
  const instances = () => {
    return test.debugInfo().map((block) => {
      const body = block.kind === 'block' ? [...block.body] : []
      const labels = body.find(({ name }) => name === 'labels')
      return (labels?.kind === 'attribute' ? labels.value : new Map()) as Map<string, string>
    })
  }
  return {
    ...test,
    a: a!,
    list: (targets: readonly Target[]) => test.update({ ...test.args(['/a']), targets }),
    size: () => test.debugInfo().length,
    names: () => new Set(instances().map((labels) => labels.get('instance')?.replace(/\d+$/, ''))),
  }
}

/** How many turns of the event loop it takes. */
async function turnsUntil(isTrue: () => boolean): Promise<number> {
  let turns = 0
  for (; turns < 10_000 && !isTrue(); turns++) {
    await new Promise((resolve) => setImmediate(resolve))
  }
  expect(isTrue()).toBe(true)
  return turns
}

describe('a list of thousands of targets', () => {
  it('is built in slices, and what it leaves out leaves when it is built', async () => {
    const { list, size, names } = await setUp()
    await list(many('x'))
    expect([size(), ...names()]).toEqual([1, 'a'])
    expect(await turnsUntil(() => size() === count)).toBeGreaterThan(2)
    expect([...names()]).toEqual(['x'])
  })

  it('is replaced by a newer one that comes before it is taken over', async () => {
    const { list, size, names, seen } = await setUp()
    const job = 'prometheus.scrape.test'
    expect(seen.values.get(`syncs{${job}}`)).toBe(1)
    await list(many('x'))
    await list(many('y'))
    await list(many('z'))
    await turnsUntil(() => size() === count)
    expect([...names()]).toEqual(['z'])
    expect(seen.values.get(`syncs{${job}}`)).toBe(2)
    await list([])
    await turnsUntil(() => size() === 0)
  })

  it('is taken over though newer ones come all the time', async () => {
    const { list, clock, size } = await setUp()
    // More than is built in the few turns between one and the next.
    const x = ['p', 'q'].flatMap(many)
    let elapsedMs = 0
    for (; elapsedMs < 20_000 && size() < x.length; elapsedMs += 500) {
      await list(elapsedMs % 1000 === 0 ? x : x.toReversed())
      await clock.advance(500)
    }
    expect(elapsedMs).toBeLessThan(15_000)
  })

  it('does not disturb a target that stays', async () => {
    const { list, a, size, sink, clock } = await setUp()
    const timesOfA = () =>
      sink.batches.flat().flatMap(({ series, time }) => (series === 'one instance=a' ? [time] : []))
    const others = many('x').slice(0, 300)
    await list([...others, a])
    await clock.advance(10_000)
    await list([a, ...many('y').slice(0, 300)])
    await clock.advance(10_000)
    await turnsUntil(() => size() === 301)
    await clock.advance(10_000)
    const [first = 0, ...rest] = timesOfA()
    expect(rest).toEqual([1, 2, 3].map((n) => first + n * 10_000))
    const stale = sink.batches.flat().filter(({ value }) => value === 'stale')
    expect(stale.filter(({ series }) => series.endsWith('=a'))).toEqual([])
  })

  it.each(['removed', 'shutdown'] as const)('ends in slices when %s', async (why) => {
    const { list, size, stop, pool, a } = await setUp()
    await list([a, ...many('x').slice(1)])
    await turnsUntil(() => size() === count)
    let hasEnded = false
    const ended = stop(why).then(() => {
      hasEnded = true
    })
    expect(await turnsUntil(() => hasEnded)).toBeGreaterThan(2)
    await ended
    while (pool.sweep());
    expect(pool.size).toBe(0)
  })

  it('is given up when the component ends', async () => {
    const { list, size, stop, pool } = await setUp()
    await list(many('x'))
    await stop('shutdown')
    for (let i = 0; i < 100; i++) await new Promise((resolve) => setImmediate(resolve))
    expect(size()).toBe(0)
    while (pool.sweep());
    expect(pool.size).toBe(0)
  })
})
