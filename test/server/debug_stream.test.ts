import { describe, expect, it } from 'vitest'
import { LiveDebug, type Viewer } from '../../src/engine/live_debug.ts'
import { Fanout } from '../../src/model/fanout.ts'
import { LabelPool } from '../../src/model/label_pool.ts'
import { silentLogger } from '../../src/model/logger.ts'
import { accepted } from '../../src/model/receiver.ts'
import type { SampleBatch } from '../../src/model/samples.ts'
import { debugStreams } from '../../src/server/debug_stream.ts'
import { askStream } from '../support/ask_stream.ts'
import { componentView, engineView } from '../support/engine_view.ts'
import { SimulatedClock } from '../support/simulated_clock.ts'

const path = 'api/v0/web/debug/prometheus.scrape.s'

function setUp(random = () => 0) {
  const components = [
    componentView('prometheus.scrape.s', { supportsLiveDebugging: true }),
    componentView('mod.m', { createdModuleIds: ['mod.m'] }),
    componentView('prometheus.scrape.s', { supportsLiveDebugging: true, moduleId: 'mod.m' }),
    componentView('local.file.f'),
  ]
  const viewers = new Map<string, Viewer>()
  const state = { isEnabled: true }
  const engine = engineView(components, {
    isLiveDebuggingEnabled: () => state.isEnabled,
    watch: (id, viewer) => {
      viewers.set(id, viewer)
      return () => viewers.delete(id)
    },
  })
  const clock = new SimulatedClock()
  const route = debugStreams({ engine, clock, random })
  const show = (text: string, id = 'prometheus.scrape.s') => {
    const viewer = viewers.get(id)
    if (viewer?.wants()) viewer.record(text)
  }
  return { ask: (asked = path) => askStream(route, asked, clock), show, viewers, state, clock }
}

/** A fan-out of `prometheus.scrape.s` that may be watched by clients. */
function setUpFanout() {
  const pool = new LabelPool()
  const clock = new SimulatedClock()
  const live = new LiveDebug({ clock, pool })
  live.isEnabled = true
  const engine = engineView(
    [componentView('prometheus.scrape.s', { supportsLiveDebugging: true })],
    { isLiveDebuggingEnabled: () => true, watch: (id, viewer) => live.watch(id, viewer) },
  )
  const fanout = new Fanout<SampleBatch>(
    { id: 'prometheus.scrape.s', clock, logger: silentLogger, rows: ({ length }) => length },
    [{ id: 'prometheus.echo.e', push: () => accepted }],
  )
  live.open('prometheus.scrape.s').add(fanout)
  const series = pool.intern(['__name__', 'm', 'long', 'x'.repeat(1000)])
  const batch: SampleBatch = {
    length: 100,
    series: new Uint32Array(100).fill(series),
    kinds: new Uint8Array(100),
    times: 0,
    values: new Float64Array(100),
  }
  const { signal } = new AbortController()
  const push = (pushed = batch) => fanout.push(pushed, { signal })
  const route = debugStreams({ engine, clock, random: () => 0 })
  return { live, push, batch, ask: () => askStream(route, path, clock) }
}

describe('pushes', () => {
  it('do not wait for a client that reads nothing, nor does what waits for it grow', async () => {
    const { push, ask, live } = setUpFanout()
    const stream = await ask()
    stream.pause()
    await stream.pass(0)
    expect(push()).toBe(accepted)
    await stream.pass(1000)
    const first = stream.text().length
    for (let i = 0; i < 1000; i++) expect(push()).toBe(accepted)
    await stream.resume()
    await stream.pass(1000)
    const held = stream.text().length - first
    expect(held).toBeGreaterThan(1 << 20)
    expect(held).toBeLessThan(1.01 * (1 << 20))
    const missed = Number(/missed (\d+)\|;\|$/.exec(stream.text())?.[1])
    const shown = stream.text().split('sample: ').length - 1
    expect(shown + missed).toBe(100 * 1001)
    expect(live.missedRecords).toBe(missed)
  })

  it('are not looked at while nobody watches, and never fail for those who do', async () => {
    const { push, batch, ask } = setUpFanout()
    const unread = {
      ...batch,
      get series(): Uint32Array {
        throw new Error('read')
      },
    }
    expect(push(unread)).toBe(accepted)
    const stream = await ask()
    await stream.pass(0)
    expect(push(unread)).toBe(accepted)
    await stream.pass(1000)
    expect(stream.text()).toBe('cannot be shown: read|;|')
    await stream.end()
    expect(push(unread)).toBe(accepted)
  })
})

describe('the debug stream', () => {
  it('sends what has come in once a second, and nothing where nothing has', async () => {
    const { ask, show, clock } = setUp()
    const stream = await ask()
    expect([stream.status, stream.headers]).toEqual([
      200,
      { 'content-type': 'text/plain; charset=utf-8' },
    ])
    await stream.pass(1000)
    expect(stream.text()).toBe('')
    show('a')
    show('b')
    await stream.pass(999)
    expect(stream.text()).toBe('')
    await stream.pass(1)
    expect(stream.text()).toBe('a|;|b|;|')
    await stream.end()
    expect([stream.isOver(), clock.timers]).toEqual([true, 0])
  })

  it('watches components of modules by their global id', async () => {
    const { ask, show } = setUp()
    const stream = await ask('api/v0/web/debug/mod.m/prometheus.scrape.s')
    await stream.pass(0)
    show('inside', 'mod.m/prometheus.scrape.s')
    await stream.pass(1000)
    expect(stream.text()).toBe('inside|;|')
  })

  it('holds a megabyte for a slow client, and says how much it missed', async () => {
    const { ask, show } = setUp()
    const stream = await ask()
    await stream.pass(0)
    for (let i = 0; i < 12; i++) show('x'.repeat(1 << 17))
    await stream.pass(1000)
    expect(stream.text()).toHaveLength(8 * ((1 << 17) + 3) + 'missed 4|;|'.length)
    expect(stream.text().endsWith('x|;|missed 4|;|')).toBe(true)
    show('y')
    await stream.pass(1000)
    expect(stream.text().endsWith('missed 4|;|y|;|')).toBe(true)
  })

  it('makes lines of JSON where it is asked to, so that any text may be in them', async () => {
    const { ask, show, viewers, state, clock } = setUp()
    const stream = await ask(`${path}?format=ndjson`)
    expect(stream.headers).toEqual({ 'content-type': 'application/x-ndjson' })
    await stream.pass(0)
    show('a |;|\nb\udcff')
    viewers.get('prometheus.scrape.s')?.missed(3)
    await stream.pass(1000)
    const atMs = clock.now()
    const lines = () => stream.text().trimEnd().split('\n')
    expect(lines().map((line) => JSON.parse(line))).toEqual([
      { atMs, text: 'a |;|\nb\ufffd' },
      { atMs, missed: 3 },
    ])
    state.isEnabled = false
    await stream.pass(1000)
    expect(JSON.parse(lines().at(-1) ?? '').ended).toContain('disabled')
    expect(stream.isOver()).toBe(true)
  })

  it('takes a share of the records', async () => {
    const dice = [0.1, 0.5, 0.49, 0.9]
    const { ask, show, viewers } = setUp(() => dice.shift() ?? 1)
    const stream = await ask(`${path}?sampleProb=0.5`)
    await stream.pass(0)
    for (const text of ['a', 'b', 'c', 'd']) show(text)
    viewers.get('prometheus.scrape.s')?.missed(10)
    await stream.pass(1000)
    expect(stream.text()).toBe('a|;|c|;|missed 5|;|')
  })

  it.each([
    ['2', 400],
    ['-0.1', 400],
    ['abc', 400],
    ['NaN', 400],
    ['0', 200],
    ['1e-3', 200],
    ['', 200],
  ])('answers sampleProb=%s with %i, and ends there where it is refused', async (value, status) => {
    const { ask, viewers } = setUp()
    const stream = await ask(`${path}?sampleProb=${value}`)
    expect(stream.status).toBe(status)
    if (status === 200) return
    expect(stream.body).toBe('Invalid sample probability\n')
    expect(viewers.size).toBe(0)
  })

  it.each([
    ['nope.x', 'component not found'],
    ['mod.m', 'the component "mod" does not support live debugging'],
    ['local.file.f', 'the component "local.file" does not support live debugging'],
  ])('refuses %s: %s', async (id, reason) => {
    const { ask } = setUp()
    const { status, body, headers } = await ask(`api/v0/web/debug/${id}`)
    expect([status, body]).toEqual([500, `${reason}\n`])
    expect(headers['x-content-type-options']).toBe('nosniff')
  })

  it('says first that live debugging is disabled', async () => {
    const { ask, state } = setUp()
    state.isEnabled = false
    const { status, body } = await ask('api/v0/web/debug/nope.x')
    expect([status, body]).toEqual([
      500,
      'the live debugging service is disabled. ' +
        'Check the documentation to find out how to enable it\n',
    ])
  })

  it('serves 64 clients at a time, and another once one has left', async () => {
    const { ask } = setUp()
    const streams = await Promise.all(Array.from({ length: 64 }, () => ask()))
    const refused = await ask()
    expect([refused.status, refused.body]).toEqual([503, 'more than 64 clients watch already\n'])
    await streams[0]?.end()
    expect((await ask()).status).toBe(200)
  })

  it('knows no other format', async () => {
    const { ask } = setUp()
    expect((await ask(`${path}?format=xml`)).status).toBe(400)
  })
})
