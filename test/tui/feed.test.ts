import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { AlloyClient } from '../../src/client/client.ts'
import { Feed } from '../../src/tui/feed.ts'
import { connectionState } from '../../src/tui/frame.ts'
import { firstView, type View } from '../../src/tui/state.ts'
import { freePort } from '../support/http_server.ts'
import { type RecordingName, replayAlloy } from '../support/replayed_alloy.ts'

function feedOf(origin: string, view: Partial<View> = {}): Feed {
  const client = new AlloyClient({ baseUrl: origin })
  const feed = new Feed({ client, url: origin, intervalMs: 1000, onChange: () => undefined })
  feed.want({ ...firstView(''), ...view })
  void feed.run()
  onTestFinished(() => feed.close())
  return feed
}

async function replayed(name: RecordingName, view: Partial<View> = {}) {
  const alloy = await replayAlloy(name, { cuts: [7, 1, 300] })
  return { alloy, feed: feedOf(alloy.origin, view) }
}

const soon = { timeout: 10_000 }

describe('a feed', () => {
  it('knows components, rates and figures of Go Alloy', async () => {
    const { feed } = await replayed('metrics')
    await vi.waitFor(() => {
      feed.tick(Date.now())
      expect(feed.data.components).toHaveLength(8)
      expect(feed.data.flow.get('prometheus.scrape.self')?.out).toBeGreaterThan(0)
      expect(feed.data.meta?.series.active_series).toBeDefined()
    }, soon)
    expect(connectionState(feed.data)).toBe('connected')
    expect(feed.data.trends.get('prometheus.scrape.self')?.at(-1)).toBeGreaterThan(0)
  })

  it('knows rates inside modules', async () => {
    const { feed } = await replayed('modules')
    await vi.waitFor(() => {
      feed.tick(Date.now())
      expect(feed.data.flow.get('lib.sender.one/prometheus.scrape.inner')?.out).toBeGreaterThan(0)
    }, soon)
  })

  it('keeps the shape of the graph while only health and rates change', async () => {
    const { alloy, feed } = await replayed('metrics')
    await vi.waitFor(() => expect(feed.data.components).toHaveLength(8), soon)
    const { components, shape } = feed.data
    await vi.waitFor(() => expect(feed.data.components).not.toBe(components), soon)
    expect(feed.data.shape).toBe(shape)
    expect(alloy.requests.filter((each) => each.includes('/graph'))).toHaveLength(1)
  })

  it('asks for targets and peers only where they are shown', async () => {
    const { alloy, feed } = await replayed('metrics')
    await vi.waitFor(() => expect(feed.data.meta).toBeDefined(), soon)
    expect(alloy.requests.some((each) => each.endsWith('/prometheus.scrape.node'))).toBe(false)
    feed.want({ ...firstView(''), screen: 'targets' })
    await vi.waitFor(() => expect(feed.data.targets).toHaveLength(5), soon)
    expect(feed.data.peers).toEqual([])
    feed.want({ ...firstView(''), screen: 'cluster' })
    await vi.waitFor(() => expect(feed.data.peers).toHaveLength(1), soon)
  })

  it('shows a component, or why it cannot', async () => {
    const { feed } = await replayed('metrics', {
      screen: 'detail',
      detailId: 'prometheus.scrape.self',
    })
    await vi.waitFor(() => expect(feed.data.detail?.detail?.exports).toEqual([]), soon)
    feed.want({ ...firstView(''), screen: 'detail', detailId: 'nope.x' })
    await vi.waitFor(() => expect(feed.data.detail?.error).toMatch(/404/), soon)
  })

  it('says that Go Alloy has no log', async () => {
    const { feed } = await replayed('metrics', { screen: 'logs' })
    await vi.waitFor(() => expect(feed.data.failures.logs).toMatch(/to nobody/), soon)
  })

  it('shows live records while they are looked at, and none while paused', async () => {
    const { alloy, feed } = await replayed('logs')
    const view = { ...firstView(''), screen: 'debug' as const, debugIds: ['loki.process.app'] }
    feed.want(view)
    await vi.waitFor(() => expect(feed.data.debug.records.length).toBeGreaterThan(10), soon)
    const [record] = feed.data.debug.records
    expect(record).toMatchObject({ component: 'loki.process.app' })
    feed.want({ ...view, isPaused: true })
    const shown = feed.data.debug.records.length
    // Another share of the records asks anew, and they are counted but not shown.
    feed.want({ ...view, isPaused: true, debugProbability: 0.1 })
    await vi.waitFor(() => expect(feed.data.debug.total).toBeGreaterThan(shown), soon)
    expect(feed.data.debug.records).toHaveLength(shown)
    expect(alloy.requests.at(-1)).toMatch(/sampleProb=0\.1/)
    feed.want({ ...view, debugIds: ['nope.x'] })
    await vi.waitFor(
      () => expect(feed.data.debug.error).toMatch(/nope\.x: .*component not found/),
      soon,
    )
    expect(feed.data.debug.records).toEqual([])
  })

  it('says that the collector is gone, keeps what it knows, and heals', async () => {
    const port = await freePort()
    const first = await replayAlloy('metrics', { port })
    const feed = feedOf(first.origin)
    await vi.waitFor(() => expect(feed.data.components).toHaveLength(8), soon)
    await first.close()
    feed.refresh()
    await vi.waitFor(() => expect(connectionState(feed.data)).toBe('lost'), soon)
    expect(feed.data.components).toHaveLength(8)
    await replayAlloy('logs', { port })
    feed.refresh()
    await vi.waitFor(() => {
      expect(connectionState(feed.data)).toBe('connected')
      expect(feed.data.components).toHaveLength(6)
      feed.tick(Date.now())
      expect(feed.data.flow.get('loki.process.app')?.out).toBeGreaterThan(0)
    }, soon)
  })
})
