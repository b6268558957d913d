import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import runner from '../../../../src/components/prometheus/relabel/run.ts'
import { declaration } from '../../../../src/components/prometheus/relabel.ts'
import { type Component, type Context, Stopped } from '../../../../src/engine/component.ts'
import { Fanout } from '../../../../src/model/fanout.ts'
import { LabelPool } from '../../../../src/model/label_pool.ts'
import { accepted, type Outcome } from '../../../../src/model/receiver.ts'
import { Kind, type MetricsReceiver, type SampleBatch } from '../../../../src/model/samples.ts'
import { componentContext } from '../../../support/component_context.ts'
import { decodeText } from '../../../support/decode_text.ts'
import { settle } from '../../../support/simulated_clock.ts'

type D = typeof declaration

const signal = new AbortController().signal

async function harness(text: string, answer: () => Outcome | Promise<Outcome> = () => accepted) {
  const pool = new LabelPool()
  const received: (readonly [series: string, value: number, kind: number])[][] = []
  const sink: MetricsReceiver = {
    id: 'sink',
    push: (batch) => {
      const rows = Array.from({ length: batch.length }, (_, row) => {
        const series = pool.labelsOf(batch.series[row]!).flat.join(' ')
        return [series, batch.values[row]!, batch.kinds[row]!] as const
      })
      received.push(rows)
      return answer()
    },
  }
  let collect = () => {}
  const { context, seen } = componentContext<D>('prometheus.relabel.test', {
    pool,
    onCollect: (read) => {
      collect = read
    },
    metricsFanout: (children) =>
      new Fanout<SampleBatch>(
        {
          id: 'x',
          clock: context.clock,
          logger: context.logger,
          pushes: pool.pushes,
          rows: (b) => b.length,
        },
        children,
      ),
  } as Partial<Context<D>>)
  const args = (body: string) => ({
    ...decodeText(declaration.arguments, `forward_to = []\n${body}`),
    forward_to: [sink],
  })
  const component: Component<D> = await runner.open(context, args(text))
  const receiver = seen.published[0]?.receiver as MetricsReceiver
  return { pool, received, component, receiver, args, seen, collect: () => collect() }
}

async function eventually(isTrue: () => boolean): Promise<void> {
  for (let i = 0; i < 200 && !isTrue(); i++) await settle()
  expect(isTrue()).toBe(true)
}

function batch(
  pool: LabelPool,
  rows: readonly (readonly [flat: string[], value: number, kind?: number])[],
) {
  const series = rows.map(([flat]) => pool.intern(['__name__', 'm', ...flat]))
  return {
    length: rows.length,
    series: Uint32Array.from(series),
    kinds: Uint8Array.from(rows.map(([, , kind]) => kind ?? Kind.float)),
    times: 1000,
    values: Float64Array.from(rows.map(([, value]) => value)),
  } satisfies SampleBatch
}

/** Quiet and signalling NaNs, staleness markers among them. */
const payloads = [
  0x7ff0000000000002n,
  0x7ff8000000000001n,
  0x7ff0000000000001n,
  0x7ff8000000000000n,
  0x7ff8deadbeef0001n,
  0x7ff4000000000000n,
  0x7fffffffffffffffn,
]

const dropB = 'rule {\nsource_labels = ["a"]\nregex = "b"\naction = "drop"\n}'

describe('prometheus.relabel', () => {
  it('relabels, and drops', async () => {
    const rule = 'rule {\ntarget_label = "site"\nreplacement = "lab"\n}'
    const { pool, received, receiver, seen, collect } = await harness(`${rule}\n${dropB}`)
    await receiver.push(
      batch(pool, [
        [['a', 'a'], 1],
        [['a', 'b'], 2],
        [['a', 'c'], 3],
      ]),
      { signal },
    )
    expect(received).toEqual([
      [
        ['__name__ m a a site lab', 1, Kind.float],
        ['__name__ m a c site lab', 3, Kind.float],
      ],
    ])
    collect()
    expect(seen.values.get('processed')).toBe(3)
    expect(seen.values.get('written')).toBe(2)
    expect(seen.values.get('cacheSize')).toBe(3)
  })

  it('runs the rules once for a series', async () => {
    const { pool, receiver, seen, collect } = await harness(dropB)
    for (let i = 0; i < 5; i++) await receiver.push(batch(pool, [[['a', 'a'], 1]]), { signal })
    collect()
    expect(seen.values.get('cacheMisses')).toBe(1)
    expect(seen.values.get('cacheHits')).toBe(4)
  })

  it('passes on a stale marker and then forgets the series', async () => {
    const { pool, received, receiver, seen, collect } = await harness(dropB)
    const row = (kind: number) => batch(pool, [[['a', 'a'], Number.NaN, kind]])
    await receiver.push(row(Kind.float), { signal })
    await receiver.push(row(Kind.stale), { signal })
    expect(received.at(-1)?.[0]?.[2]).toBe(Kind.stale)
    collect()
    expect(seen.values.get('cacheSize')).toBe(0)
    while (pool.sweep());
    expect(pool.size).toBe(0)
  })

  describe('with more new series than one slice works out', () => {
    const site = (name: string) => `rule {\ntarget_label = "site"\nreplacement = "${name}"\n}`
    const many = (pool: LabelPool, kind: number = Kind.float) =>
      batch(
        pool,
        Array.from({ length: 8000 }, (_, i) => [['a', String(i)], i, kind]),
      )

    it('lets the event loop turn, and loses and mixes nothing', async () => {
      const { pool, received, receiver, seen, collect } = await harness(site('lab'))
      let turns = 0
      const timer = setInterval(() => {
        turns++
        while (pool.sweep());
      }, 1)
      await receiver.push(many(pool), { signal })
      clearInterval(timer)
      expect(turns).toBeGreaterThan(1)
      expect(received[0]?.map(([series]) => series)).toEqual(
        Array.from({ length: 8000 }, (_, i) => `__name__ m a ${i} site lab`),
      )
      await receiver.push(many(pool, Kind.stale), { signal })
      expect(received[1]?.every(([, , kind]) => kind === Kind.stale)).toBe(true)
      collect()
      expect(seen.values.get('cacheSize')).toBe(0)
      while (pool.sweep());
      expect([pool.size, pool.pushes.size]).toEqual([0, 0])
    })

    it('applies the rules of an update to all rows, and keeps nothing of the old', async () => {
      const { pool, received, receiver, component, args, seen, collect } = await harness(
        site('old'),
      )
      const pushed = receiver.push(many(pool), { signal })
      expect(pushed).toBeInstanceOf(Promise)
      await component.update(args(site('new')))
      await pushed
      expect(received[0]?.every(([series]) => series.endsWith('site new'))).toBe(true)
      await receiver.push(many(pool, Kind.stale), { signal })
      collect()
      expect(seen.values.get('cacheSize')).toBe(0)
      await eventually(() => {
        while (pool.sweep());
        return pool.size === 0
      })
    })

    it('refuses once the deadline is over, or the component has exited', async () => {
      const { pool, received, receiver, component } = await harness(site('lab'))
      const late = new AbortController()
      const pushed = receiver.push(many(pool), { signal: late.signal })
      late.abort()
      await expect(pushed).rejects.toMatchObject({ name: 'Refused', permanent: false })
      const other = batch(
        pool,
        Array.from({ length: 8000 }, (_, i) => [['b', String(i)], i]),
      )
      const control = new AbortController()
      const running = component.run(control.signal)
      const last = receiver.push(other, { signal })
      control.abort(new Stopped('removed'))
      await expect(last).rejects.toMatchObject({ name: 'Refused', exited: true })
      await running
      expect([received.length, pool.pushes.size]).toEqual([0, 0])
      while (pool.sweep());
      expect(pool.size).toBe(0)
    })
  })

  /** The bits of each kept value, as a receiver that copies the columns has them. */
  async function bitsBehind(rules: string, rounds: number, times: SampleBatch['times']) {
    const seen: [child: number, row: number, bits: bigint][] = []
    const childOf = (child: number): MetricsReceiver => ({
      id: `child ${child}`,
      push: ({ length, values, series }) => {
        const words = new BigUint64Array(values.slice(0, length).buffer)
        for (const [i, bits] of words.entries()) {
          seen.push([child, Number(pool.valueOf(series[i]!, 'a')), bits])
        }
        return child === 0 ? accepted : Promise.resolve(accepted)
      },
    })
    const { pool, receiver, component, args } = await harness(rules)
    await component.update({ ...args(rules), forward_to: [childOf(0), childOf(1)] })
    const bits = BigUint64Array.from(payloads.flatMap((each) => [each, each | (1n << 63n)]))
    const values = new Float64Array(bits.buffer)
    const series = Uint32Array.from(bits, (_, row) => pool.intern(['a', String(row)]))
    const kinds = new Uint8Array(bits.length)
    const rows = { length: bits.length, series, kinds, values }
    for (let round = 0; round < rounds; round++) {
      seen.length = 0
      await receiver.push({ ...rows, times }, { signal })
    }
    return { seen, bits }
  }

  describe('NaNs keep their bits', () => {
    it.each([
      ['where all rows are kept', 'rule {\ntarget_label = "site"\nreplacement = "lab"\n}', 0],
      [
        'where columns are copied',
        'rule {\nsource_labels = ["a"]\nregex = "0"\naction = "drop"\n}',
        1,
      ],
    ])('%s', async (_, rules, first) => {
      for (const times of [1000, new Float64Array(payloads.length * 2)]) {
        // Copying is compiled anew while it gets hot.
        for (const rounds of [1, 1000]) {
          const { seen, bits } = await bitsBehind(rules, rounds, times)
          const expected = [...bits.entries()].slice(first)
          for (const child of [0, 1]) {
            const got = seen.filter(([by]) => by === child).map(([, row, value]) => [row, value])
            expect(got).toEqual(expected)
          }
        }
      }
    })
  })

  it('keeps within max_cache_size', async () => {
    const { pool, receiver, seen, collect } = await harness(`max_cache_size = 10\n${dropB}`)
    for (let i = 0; i < 100; i++) {
      const outcome = receiver.push(batch(pool, [[['a', String(i)], i]]), { signal })
      await outcome
    }
    collect()
    expect(seen.values.get('cacheSize')).toBe(10)
    expect(seen.values.get('cacheDeletes')).toBe(90)
  })

  it('names refused rows as they came in', async () => {
    const answer = () => ({ refused: [{ row: 1, reason: 'too old' }], missed: [] })
    const { pool, receiver } = await harness(dropB, answer)
    const rows = batch(pool, [
      [['a', 'a'], 1],
      [['a', 'b'], 2],
      [['a', 'c'], 3],
    ])
    expect(await receiver.push(rows, { signal })).toMatchObject({
      refused: [{ row: 2, reason: 'too old' }],
    })
  })

  it('lets callers push side by side without mixing their columns', async () => {
    const waiting: ((outcome: Outcome) => void)[] = []
    const { pool, received, receiver } = await harness(
      dropB,
      () => new Promise<Outcome>((resolve) => waiting.push(resolve)),
    )
    const first = receiver.push(
      batch(pool, [
        [['a', '1'], 1],
        [['a', 'b'], 0],
      ]),
      { signal },
    )
    const second = receiver.push(
      batch(pool, [
        [['a', '2'], 2],
        [['a', 'b'], 0],
      ]),
      { signal },
    )
    for (const done of waiting) done(accepted)
    await Promise.all([first, second])
    expect(received.map(([row]) => row?.[1])).toEqual([1, 2])
  })

  it('uses new rules from an update on, and lets go of all it held', async () => {
    const { pool, received, receiver, component, args } = await harness(dropB)
    await receiver.push(batch(pool, [[['a', 'a'], 1]]), { signal })
    await component.update(args('rule {\ntarget_label = "v"\nreplacement = "2"\n}'))
    await receiver.push(batch(pool, [[['a', 'a'], 1]]), { signal })
    expect(received.map(([row]) => row?.[0])).toEqual(['__name__ m a a', '__name__ m a a v 2'])
  })

  it('rejects after it has exited', async () => {
    const { pool, receiver, component } = await harness(dropB)
    const control = new AbortController()
    const done = component.run(control.signal)
    control.abort(new Stopped('removed'))
    await done
    await settle()
    expect(() => receiver.push(batch(pool, [[['a', 'a'], 1]]), { signal })).toThrow(
      'prometheus.relabel.test has exited',
    )
  })

  it('answers like rules run on every sample, whatever the cache bound', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 6 }),
        fc.array(fc.array(fc.tuple(fc.integer({ min: 0, max: 9 }), fc.boolean())), {
          maxLength: 12,
        }),
        async (size, pushes) => {
          const rule = 'rule {\nsource_labels = ["a"]\nregex = "[0-4]"\naction = "drop"\n}'
          const { pool, received, receiver } = await harness(`max_cache_size = ${size}\n${rule}`)
          for (const rows of pushes) {
            const before = received.length
            const input = rows.map(
              ([a, stale]) =>
                [['a', String(a)], a, stale ? Kind.stale : Kind.float] as [
                  string[],
                  number,
                  number,
                ],
            )
            await receiver.push(batch(pool, input), { signal })
            while (pool.sweep());
            const expected = input.filter(([, a]) => a > 4).map(([[, a]]) => `__name__ m a ${a}`)
            const got = received.length > before ? received.at(-1)?.map(([series]) => series) : []
            expect(got).toEqual(expected)
          }
        },
      ),
      { numRuns: 60 },
    )
  })
})
