// The rows of the tables: filtered and sorted, each with a key that stays while others come and go.

import type { ComponentSummary, LogLine, ScrapedTarget } from '../client/api.ts'
import type { DebugRecord, Screen, State } from './state.ts'

/**
 * Tells what is wanted: where any of its texts matches a regular expression, in any case; with `!`
 * before it where none does.
 */
export function matcher(filter: string): (...texts: string[]) => boolean {
  const isInverse = filter.startsWith('!')
  const wanted = isInverse ? filter.slice(1) : filter
  if (wanted === '') return () => true
  const test = testOf(wanted)
  return (...texts) => texts.some(test) !== isInverse
}

/** What is no regular expression, as one that is half typed, is looked for as it stands. */
function testOf(wanted: string): (text: string) => boolean {
  try {
    const pattern = new RegExp(wanted, 'i')
    return (text) => pattern.test(text)
  } catch {
    const lower = wanted.toLowerCase()
    return (text) => text.toLowerCase().includes(lower)
  }
}

function filterOf({ view }: State, screen: Screen): (...texts: string[]) => boolean {
  return matcher(view.filters[screen] ?? '')
}

export function isFaulty({ delivery, health }: ComponentSummary): boolean {
  const isIll = health.state === 'unhealthy' || health.state === 'exited'
  return isIll || delivery?.isDelivering === false
}

const healthOrder = ['exited', 'unhealthy', 'unknown', 'healthy']

export function componentRows(state: State): readonly ComponentSummary[] {
  const { data, view } = state
  const wanted = filterOf(state, 'components')
  const rows = data.components.filter((each) => {
    if (view.onlyFaults && !isFaulty(each)) return false
    return wanted(each.id, each.health.state, each.health.message)
  })
  const rate = (id: string, side: 'in' | 'out') => data.flow.get(id)?.[side] ?? 0
  switch (view.componentSort) {
    case 'tree':
      return rows
    case 'name':
      return rows.sort((a, b) => compare(a.id, b.id))
    case 'health':
      return rows.sort((a, b) => {
        return healthOrder.indexOf(a.health.state) - healthOrder.indexOf(b.health.state)
      })
    case 'in':
    case 'out': {
      const side = view.componentSort
      return rows.sort((a, b) => rate(b.id, side) - rate(a.id, side))
    }
  }
}

export function targetKey({ component, labels, url }: ScrapedTarget): string {
  return `${component} ${url} ${labels.instance ?? ''}`
}

const stateOrder = ['down', 'unknown', 'up']

export function targetRows(state: State): readonly ScrapedTarget[] {
  const { data, view } = state
  const wanted = filterOf(state, 'targets')
  const rows = data.targets.filter((each) => {
    if (view.onlyFaults && each.state !== 'down') return false
    return wanted(each.component, each.job, each.url, each.state, each.lastError)
  })
  switch (view.targetSort) {
    case 'component':
      return rows.sort((a, b) => compare(a.component, b.component) || compare(a.url, b.url))
    case 'state':
      return rows.sort((a, b) => stateOrder.indexOf(a.state) - stateOrder.indexOf(b.state))
    case 'duration':
      return rows.sort((a, b) => b.lastDurationSeconds - a.lastDurationSeconds)
    case 'age':
      return rows.sort((a, b) => a.lastScrapeMs - b.lastScrapeMs)
  }
}

const severity: Readonly<Record<LogLine['level'], number>> = {
  debug: 0,
  info: 1,
  warn: 2,
  error: 3,
}

export function logRows(state: State): readonly LogLine[] {
  const { data, view } = state
  const wanted = filterOf(state, 'logs')
  return data.logs.filter((line) => {
    if (severity[line.level] < severity[view.logLevel]) return false
    if (view.logComponent !== undefined && line.component !== view.logComponent) return false
    return wanted(logText(line))
  })
}

/** Without its time and level. */
export function logText({ component, fields, message }: LogLine): string {
  const pairs = Object.entries(fields).map(([name, value]) => `${name}=${value}`)
  return [message, ...(component === '' ? [] : [component]), ...pairs].join(' ')
}

export function debugRows(state: State): readonly DebugRecord[] {
  const wanted = filterOf(state, 'debug')
  return state.data.debug.records.filter(({ text }) => wanted(text))
}

/** The keys of the rows of a table; none for other screens. */
export function rowKeys(state: State, screen: Screen): readonly string[] {
  if (screen === 'components') return componentRows(state).map(({ id }) => id)
  if (screen === 'targets') return targetRows(state).map(targetKey)
  if (screen === 'cluster') return state.data.peers.map(({ name }) => name)
  return []
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
