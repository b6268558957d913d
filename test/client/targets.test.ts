import { describe, expect, it } from 'vitest'
import { detailOf } from '../../src/client/components.ts'
import { pageOf, targetsOf } from '../../src/client/targets.ts'
import { recordingOf } from '../support/replayed_alloy.ts'

function recorded(name: 'broken' | 'metrics', id: string) {
  const { body } = recordingOf(name).answers[`/api/v0/web/components/${id}`]!
  return targetsOf(detailOf(JSON.parse(body)))
}

describe('targets in debug info', () => {
  it('are those of prometheus.scrape', () => {
    const targets = recorded('metrics', 'prometheus.scrape.static')
    expect(
      targets.map(({ job, lastError, state, url }) => ({ job, url, state, lastError })),
    ).toMatchInlineSnapshot(`
      [
        {
          "job": "prometheus.scrape.static",
          "lastError": "",
          "state": "up",
          "url": "http://127.0.0.1:19101/metrics",
        },
        {
          "job": "prometheus.scrape.static",
          "lastError": "",
          "state": "up",
          "url": "http://127.0.0.1:19102/metrics",
        },
        {
          "job": "prometheus.scrape.static",
          "lastError": "Get "http://127.0.0.1:1/metrics": dial tcp 127.0.0.1:1: connect: connection refused",
          "state": "down",
          "url": "http://127.0.0.1:1/metrics",
        },
      ]
    `)
    expect(targets.every(({ lastScrapeMs }) => lastScrapeMs > Date.parse('2026-11-01'))).toBe(true)
  })

  it("were not scraped where the time is Go's zero", () => {
    const [target] = recorded('broken', 'prometheus.scrape.uses')
    expect(target).toMatchObject({ state: 'unknown', lastScrapeMs: 0, lastDurationSeconds: 0 })
  })
})

describe('a page of targets', () => {
  const target = {
    component: 'prometheus.scrape.a',
    job: 'node',
    url: 'http://host-1/metrics',
    state: 'up' as const,
    labels: { zone: 'Eu' },
    lastScrapeMs: 1,
    lastDurationSeconds: 0.1,
    lastError: '',
    owner: '',
  }
  const all = [
    target,
    { ...target, state: 'down' as const, lastError: 'connection refused' },
    { ...target, component: 'prometheus.scrape.b', url: 'http://host-2/metrics' },
  ]

  it.each([
    ['all', {}, 3, [0, 1, 2]],
    ['of a component', { component: 'prometheus.scrape.b' }, 1, [2]],
    ['in a state', { state: 'down' as const }, 1, [1]],
    ['with a text in its label, in any case', { text: 'zone=eu' }, 3, [0, 1, 2]],
    ['with a text in its error', { text: 'REFUSED' }, 1, [1]],
    ['a part of them', { limit: 1, offset: 1 }, 3, [1]],
  ])('holds %s', (_, query, total, items) => {
    const page = pageOf(all, query)
    expect(page.total).toBe(total)
    expect(page.items).toEqual(items.map((i) => all[i]))
  })

  it('counts every state of those that match', () => {
    expect(pageOf(all, { state: 'down' }).counts).toEqual({ up: 2, down: 1, unknown: 0 })
  })
})
