import { describe, expect, it } from 'vitest'
import type { SearchResults } from '../../../src/client/api.ts'
import { askOwn } from '../../support/ask_own.ts'
import { componentView, engineView } from '../../support/engine_view.ts'
import { programView } from '../../support/program_view.ts'

const status = { health: 'up', lastError: '', lastScrapeMs: 0, lastDurationMs: 0 } as const
const targets = Array.from({ length: 200 }, (_, i) => ({
  job: 'node',
  url: `http://host-${i}:9100/metrics`,
  labels: ['zone', i === 150 ? 'Needle' : 'eu'],
  status,
}))
const engine = engineView([
  componentView('prometheus.scrape.needle', { targets: () => targets }),
  componentView('prometheus.echo.e'),
])
const program = programView({
  sources: async () => [
    { path: 'a.alloy', text: '// one\n  zone = "NEEDLE"\n' },
    { path: 'b.alloy', text: `x = "${'y'.repeat(3000)} needle ${'z'.repeat(3000)}"` },
  ],
})

async function search(query: string): Promise<SearchResults> {
  const answer = await askOwn(engine, `search?${query}`, { program })
  expect(answer?.status).toBe(200)
  return answer?.body as SearchResults
}

describe('search', () => {
  it('finds components, targets and lines of the configuration, in any case', async () => {
    const { components, targets, config } = await search('q=needle')
    expect(components).toEqual(['prometheus.scrape.needle'])
    // All targets of the component have its name.
    expect(targets.total).toBe(200)
    expect(config[0]).toEqual({ path: 'a.alloy', line: 2, text: 'zone = "NEEDLE"' })
    expect(config[1]).toMatchObject({ path: 'b.alloy', line: 1 })
    expect(config[1]?.text).toContain(' needle ')
    expect(config[1]?.text.length).toBeLessThanOrEqual(500)
  })

  it('finds one target among many', async () => {
    const { components, targets, config } = await search('q=zone%3Dneedle')
    expect([components, config]).toEqual([[], []])
    expect(targets.items.map(({ url }) => url)).toEqual(['http://host-150:9100/metrics'])
  })

  it('gives at most as many of each as it is asked for', async () => {
    const { components, targets, config } = await search('q=e&limit=1')
    expect([components.length, targets.items.length, config.length]).toEqual([1, 1, 1])
    expect(targets.total).toBe(200)
  })

  it.each<[query: string, error: string]>([
    ['', 'parameter "q" is missing: the text to look for'],
    ['q=', 'parameter "q" is missing: the text to look for'],
    ['q=a&limit=0', 'parameter "limit" must be from 1 to 100'],
    ['q=a&offset=1', 'unknown parameter "offset" (allowed: q, limit)'],
  ])('refuses ?%s', async (query, error) => {
    expect(await askOwn(engine, `search?${query}`, { program })).toMatchObject({
      status: 400,
      body: { error },
    })
  })
})
