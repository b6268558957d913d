// A whole frame: the head with how the collector is, the screen, and the line for messages and
// prompts at the bottom.

import { candidates } from './commands.ts'
import { isFaulty } from './rows.ts'
import { clusterScreen } from './screens/cluster.ts'
import { componentsScreen } from './screens/components.ts'
import { debugScreen } from './screens/debug.ts'
import { detailScreen } from './screens/detail.ts'
import { graphScreen } from './screens/graph.ts'
import { helpScreen } from './screens/help.ts'
import { logsScreen } from './screens/logs.ts'
import { metaScreen, smallFigure } from './screens/meta.ts'
import { targetsScreen } from './screens/targets.ts'
import { type Data, type Screen, type State, screens } from './state.ts'
import { bytes, count, duration, widthOf } from './text.ts'
import type { Role, Span, Theme } from './theme.ts'

/** A terminal that is smaller gets one line. */
export const widthMin = 60
export const heightMin = 15

type Draw = (state: State, width: number, height: number, theme: Theme) => string[]

const draws: Readonly<Record<Screen, Draw>> = {
  components: componentsScreen,
  graph: graphScreen,
  debug: debugScreen,
  targets: targetsScreen,
  logs: logsScreen,
  cluster: clusterScreen,
  meta: metaScreen,
  detail: detailScreen,
  help: helpScreen,
}

/** `height` lines at most, none wider than `width`. The same state gives the same frame. */
export function frame(state: State, width: number, height: number, theme: Theme): string[] {
  if (width < widthMin || height < heightMin) return [summary(state, width, theme)]
  const room = height - 3
  const body = draws[state.view.screen](state, width, room, theme).slice(0, room)
  while (body.length < room) body.push('')
  return [head(state, width, theme), tabs(state, width, theme), ...body, foot(state, width, theme)]
}

export type ConnectionState = 'connecting' | 'connected' | 'stale' | 'lost'

/** Stale when it has not answered for three intervals, and at least 5 s. */
export function connectionState({ connection, intervalMs, nowMs }: Data): ConnectionState {
  if (connection.error !== '') return 'lost'
  if (connection.lastMs === 0) return 'connecting'
  return nowMs - connection.lastMs > Math.max(5000, 3 * intervalMs) ? 'stale' : 'connected'
}

const connectionRoles: Readonly<Record<ConnectionState, Role>> = {
  connecting: 'dim',
  connected: 'good',
  stale: 'warn',
  lost: 'bad',
}

function connectionSpans({ data }: State): Span[] {
  const state = connectionState(data)
  const age =
    data.connection.lastMs === 0 ? '' : ` ${duration(data.nowMs - data.connection.lastMs)}`
  const reason = data.connection.error === '' ? '' : `: ${data.connection.error}`
  return [[connectionRoles[state], state === 'connected' ? state : `${state}${age}${reason}`]]
}

function healthSpans({ data }: State, { glyphs }: Theme): Span[] {
  const counts = { healthy: 0, unhealthy: 0, exited: 0, unknown: 0 }
  for (const { health } of data.components) counts[health.state]++
  const idle = data.components.filter(({ delivery }) => delivery?.isDelivering === false).length
  return [
    ['good', `${glyphs.healthy} ${counts.healthy}`],
    [counts.unhealthy > 0 ? 'warn' : 'dim', ` ${glyphs.unhealthy} ${counts.unhealthy}`],
    [counts.exited > 0 ? 'bad' : 'dim', ` ${glyphs.exited} ${counts.exited}`],
    ['dim', counts.unknown > 0 ? ` ${glyphs.unknown} ${counts.unknown}` : ''],
    ['warn', idle > 0 ? ` ${idle} not delivering` : ''],
  ]
}

function head(state: State, width: number, theme: Theme): string {
  const { data } = state
  const separator: Span = ['dim', `  ${theme.glyphs.rule} `.slice(1)]
  const parts: (readonly Span[])[] = [
    [
      ['title', ' alloyts'],
      ['dim', ` ${data.url.replace(/^https?:\/\//, '').replace(/\/$/, '')}`],
    ],
    connectionSpans(state),
    failedLoadSpans(data),
    healthSpans(state, theme),
    whoSpans(data),
    loadSpans(data),
    figure(state, 'cpu_cores', 'cpu', (value) => `${count(value * 100)}%`, theme),
    figure(state, 'resident_bytes', 'rss', bytes, theme),
    figure(state, 'send_lag_seconds', 'lag', (value) => duration(value * 1000), theme),
  ]
  const spans: Span[] = []
  let used = 0
  for (const part of parts.filter((each) => each.length > 0)) {
    const size = part.reduce(
      (sum, span) => sum + widthOf(typeof span === 'string' ? span : span[1]),
      3,
    )
    // What does not fit is left out as a whole; who and whether must be there.
    if (used > 0 && used + size > width && spans.length > 2) continue
    if (used > 0) spans.push(separator)
    spans.push(...part)
    used += size
  }
  return theme.line(spans, width)
}

function whoSpans({ info, nowMs, server }: Data): Span[] {
  if (server === undefined) return []
  if (info === undefined) return [['text', server.kind === 'alloy' ? 'Grafana Alloy' : 'alloyts']]
  return [`${info.hostname} `, ['dim', `v${info.version} up ${duration(nowMs - info.startedMs)}`]]
}

function loadSpans({ info, nowMs }: Data): Span[] {
  if (info?.lastLoad.ok !== true) return []
  return [['dim', `loaded ${duration(nowMs - info.lastLoad.atMs)} ago`]]
}

/** Its whole text is what a reload says. */
function failedLoadSpans({ info, nowMs }: Data): Span[] {
  if (info === undefined || info.lastLoad.ok) return []
  return [['bad', `load failed ${duration(nowMs - info.lastLoad.atMs)} ago`]]
}

function figure(
  state: State,
  name: Parameters<typeof smallFigure>[1],
  title: string,
  show: (value: number) => string,
  theme: Theme,
): Span[] {
  const text = smallFigure(state, name, show, theme)
  return text === ''
    ? []
    : [
        ['dim', `${title} `],
        ['accent', text],
      ]
}

function tabs({ view }: State, width: number, theme: Theme): string {
  const spans = screens.flatMap((screen, i): Span[] => {
    const isOpen = screen === view.screen
    return [['key', ` ${i + 1}`], ' ', [isOpen ? 'title' : 'dim', isOpen ? `[${screen}]` : screen]]
  })
  const isOther = view.screen === 'detail' || view.screen === 'help'
  if (isOther) spans.push(' ', ['title', `[${view.screen}]`])
  // At 80 columns there is no room for both.
  if (!isOther || width > 90) spans.push(['dim', '   ? help'])
  return theme.line(spans, width)
}

function foot(state: State, width: number, theme: Theme): string {
  const { data, view } = state
  if (view.isReloadAsked) {
    return theme.line(
      [['warn', ' Reload the configuration? '], ['key', 'y'], ' or any other key'],
      width,
    )
  }
  if (view.prompt !== undefined) {
    const { kind, text } = view.prompt
    const sign = kind === 'command' ? ':' : '/'
    const offered = kind === 'command' ? candidates(text, state).slice(0, 8).join('  ') : ''
    return theme.line([' ', ['key', sign], text, ['title', '_'], ['dim', `   ${offered}`]], width)
  }
  if (view.message !== undefined && view.message.untilMs > data.nowMs) {
    return theme.line([[view.message.isError ? 'bad' : 'good', ` ${view.message.text}`]], width)
  }
  return theme.line(hints(state), width)
}

function hints({ data, view }: State): Span[] {
  const filter = view.filters[view.screen]
  const active: Span[] = [
    ['warn', filter === undefined ? '' : ` /${filter}`],
    ['warn', view.onlyFaults ? ` faults only (${data.components.filter(isFaulty).length})` : ''],
    [
      'dim',
      view.screen === 'components' && view.componentSort !== 'tree'
        ? ` by ${view.componentSort}`
        : '',
    ],
    [
      'dim',
      view.screen === 'targets' && view.targetSort !== 'component' ? ` by ${view.targetSort}` : '',
    ],
  ]
  const keys = keysOf[view.screen].flatMap(([key, meaning]): Span[] => {
    return [' ', ['key', key], ['dim', ` ${meaning} `]]
  })
  return [...active, ...keys]
}

const open = ['Enter', 'open'] as const
const live = ['v', 'live'] as const
const filter = ['/', 'filter'] as const
const back = ['Esc', 'back'] as const

/** What is most used there. */
const keysOf: Readonly<Record<Screen, readonly (readonly [key: string, meaning: string])[]>> = {
  components: [
    open,
    live,
    ['l', 'logs'],
    ['s', 'sort'],
    ['C-z', 'faults'],
    filter,
    ['r', 'reload'],
    ['q', 'quit'],
  ],
  graph: [open, live, ['f', 'focus'], ['t', 'form'], ['z', 'modules'], filter, ['q', 'quit']],
  debug: [['p', 'pause'], ['+-', 'sample'], ['s', 'save'], filter, back, ['q', 'quit']],
  targets: [open, ['s', 'sort'], ['C-z', 'faults'], filter, ['q', 'quit']],
  logs: [['+-', 'level'], filter, back, ['q', 'quit']],
  cluster: [
    ['r', 'reload'],
    ['q', 'quit'],
  ],
  meta: [
    ['r', 'reload'],
    ['q', 'quit'],
  ],
  detail: [['Tab', 'next part'], ['y', 'JSON'], live, ['l', 'logs'], back],
  help: [back],
}

function summary(state: State, width: number, theme: Theme): string {
  return theme.line([...healthSpans(state, theme), ' ', ...connectionSpans(state)], width)
}
