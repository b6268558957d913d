// States of the terminal UI made of recorded answers, at a fixed time.

import type { ComponentSummary, Info, LogLine, Meta } from '../../src/client/api.ts'
import { detailOf, inTreeOrder, summaryOf } from '../../src/client/components.ts'
import { edgeRatesOf, throughputs } from '../../src/client/graph_rates.ts'
import { targetsOf } from '../../src/client/targets.ts'
import { type Data, firstData, firstView, type State, type View } from '../../src/tui/state.ts'
import { type RecordingName, recordingOf } from './replayed_alloy.ts'

export const nowMs = Date.parse('2026-11-24T04:00:00Z')

export const info: Info = {
  alloyts: 1,
  version: '0.1.0',
  nodeVersion: 'v20.20.0',
  platform: 'linux/amd64',
  hostname: 'demo-host',
  startedMs: nowMs - 273_840_000,
  uiPathPrefix: '/',
  configPath: 'config.alloy',
  clustering: { enabled: false },
  remotecfg: { enabled: false },
  liveDebugging: { enabled: true },
  lastLoad: { ok: true, atMs: nowMs - 720_000, error: '' },
}

/** What Go Alloy of that recording shows once everything has been asked. */
export function recordedState(
  name: RecordingName,
  view: Partial<View> = {},
  data: Partial<Data> = {},
): State {
  const { answers, streams } = recordingOf(name)
  const found: ComponentSummary[] = []
  for (const [path, { body }] of Object.entries(answers)) {
    if (/^\/api\/v0\/web\/(modules\/.*\/)?components$/.test(path) && body.startsWith('[')) {
      found.push(...(JSON.parse(body) as unknown[]).map(summaryOf))
    }
  }
  const components = inTreeOrder(found)
  const byId = new Map(components.map((each) => [each.id, each]))
  const edges = Object.entries(streams).flatMap(([path, text]) => {
    const [, moduleId] = /^\/api\/v0\/web\/graph(?:\/(.*))?$/.exec(path) ?? []
    if (!path.startsWith('/api/v0/web/graph')) return []
    const record = text.split('|;|').find((each) => each.length > 2) ?? '[]'
    return edgeRatesOf(JSON.parse(record), moduleId ?? '', byId)
  })
  const flow = throughputs(edges)
  const trends = new Map(
    [...flow].map(([id, { out }]) => [
      id,
      Array.from({ length: 12 }, (_, i) => (out * (i % 5)) / 5),
    ]),
  )
  const targets = Object.entries(answers).flatMap(([path, { body }]) => {
    return path.startsWith('/api/v0/web/components/') && body.startsWith('{')
      ? targetsOf(detailOf(JSON.parse(body)))
      : []
  })
  return {
    data: {
      ...firstData('http://127.0.0.1:12345/', 1000, nowMs),
      server: { kind: 'alloyts', info },
      info,
      connection: { lastMs: nowMs - 300, error: '' },
      components,
      edges,
      flow,
      trends,
      targets,
      targetsTotal: targets.length,
      peers: [{ name: 'demo-host', addr: '127.0.0.1:12401', isSelf: true, state: 'participant' }],
      meta,
      logs,
      ...data,
    },
    view: { ...firstView(''), ...view },
  }
}

/** Its detail screen. */
export function detailState(name: RecordingName, id: string, view: Partial<View> = {}): State {
  const { body } = recordingOf(name).answers[`/api/v0/web/components/${id}`]!
  const detail = { id, detail: detailOf(JSON.parse(body)), error: '' }
  return recordedState(name, { screen: 'detail', detailId: id, ...view }, { detail })
}

const wave = (most: number) =>
  Array.from({ length: 90 }, (_, i) => most * (0.5 + ((i * 7) % 13) / 26))

const meta: Meta = {
  intervalSeconds: 5,
  lastMs: nowMs,
  series: {
    cpu_cores: wave(0.34),
    resident_bytes: wave(212 << 20),
    loop_delay_p99_seconds: wave(0.012),
    samples_scraped_per_second: [...new Array<null>(30).fill(null), ...wave(12_100).slice(30)],
    samples_sent_per_second: wave(11_900),
    send_lag_seconds: wave(0.4),
    shards: new Array<number>(90).fill(1),
    active_series: wave(48_210),
  },
}

const logs: LogLine[] = [
  line('info', 'prometheus.scrape.node', 'started component', {}),
  line('debug', '', 'reading the configuration', { path: 'config.alloy' }),
  line('error', 'prometheus.remote_write.sink', 'cannot send samples', {
    err: 'status 500',
    url: 'http://mimir:9009',
  }),
  // What a hostile target may bring into a log.
  line(
    'warn',
    'prometheus.scrape.node',
    'label \u001b]0;owned\u0007 \u001b[2J\u202egnp.exe ä 漢字 😀',
    { a: 'b\nc' },
  ),
]

function line(
  level: LogLine['level'],
  component: string,
  message: string,
  fields: Record<string, string>,
): LogLine {
  return { atMs: nowMs - 65_000, level, component, message, fields }
}
