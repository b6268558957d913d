import { describe, expect, it } from 'vitest'
import { keepLabels } from '../../src/engine/kept_labels.ts'
import { Fanout } from '../../src/model/fanout.ts'
import { LabelPool } from '../../src/model/label_pool.ts'
import { silentLogger } from '../../src/model/logger.ts'
import { accepted, type Outcome, type Receiver } from '../../src/model/receiver.ts'
import type { SampleBatch } from '../../src/model/samples.ts'
import { MemoryRing } from '../../src/storage/memory_ring.ts'
import { SimulatedClock, settle } from '../support/simulated_clock.ts'

function setUp() {
  const clock = new SimulatedClock()
  const pool = new LabelPool()
  const hanging: { batch: SampleBatch; answer: (outcome: Outcome) => void }[] = []
  const stuck: Receiver<SampleBatch> = {
    id: 'stuck',
    push: (batch) => new Promise((answer) => hanging.push({ batch, answer })),
  }
  const fanout = new Fanout<SampleBatch>(
    {
      id: 'source',
      clock,
      logger: silentLogger,
      pushes: pool.pushes,
      keep: (batch) => keepLabels(pool, batch),
      rows: ({ length }) => length,
    },
    [stuck],
  )
  /** Pushes rows of new series, which their source lets go of at once. */
  const push = (names: readonly string[], exemplarOf?: string) => {
    const series = Uint32Array.from(names, (name) => pool.intern(['__name__', name]))
    const { length } = series
    const columns = { series, kinds: new Uint8Array(length), values: new Float64Array(length) }
    const exemplars = exemplarOf === undefined ? [] : [exemplarNamed(pool, exemplarOf)]
    const deadline = new AbortController()
    clock.after(1000, () => deadline.abort())
    return fanout.push({ length, ...columns, times: 1, exemplars }, { signal: deadline.signal })
  }
  const sweep = () => {
    while (pool.sweep());
  }
  return { clock, pool, fanout, hanging, push, sweep }
}

function exemplarNamed(pool: LabelPool, name: string) {
  return { series: pool.intern(['__name__', name]), labels: [], value: 1, time: 1 }
}

const names = (first: number, count: number) =>
  Array.from({ length: count }, (_, i) => `m${first + i}`)

describe('a receiver that does not answer', () => {
  it('keeps the label sets of what it was pushed, and no others', async () => {
    const { clock, pool, hanging, push, sweep, fanout } = setUp()
    const pushed = push(names(0, 100), 'of an exemplar')
    await clock.advance(1500)
    sweep()
    for (const name of names(1000, 5000)) pool.intern(['__name__', name])
    sweep()
    // Within its time it keeps everything.
    expect([pool.size, pool.pushes.stuck]).toEqual([5101, 0])
    await clock.advance(600)
    expect(await pushed).toMatchObject({ missed: [{ id: 'stuck', stuck: true }] })
    sweep()
    expect([pool.size, pool.pushes.size, pool.pushes.stuck]).toEqual([101, 0, 1])
    fanout.update([{ id: 'other', push: () => accepted }])
    for (let round = 0; round < 50; round++) {
      await push(names(10_000 + round * 100, 100))
      sweep()
      expect(pool.size).toBeLessThanOrEqual(201)
    }
    const { batch, answer } = hanging[0]!
    const seen = Array.from(batch.series, (id) => pool.valueOf(id, '__name__'))
    expect(seen).toEqual(names(0, 100))
    expect(pool.valueOf(batch.exemplars![0]!.series, '__name__')).toBe('of an exemplar')
    answer(accepted)
    await settle()
    sweep()
    expect([pool.size, pool.pushes.stuck]).toEqual([0, 0])
  })

  it('may append what it was pushed to a log, when it comes round', async () => {
    const { clock, pool, hanging, push, sweep } = setUp()
    void push(names(0, 100))
    await clock.advance(2000)
    const log = new MemoryRing({ pool, bytesMax: 1e6 })
    const cursor = log.cursor()
    const { batch, answer } = hanging[0]!
    log.append(batch)
    answer(accepted)
    await settle()
    for (const name of names(1000, 1000)) pool.intern(['__name__', name])
    sweep()
    const { series } = cursor.read(1000)!
    expect(Array.from(series, (id) => pool.valueOf(id, '__name__'))).toEqual(names(0, 100))
    cursor.ack(cursor.position)
    sweep()
    sweep()
    expect(pool.size).toBe(0)
  })

  it('lets go of what it kept in slices', async () => {
    const { clock, pool, hanging, push, sweep } = setUp()
    void push(names(0, 300_000))
    await clock.advance(2000)
    sweep()
    expect(pool.size).toBe(300_000)
    hanging[0]!.answer(accepted)
    let turns = 0
    for (; turns < 1000 && pool.waiting < 300_000; turns++) {
      await new Promise((resolve) => setImmediate(resolve))
    }
    expect(turns).toBeGreaterThan(2)
    expect(pool.waiting).toBe(300_000)
    sweep()
    expect(pool.size).toBe(0)
  })
})
