// Targets of Go Alloy, which lists them nowhere: they are in the debug info of what scrapes them.

import { parseDurationMs } from '../go/duration.ts'
import { attributeOf, type BodyStatement, textOf } from './alloy_body.ts'
import type { ComponentSummary, ScrapedTarget, TargetPage } from './api.ts'
import type { ComponentDetail } from './components.ts'
import { timeOf } from './json_fields.ts'

export interface TargetQuery {
  readonly state?: ScrapedTarget['state']
  /** Global id. */
  readonly component?: string
  /** A part of its job, URL, labels or error, in any case. */
  readonly text?: string
  readonly limit?: number
  readonly offset?: number
}

/** Whether the debug info of such a component lists targets. */
export function scrapes({ name }: Pick<ComponentSummary, 'name'>): boolean {
  return (
    name === 'prometheus.scrape' ||
    name === 'pyroscope.scrape' ||
    name.startsWith('prometheus.operator.')
  )
}

export function targetsOf(detail: ComponentDetail): readonly ScrapedTarget[] {
  return targetBlocks(detail.debugInfo).map((body) => targetOf(detail.id, body))
}

/** The blocks of prometheus.operator.* are one level deeper. */
function targetBlocks(body: readonly BodyStatement[]): (readonly BodyStatement[])[] {
  return body.flatMap((each) => {
    if (each.type !== 'block') return []
    const isTarget = /^targets?$/.test(each.name) && attributeOf(each.body, 'url') !== undefined
    return isTarget ? [each.body] : targetBlocks(each.body)
  })
}

function targetOf(component: string, body: readonly BodyStatement[]): ScrapedTarget {
  const text = (name: string) => textOf(attributeOf(body, name))
  const health = text('health')
  const labels = attributeOf(body, 'labels')
  const entries = labels?.type === 'object' ? labels.value : []
  return {
    component,
    job: text('job'),
    url: withoutUserInfo(text('url')),
    state: health === 'up' || health === 'down' ? health : 'unknown',
    labels: Object.fromEntries(entries.map(({ key, value }) => [key, textOf(value)])),
    lastScrapeMs: timeOf(text('last_scrape')),
    lastDurationSeconds: secondsOf(text('last_scrape_duration')),
    lastError: text('last_error'),
    owner: '',
  }
}

function withoutUserInfo(url: string): string {
  return url.replace(/^([a-z][a-z0-9+.-]*:\/\/)[^/?#]*@/i, '$1')
}

function secondsOf(duration: string): number {
  try {
    return parseDurationMs(duration) / 1000
  } catch {
    return 0
  }
}

/** What the own API answers to the same query. */
export function pageOf(all: readonly ScrapedTarget[], query: TargetQuery): TargetPage {
  const wanted = query.text?.toLowerCase() ?? ''
  const matching = all.filter((target) => {
    if (query.component !== undefined && target.component !== query.component) return false
    return wanted === '' || searched(target).includes(wanted)
  })
  const counts = { up: 0, down: 0, unknown: 0 }
  for (const { state } of matching) counts[state]++
  const shown = matching.filter(({ state }) => query.state === undefined || state === query.state)
  const { limit = shown.length, offset = 0 } = query
  return { counts, total: shown.length, items: shown.slice(offset, offset + limit) }
}

function searched({ component, job, labels, lastError, url }: ScrapedTarget): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}=${value}`)
  return [component, job, url, ...pairs, lastError].join('\n').toLowerCase()
}
