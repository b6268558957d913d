import { describe, expect, it } from 'vitest'
import type { TargetPage } from '../../../src/client/api.ts'
import type { TargetState } from '../../../src/engine/target_state.ts'
import { askOwn } from '../../support/ask_own.ts'
import { componentView, engineView } from '../../support/engine_view.ts'

function target(url: string, changes: Partial<TargetState> = {}): TargetState {
  return {
    job: 'node',
    url,
    labels: ['instance', new URL(url).host, 'job', 'node'],
    status: { health: 'up', lastError: '', lastScrapeMs: 1000, lastDurationMs: 12.5 },
    ...changes,
  }
}

const failed = (lastError: string): Partial<TargetState> => ({
  status: { health: 'down', lastError, lastScrapeMs: 2000, lastDurationMs: 1 },
})

const engine = engineView([
  componentView('prometheus.scrape.a', {
    targets: () => [
      target('http://a:1/metrics'),
      target('http://b:1/metrics', failed('Get "http://me:pw@b:1/metrics": hunter2-hunter2')),
    ],
  }),
  componentView('outer.o', { createdModuleIds: ['outer.o'] }),
  componentView('prometheus.scrape.in', {
    moduleId: 'outer.o',
    targets: () => [
      target('http://me:pw@c:1/metrics', {
        labels: ['__proto__', 'x', 'zone', 'hunter2-hunter2', 'dc', 'EU-1'],
        status: { health: 'unknown', lastError: '', lastScrapeMs: 0, lastDurationMs: 0 },
      }),
      target('http://d:1/?t=hunter2-hunter2'),
    ],
  }),
])

async function page(query: string, of = engine): Promise<TargetPage> {
  const answer = await askOwn(of, `targets${query}`)
  expect(answer?.status).toBe(200)
  return answer?.body as TargetPage
}

const urls = async (query: string) => (await page(query)).items.map(({ url }) => url)
const [a, b, c, d] = [
  'http://a:1/metrics',
  'http://b:1/metrics',
  'http://c:1/metrics',
  'http://d:1/?t=(secret)',
]

describe('targets', () => {
  it('are those of all components, as they were scraped last', async () => {
    const { counts, total, items } = await page('')
    expect([counts, total]).toEqual([{ up: 2, down: 1, unknown: 1 }, 4])
    expect(items[0]).toEqual({
      component: 'prometheus.scrape.a',
      job: 'node',
      url: a,
      state: 'up',
      labels: { instance: 'a:1', job: 'node' },
      lastScrapeMs: 1000,
      lastDurationSeconds: 0.0125,
      lastError: '',
      owner: 'host',
    })
  })

  it('show neither logins nor secrets', async () => {
    const { items } = await page('')
    expect(items.map(({ url }) => url)).toEqual([a, b, c, d])
    expect(items[1]?.lastError).toBe('Get "http://b:1/metrics": (secret)')
    expect(JSON.stringify(items)).not.toMatch(/pw|hunter2-hunter2/)
  })

  it('keep labels with odd names', async () => {
    const { items } = await page('?q=EU-1')
    expect(Object.entries(items[0]?.labels ?? {})).toContainEqual(['__proto__', 'x'])
  })

  it.each<[what: string, query: string, found: (string | undefined)[]]>([
    ['by state', '?state=down', [b]],
    ['by component', '?component=outer.o%2Fprometheus.scrape.in', [c, d]],
    ['by a text of the URL', '?q=B:1', [b]],
    ['by a text of a label', '?q=eu-1', [c]],
    ['by a label and its value', '?q=DC%3DEU', [c]],
    ['by a text of the error', '?q=get+%22', [b]],
    ['by a text of the component', '?q=scrape.in', [c, d]],
    ['by all at once', '?q=metrics&state=up&component=prometheus.scrape.a', [a]],
    ['not by a secret', '?q=hunter2-', []],
    ['not by a login', '?q=me:pw', []],
    ['from an offset', '?offset=3', [d]],
    ['up to a limit', '?limit=2', [a, b]],
    ['not beyond the end', '?offset=4', []],
    ['none', '?limit=0', []],
  ])('are found %s', async (_, query, found) => {
    expect(await urls(query)).toEqual(found)
  })

  it('are counted by state whatever state is asked for', async () => {
    const { counts, total } = await page('?state=down&q=metrics')
    expect([counts, total]).toEqual([{ up: 1, down: 1, unknown: 1 }, 1])
  })

  it('are nothing where nothing is scraped', async () => {
    const counts = { up: 0, down: 0, unknown: 0 }
    expect(await page('', engineView([]))).toEqual({ counts, total: 0, items: [] })
  })
})

describe('10,000 targets', () => {
  const many = Array.from({ length: 10_000 }, (_, i) =>
    target(`http://host-${i}.example:9100/metrics`, {
      labels: Array.from({ length: 20 }, (_, k) => (k % 2 ? `value-${i}-${k}` : `label_${k}`)),
    }),
  )
  const large = engineView([componentView('prometheus.scrape.a', { targets: () => many })])

  it.each([
    ['a page', '?offset=9000&limit=1000', 10_000],
    ['a text that one has', '?q=value-4711-7', 1],
    ['a text that all have', '?q=host', 10_000],
  ])('do not hold the event loop: %s', async (_, query, total) => {
    await page(query, large) // compiled
    let longestMs = Number.POSITIVE_INFINITY
    // The garbage collector's threads count too: the best of a few is what the code itself takes.
    for (let i = 0; i < 5; i++) {
      const { answer, ms } = await longestTurn(() => askOwn(large, `targets${query}`))
      expect(answer?.body).toMatchObject({ total })
      longestMs = Math.min(longestMs, ms)
    }
    expect(longestMs).toBeLessThan(20)
  })
})

/** Processor time of the longest turn of the event loop, however long others had the processor. */
async function longestTurn<T>(work: () => Promise<T>): Promise<{ answer: T; ms: number }> {
  let longest = 0
  let isOver = false
  let last = process.cpuUsage()
  const turn = () => {
    const { user, system } = process.cpuUsage(last)
    longest = Math.max(longest, user + system)
    last = process.cpuUsage()
    if (!isOver) setImmediate(turn)
  }
  setImmediate(turn)
  const answer = await work()
  isOver = true
  turn()
  return { answer, ms: longest / 1000 }
}
