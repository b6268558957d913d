import { describe, expect, it } from 'vitest'
import type { ComponentView } from '../../src/engine/component_view.ts'
import type { Flow } from '../../src/engine/flow.ts'
import { graphStreams } from '../../src/server/graph_stream.ts'
import { askStream } from '../support/ask_stream.ts'
import { componentView, engineView } from '../support/engine_view.ts'
import { SimulatedClock } from '../support/simulated_clock.ts'

/** Counts that a test adds to, by sender and receiver. */
class Counts {
  readonly #counts = new Map<string, Map<string, number>>()

  add(from: string, to: string, count: number): void {
    const receivers = this.#counts.get(from) ?? new Map<string, number>()
    this.#counts.set(from, receivers.set(to, (receivers.get(to) ?? 0) + count))
  }

  flows(from: string): Flow[] {
    return [...(this.#counts.get(from) ?? [])].map(([to, count]): Flow => {
      return to === ''
        ? { type: 'target', count, present: 3 }
        : { type: 'prometheus_metric', to, count }
    })
  }
}

function setUp() {
  const counts = new Counts()
  const view = (id: string, changes: Partial<ComponentView> = {}) => {
    const globalId = changes.moduleId === undefined ? id : `${changes.moduleId}/${id}`
    return componentView(id, { flows: () => counts.flows(globalId), ...changes })
  }
  const components = [
    view('prometheus.exporter.self.e', { dataFlowEdgesTo: ['prometheus.scrape.s'] }),
    view('prometheus.scrape.s'),
    view('mod.m', { createdModuleIds: ['mod.m'] }),
    view('prometheus.relabel.r', { moduleId: 'mod.m' }),
    view('prometheus.remote_write.w'),
  ]
  for (const to of ['mod.m/prometheus.relabel.r', 'prometheus.remote_write.w']) {
    counts.add('prometheus.scrape.s', to, 100)
  }
  counts.add('mod.m/prometheus.relabel.r', 'prometheus.remote_write.w', 50)
  counts.add('prometheus.exporter.self.e', '', 3)
  const clock = new SimulatedClock()
  const ask = (path: string) => askStream(graphStreams(engineView(components), clock), path, clock)
  return { counts, clock, ask }
}

const whole = (id: string, rate: number, targets = 'null') =>
  `{"componentID":"${id}","targetComponentIDs":${targets},"type":"prometheus_metric","rate":${rate}}`

describe('the graph stream', () => {
  it('tells the rates of one module, one array a window', async () => {
    const { counts, ask } = setUp()
    const root = await ask('api/v0/web/graph?window=2')
    const inside = await ask('api/v0/web/graph/mod.m?window=2')
    expect([root.status, root.headers]).toEqual([
      200,
      { 'content-type': 'text/plain; charset=utf-8' },
    ])
    await root.pass(1999)
    expect(root.text()).toBe('')
    await root.pass(1)
    expect(root.text()).toBe('[]|;|')
    counts.add('prometheus.scrape.s', 'mod.m/prometheus.relabel.r', 41)
    counts.add('prometheus.scrape.s', 'prometheus.remote_write.w', 41)
    counts.add('mod.m/prometheus.relabel.r', 'prometheus.remote_write.w', 4)
    await root.pass(2000)
    const scrape = whole('prometheus.scrape.s', 20.5)
    const writer = whole('prometheus.remote_write.w', 22.5)
    expect(root.text()).toBe(`[]|;|[${scrape},${writer}]|;|`)
    expect(inside.text()).toBe(`[]|;|[${whole('mod.m/prometheus.relabel.r', 2)}]|;|`)
  })

  it('names receivers where they got more than others', async () => {
    const { counts, ask } = setUp()
    const stream = await ask('api/v0/web/graph?window=1')
    await stream.pass(0)
    counts.add('prometheus.scrape.s', 'mod.m/prometheus.relabel.r', 2)
    counts.add('prometheus.scrape.s', 'prometheus.remote_write.w', 1)
    await stream.pass(1000)
    const records = [
      whole('prometheus.scrape.s', 2, '["mod.m/prometheus.relabel.r"]'),
      whole('prometheus.scrape.s', 1, '["prometheus.remote_write.w"]'),
      whole('prometheus.remote_write.w', 1),
    ]
    expect(stream.text()).toBe(`[${records.join(',')}]|;|`)
  })

  it('names none because of a receiver that has left', async () => {
    const { counts, ask } = setUp()
    counts.add('prometheus.scrape.s', 'prometheus.echo.gone', 7)
    const stream = await ask('api/v0/web/graph?window=1')
    await stream.pass(0)
    counts.add('prometheus.scrape.s', 'mod.m/prometheus.relabel.r', 2)
    counts.add('prometheus.scrape.s', 'prometheus.remote_write.w', 2)
    await stream.pass(1000)
    expect(stream.text()).toContain(whole('prometheus.scrape.s', 2))
  })

  it('counts targets per publication, as upstream', async () => {
    const { counts, ask } = setUp()
    const stream = await ask('api/v0/web/graph?window=4')
    await stream.pass(0)
    counts.add('prometheus.exporter.self.e', '', 1)
    await stream.pass(4000)
    expect(JSON.parse(stream.text().replace('|;|', ''))).toEqual([
      {
        componentID: 'prometheus.exporter.self.e',
        targetComponentIDs: null,
        type: 'target',
        rate: 0.25,
      },
    ])
  })

  it('joins the windows that a slow reader has missed', async () => {
    const { counts, ask, clock } = setUp()
    const stream = await ask('api/v0/web/graph?window=1')
    await stream.pass(0)
    stream.pause()
    await stream.pass(1000)
    counts.add('prometheus.scrape.s', 'mod.m/prometheus.relabel.r', 8)
    counts.add('prometheus.scrape.s', 'prometheus.remote_write.w', 8)
    await clock.advance(3500)
    await stream.resume()
    await stream.pass(0)
    expect(stream.text()).toContain(whole('prometheus.scrape.s', 8 / 3))
    await stream.pass(500)
    expect(stream.text().split('|;|')).toHaveLength(4)
  })

  it.each([
    ['window=0', 400],
    ['window=61', 400],
    ['window=1.5', 400],
    ['window=abc', 400],
    ['window=1', 200],
    ['window=60', 200],
    ['window=', 200],
    ['', 200],
  ])('answers ?%s with %i, and ends there where it is refused', async (query, status) => {
    const { ask } = setUp()
    const stream = await ask(`api/v0/web/graph?${query}`)
    expect(stream.status).toBe(status)
    if (status === 200) return
    expect(stream.body).toBe('Invalid window: must be an integer between 1 and 60\n')
    expect((await ask(`api/alloyts/v1/graph?${query}`)).status).toBe(400)
  })

  it('knows no other module', async () => {
    const { ask } = setUp()
    const { status, body } = await ask('api/v0/web/graph/nope?window=1')
    expect([status, body]).toEqual([500, 'module not found\n'])
  })

  it('ends with its signal, and leaves no timer', async () => {
    const { ask, clock } = setUp()
    const stream = await ask('api/v0/web/graph')
    await stream.pass(0)
    expect(clock.timers).toBe(1)
    await stream.end()
    expect([stream.isOver(), clock.timers]).toEqual([true, 0])
  })
})

describe('our graph stream', () => {
  it('tells the rate of every edge of all modules, and how many targets there are', async () => {
    const { counts, ask, clock } = setUp()
    const stream = await ask('api/alloyts/v1/graph?window=2')
    expect(stream.headers).toEqual({ 'content-type': 'application/x-ndjson' })
    await stream.pass(0)
    counts.add('prometheus.scrape.s', 'mod.m/prometheus.relabel.r', 8)
    await stream.pass(2000)
    const type = 'prometheus_metric'
    expect(JSON.parse(stream.text())).toEqual({
      atMs: clock.now(),
      windowSeconds: 2,
      edges: [
        { from: 'prometheus.exporter.self.e', to: 'prometheus.scrape.s', type: 'target', rate: 3 },
        { from: 'prometheus.scrape.s', to: 'mod.m/prometheus.relabel.r', type, rate: 4 },
        { from: 'prometheus.scrape.s', to: 'prometheus.remote_write.w', type, rate: 0 },
        { from: 'mod.m/prometheus.relabel.r', to: 'prometheus.remote_write.w', type, rate: 0 },
      ],
    })
  })
})
