import { describe, expect, it } from 'vitest'
import type { EngineEvent, LoadReport } from '../../../src/client/api.ts'
import type { ComponentView } from '../../../src/engine/component_view.ts'
import type { Health } from '../../../src/engine/health.ts'
import { EngineEvents } from '../../../src/server/own/engine_events.ts'
import { componentView, engineView } from '../../support/engine_view.ts'
import { SimulatedClock } from '../../support/simulated_clock.ts'

function harness() {
  const clock = new SimulatedClock(0)
  const states = new Map<string, Health['state']>()
  const view = (id: string): ComponentView => {
    const health = () => ({ state: states.get(id) ?? 'healthy', message: '', updatedMs: 0 })
    return componentView(id, { health })
  }
  let ids = ['a.a', 'b.b']
  let load: LoadReport = { ok: true, atMs: 1, error: '' }
  let looks = 0
  const engine = engineView([], {
    components: () => {
      looks++
      return ids.map(view)
    },
  })
  const events = new EngineEvents({ engine, clock, lastLoad: () => load })
  return {
    clock,
    states,
    events,
    looks: () => looks,
    setIds: (...next: string[]) => {
      ids = next
    },
    setLoad: (next: Partial<LoadReport>) => {
      load = { ...load, ...next }
    },
    /** The events of the next second. */
    follow: (control = new AbortController()) => {
      const iterator = events.follow(control.signal)[Symbol.asyncIterator]()
      return {
        control,
        next: async (ms = 1000) => {
          const coming = iterator.next()
          await clock.advance(ms)
          const { done, value } = await coming
          return done === true ? undefined : linesOf(Buffer.from(value).toString())
        },
      }
    },
  }
}

function linesOf(text: string): Partial<EngineEvent>[] {
  return text
    .split('\n')
    .filter(Boolean)
    .map((line) => {
      const { atMs: _, ...event } = JSON.parse(line) as EngineEvent
      return event
    })
}

describe('events', () => {
  it('tell of health that has changed', async () => {
    const { states, follow } = harness()
    const { next } = follow()
    const coming = next()
    states.set('b.b', 'unhealthy')
    expect(await coming).toEqual([{ kind: 'health', component: 'b.b' }])
  })

  it('tell of components that come and go', async () => {
    const { setIds, follow } = harness()
    const { next } = follow()
    const coming = next()
    setIds('a.a', 'c.c')
    expect(await coming).toEqual([{ kind: 'components' }])
  })

  it.each([
    [true, 'loaded'],
    [false, 'load_failed'],
  ])('tell of loads', async (ok, kind) => {
    const { setLoad, follow } = harness()
    const coming = follow().next()
    setLoad({ ok, atMs: 2 })
    expect(await coming).toEqual([{ kind }])
  })

  it('tell whoever reads slowly of each thing once', async () => {
    const { clock, states, follow } = harness()
    const { next } = follow()
    await clock.advance(0)
    for (let i = 0; i < 7; i++) {
      states.set('a.a', i % 2 === 0 ? 'unhealthy' : 'healthy')
      states.set('b.b', i % 2 === 0 ? 'exited' : 'healthy')
      await clock.advance(1000)
    }
    expect(await next(0)).toEqual([
      { kind: 'health', component: 'a.a' },
      { kind: 'health', component: 'b.b' },
    ])
  })

  it('are looked for once for all, and by nobody when all have left', async () => {
    const { clock, looks, follow } = harness()
    expect(looks()).toBe(0)
    const followers = [follow(), follow(), follow()]
    await clock.advance(5000)
    expect(looks()).toBe(6)
    for (const { control } of followers) control.abort()
    await clock.advance(10_000)
    expect(looks()).toBeLessThanOrEqual(7)
    expect(clock.timers).toBe(0)
  })

  it('begin again for the next who listens', async () => {
    const { clock, states, follow } = harness()
    const first = follow()
    first.control.abort()
    await clock.advance(10_000)
    const coming = follow().next()
    states.set('a.a', 'exited')
    expect(await coming).toEqual([{ kind: 'health', component: 'a.a' }])
  })

  it('send an empty line where nothing happens', async () => {
    const { follow } = harness()
    expect(await follow().next(15_000)).toEqual([])
  })
})
