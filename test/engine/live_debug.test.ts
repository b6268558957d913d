import { describe, expect, it } from 'vitest'
import { LiveDebug, type Viewer } from '../../src/engine/live_debug.ts'
import { systemClock } from '../../src/model/clock.ts'
import { LabelPool } from '../../src/model/label_pool.ts'
import { SimulatedClock, settle } from '../support/simulated_clock.ts'
import type { RelayProbe } from '../support/test_components.ts'
import { TestEngine } from '../support/test_engine.ts'

class Watching implements Viewer {
  readonly records: string[] = []
  missedRecords = 0
  wanted = Number.POSITIVE_INFINITY

  wants(): boolean {
    return this.records.length < this.wanted
  }

  record(text: string): void {
    this.records.push(text)
  }

  missed(count: number): void {
    this.missedRecords += count
  }
}

async function started(config: string) {
  const clock = new SimulatedClock()
  const pool = new LabelPool()
  const series = pool.intern(['__name__', 'm'])
  expect(series).toBe(1)
  pool.retain(series)
  const liveDebug = new LiveDebug({ clock, pool })
  liveDebug.isEnabled = true
  const test = new TestEngine({ clock, pool, liveDebug })
  expect(await test.load(config)).toEqual([])
  await test.run()
  await settle()
  const send = (id: string, rows = 1) =>
    test.probe<RelayProbe>(id).send(rows, new AbortController().signal)
  return { test, liveDebug, pool, clock, send }
}

const sample = 'sample: ts=0, labels={__name__="m"}, value=0.000000'

const chain = `
  test.relay "a" { forward_to = [test.relay.b.receiver, inside.one.receiver] }
  test.relay "b" { }
  declare "inside" {
    test.relay "end" { }
    export "receiver" { value = test.relay.end.receiver }
  }
  inside "one" { }
`

describe('whoever watches a component', () => {
  it('sees what it sends, until they look away', async () => {
    const { test, send } = await started(chain)
    const viewer = new Watching()
    const stop = test.engine.watch('test.relay.a', viewer)
    await send('test.relay.a', 2)
    expect(viewer.records).toEqual([sample, sample])
    stop()
    await send('test.relay.a')
    expect(viewer.records).toHaveLength(2)
    await test.end()
  })

  it('sees nothing of others', async () => {
    const { test, send } = await started(chain)
    const viewer = new Watching()
    test.engine.watch('test.relay.a', viewer)
    await send('test.relay.b')
    expect(viewer.records).toEqual([])
    await test.end()
  })

  it('sees nothing while live debugging is disabled', async () => {
    const { test, liveDebug, send } = await started(chain)
    const viewer = new Watching()
    test.engine.watch('test.relay.a', viewer)
    liveDebug.isEnabled = false
    await send('test.relay.a')
    expect(viewer.records).toEqual([])
    await test.end()
  })

  it('sees the ones that take its place, and those that come later', async () => {
    const { test, send } = await started(chain)
    const [a, late] = [new Watching(), new Watching()]
    test.engine.watch('test.relay.a', a)
    test.engine.watch('test.relay.late', late)
    await test.load('')
    const more = 'test.relay "late" { forward_to = [test.relay.b.receiver] }'
    expect(await test.load(chain + more)).toEqual([])
    await settle()
    await send('test.relay.a')
    await send('test.relay.late')
    expect([a.records, late.records]).toEqual([[sample], [sample]])
    await test.end()
  })

  it('looks at each record that it wants, and at no other', async () => {
    const { test, send } = await started(chain)
    const [one, all] = [new Watching(), new Watching()]
    one.wanted = 1
    test.engine.watch('test.relay.a', one)
    test.engine.watch('test.relay.a', all)
    await send('test.relay.a', 3)
    expect([one.records.length, all.records.length]).toEqual([1, 3])
    await test.end()
  })
})

describe('metrics', () => {
  it('tell how many watch, and what they missed, also those that have left', async () => {
    const { test } = await started(chain)
    const [a, b] = [new Watching(), new Watching()]
    const stop = test.engine.watch('test.relay.a', a)
    test.engine.watch('test.relay.b', b)
    a.missed(2)
    b.missed(3)
    stop()
    const page = await test.engine.exposition()
    expect(page).toContain('\nalloyts_live_debugging_viewers 1\n')
    expect(page).toContain('\nalloyts_live_debugging_missed_records_total 5\n')
    await test.end()
  })
})

describe('records', () => {
  /** A source that shows itself, each of whose records takes so long. */
  function slow(recordMs: number) {
    let nowMs = 0
    const clock = { ...systemClock, monotonic: () => nowMs }
    const live = new LiveDebug({ clock, pool: new LabelPool() })
    live.isEnabled = true
    const tap = live.open('x')
    const pass = (ms: number) => {
      nowMs += ms
    }
    const render = (i: number) => {
      pass(recordMs)
      return String(i)
    }
    const viewer = new Watching()
    live.watch('x', viewer)
    return { live, tap, render, viewer, pass }
  }

  it('are made for 5 ms of a push; the rest is missed', () => {
    const { tap, render, viewer } = slow(1)
    tap.show(100, render)
    expect([viewer.records.length, viewer.missedRecords]).toEqual([5, 95])
  })

  it('are made for 100 ms of a second, of all pushes', () => {
    const { tap, render, viewer, pass } = slow(1)
    for (let i = 0; i < 30; i++) tap.show(100, render)
    expect([viewer.records.length, viewer.missedRecords]).toEqual([100, 2900])
    pass(1000)
    tap.show(1, render)
    expect(viewer.records).toHaveLength(101)
  })

  it('are not made at all for nobody', () => {
    const { live, tap, render, viewer } = slow(0)
    live.open('y').show(1, () => {
      throw new Error('nobody watches y')
    })
    expect(live.isWatched('y')).toBe(false)
    viewer.wanted = 0
    tap.show(1, () => {
      throw new Error('nobody wants it')
    })
    live.isEnabled = false
    tap.show(1, render)
    expect(viewer.records).toEqual([])
  })

  it('that are kept are shown to those who come later', () => {
    const { live, tap } = slow(0)
    tap.keep(2, (i) => `kept ${i}`)
    tap.keep(1, () => 'newer')
    const late = new Watching()
    live.watch('x', late)
    expect(late.records).toEqual(['newer'])
    tap.close()
    const tooLate = new Watching()
    live.watch('x', tooLate)
    expect(tooLate.records).toEqual([])
  })

  it('of what was replaced are not shown', () => {
    const { tap, viewer } = slow(0)
    tap.close()
    tap.show(1, () => 'stale')
    expect(viewer.records).toEqual([])
  })
})
