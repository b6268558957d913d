import { readFileSync, writeFileSync } from 'node:fs'
import stringWidth from 'string-width'
import { describe, expect, it } from 'vitest'
import { frame } from '../../src/tui/frame.ts'
import type { Data, State } from '../../src/tui/state.ts'
import { type Theme, themeOf } from '../../src/tui/theme.ts'
import { detailState, nowMs, recordedState } from '../support/tui_state.ts'

// Log lines show local times.
process.env.TZ = 'UTC'

/** What must not reach a terminal: controls, and what turns the direction of writing. */
const obeyed = /[\p{Cc}\u200b-\u200f\u202a-\u202e\u2066-\u2069\ud800]/u

const plain = themeOf({ color: false, ascii: false })
const ascii = themeOf({ color: false, ascii: true })
const coloured = themeOf({ color: true, ascii: false })

const debug: Data['debug'] = {
  components: ['loki.process.app'],
  total: 1234,
  missed: 56,
  error: '',
  records: [
    {
      component: 'loki.process.app',
      atMs: nowMs,
      text: '[IN]: timestamp: 1, entry: raw, labels: {}',
    },
    {
      component: 'loki.process.app',
      atMs: nowMs,
      text: '[OUT]: timestamp: 1, entry: kept, labels: {}',
    },
    { component: 'loki.process.app', atMs: nowMs, text: '{a="b"} => {}' },
  ],
}

const states: readonly (readonly [name: string, state: State])[] = [
  ['components', recordedState('metrics')],
  ['components_modules', recordedState('modules')],
  ['components_broken', recordedState('broken', { onlyFaults: true })],
  ['graph', recordedState('metrics', { screen: 'graph' })],
  [
    'graph_tree',
    recordedState('metrics', {
      screen: 'graph',
      graph: { form: 'tree', isCollapsed: false, hops: undefined },
    }),
  ],
  [
    'graph_logs',
    recordedState('logs', { screen: 'graph', selected: { graph: 'loki.process.app' } }),
  ],
  [
    'graph_modules',
    recordedState('modules', {
      screen: 'graph',
      graph: { form: undefined, isCollapsed: true, hops: undefined },
    }),
  ],
  ['debug', recordedState('logs', { screen: 'debug', debugIds: ['loki.process.app'] }, { debug })],
  ['targets', recordedState('metrics', { screen: 'targets' })],
  ['logs', recordedState('metrics', { screen: 'logs', logLevel: 'debug' })],
  ['cluster', recordedState('metrics', { screen: 'cluster' })],
  ['meta', recordedState('metrics', { screen: 'meta' })],
  ['detail', detailState('metrics', 'prometheus.scrape.self')],
  ['detail_debug', detailState('metrics', 'prometheus.scrape.static', { detailTab: 'debug info' })],
  ['help', recordedState('metrics', { screen: 'help' })],
  [
    'lost',
    recordedState(
      'metrics',
      {},
      { connection: { lastMs: nowMs - 42_000, error: 'connect ECONNREFUSED 127.0.0.1:12345' } },
    ),
  ],
  ['command', recordedState('metrics', { prompt: { kind: 'command', text: 'd' } })],
]

const sizes = [
  [80, 24],
  [120, 40],
  [200, 50],
] as const

function golden(name: string, text: string): void {
  const file = new URL(`testdata/${name}`, import.meta.url)
  if (process.env.UPDATE !== undefined) writeFileSync(file, text)
  expect(text).toBe(readFileSync(file, 'utf8'))
}

function drawn(state: State, width: number, height: number, theme: Theme): string[] {
  return frame({ ...state, view: { ...state.view, size: { width, height } } }, width, height, theme)
}

describe('frames', () => {
  it.each(states)('%s', (name, state) => {
    for (const [width, height] of sizes) {
      const lines = drawn(state, width, height, plain)
      expect(lines).toHaveLength(height)
      for (const line of lines) expect(stringWidth(line)).toBeLessThanOrEqual(width)
      golden(`${name}.${width}x${height}.txt`, `${lines.join('\n')}\n`)
    }
  })

  it.each(states)('%s in ASCII', (name, state) => {
    const lines = drawn(state, 80, 24, ascii)
    for (const line of lines) expect(line).toMatch(/^[\x20-\x7e]{0,80}$/)
    golden(`${name}.80x24.ascii.txt`, `${lines.join('\n')}\n`)
  })

  it.each(states)('%s is the same text in colour', (_, state) => {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: colours begin with one
    const bare = (line: string) => line.replaceAll(/\x1b\[[\d;]*m/g, '').trimEnd()
    expect(drawn(state, 120, 40, coloured).map(bare)).toEqual(drawn(state, 120, 40, plain))
  })

  it('in colour', () => {
    const lines = drawn(recordedState('broken'), 80, 24, coloured)
    golden('components_broken.80x24.colour.txt', `${lines.join('\n').replaceAll('\x1b', '\\e')}\n`)
  })

  it('is one line where the terminal is too small', () => {
    for (const [width, height] of [
      [59, 24],
      [80, 14],
      [10, 3],
      [1, 1],
    ] as const) {
      const lines = drawn(recordedState('broken'), width, height, plain)
      expect(lines).toHaveLength(1)
      expect(stringWidth(lines[0]!)).toBeLessThanOrEqual(width)
    }
  })

  it('holds nothing that a terminal obeys, wherever it comes from', () => {
    const evil = '\u001b]52;c;aGk=\u0007\u009b2J\u202e\u200b\r\n\u0000x\ud800'
    const clean = recordedState('metrics')
    const components = clean.data.components.map((each) => ({
      ...each,
      id: `${each.id}${evil}`,
      health: { ...each.health, message: evil },
    }))
    const hostile: Partial<Data> = {
      url: `http://${evil}/`,
      components,
      targets: clean.data.targets.map((each) => ({
        ...each,
        job: evil,
        url: evil,
        lastError: evil,
        labels: { [evil]: evil },
      })),
      peers: [{ name: evil, addr: evil, isSelf: false, state: evil }],
      logs: [{ atMs: 0, level: 'error', component: evil, message: evil, fields: { [evil]: evil } }],
      debug: { ...debug, error: evil, records: [{ component: evil, atMs: 0, text: evil }] },
      connection: { lastMs: 0, error: evil },
      failures: { graph: evil, targets: evil, logs: evil, cluster: evil, meta: evil },
      detail: { id: evil, detail: undefined, error: evil },
    }
    for (const screen of [
      'components',
      'graph',
      'debug',
      'targets',
      'logs',
      'cluster',
      'meta',
      'detail',
    ] as const) {
      const state = recordedState('metrics', { screen, debugIds: [evil], detailId: evil }, hostile)
      for (const line of drawn(state, 120, 40, plain)) {
        expect(line).not.toMatch(obeyed)
      }
    }
  })
})
