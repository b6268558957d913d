// Answers what the browser UI asks, over an engine that is made up; for tests and for `npm run ui`.

import type { IncomingMessage, ServerResponse } from 'node:http'
import type {
  ComponentSummary,
  EngineEvent,
  GraphRates,
  Info,
  LoadReport,
  LogLine,
  Meta,
  MetaName,
  ScrapedTarget,
  SearchResults,
  TargetPage,
} from '../../../src/client/api.ts'
import { declaredAs, fixtureDetail, object } from './fixture_detail.ts'
import { type FixtureEngine, fixtureEngine } from './fixture_engine.ts'

export interface FixtureOptions {
  readonly components?: number
  readonly targets?: number
  readonly uiPathPrefix?: string
  /** Answers as the original would, which has none of our own API. */
  readonly isGoAlloy?: boolean
}

export interface FixtureApi {
  /** Whether the request was one for the API; everything else is up to the caller. */
  answer(request: IncomingMessage, response: ServerResponse): boolean
  /** The next reload breaks this component, and the one after it is refused. */
  breakNext(id: string): void
}

const brokenHealth = {
  state: 'unhealthy',
  message: 'failed to build component: cannot open /etc/tokens: no such file or directory',
} as const

export function fixtureApi(options: FixtureOptions = {}): FixtureApi {
  const prefix = options.uiPathPrefix ?? '/'
  const state = new FixtureState(
    fixtureEngine(options.components ?? 1000, options.targets ?? 10_000),
    prefix,
  )
  return {
    breakNext: (id) => state.toBreak.push(id),
    answer(request, response) {
      const url = new URL(request.url ?? '/', 'http://fixture')
      const path = decodeURIComponent(url.pathname)
      if (path === '/-/reload') return state.reload(response)
      const ours = `${prefix}api/alloyts/v1/`
      if (path.startsWith(ours)) {
        if (options.isGoAlloy === true) return false
        return state.ours(path.slice(ours.length), url.searchParams, response)
      }
      const web = `${prefix}api/v0/web/`
      if (path.startsWith(web)) return state.web(path.slice(web.length), url.searchParams, response)
      return false
    },
  }
}

class FixtureState {
  readonly toBreak: string[] = []
  readonly #engine: FixtureEngine
  readonly #prefix: string
  readonly #broken = new Map<string, number>()
  readonly #listeners = new Set<(event: EngineEvent) => void>()
  #load: LoadReport = { ok: true, atMs: Date.now() - 3_600_000, error: '' }

  constructor(engine: FixtureEngine, prefix: string) {
    this.#engine = engine
    this.#prefix = prefix
  }

  ours(path: string, query: URLSearchParams, response: ServerResponse): boolean {
    const [, exporter] = /^components\/(.+)\/exports$/.exec(path) ?? []
    if (exporter !== undefined) return json(response, exportPage(query))
    if (path.startsWith('doc/')) return json(response, declaredAs(path.slice('doc/'.length)))
    switch (path) {
      case 'search':
        return json(response, this.#search(query))
      case 'info':
        return json(response, this.#info())
      case 'components':
        return json(response, this.#components())
      case 'writers':
        return json(
          response,
          this.#components().flatMap(({ id, delivery }) => (delivery ? [{ id, ...delivery }] : [])),
        )
      case 'targets':
        return json(response, targetPage(this.#engine.targets, query))
      case 'config':
        return json(response, effectiveConfig)
      case 'meta':
        return json(response, meta(Number(query.get('seconds') ?? 900)))
      case 'logs':
        return logs(response, query)
      case 'graph':
        return ticking(response, Number(query.get('window') ?? 5) * 1000, () => this.#rates(query))
      case 'events':
        return this.#events(response)
    }
    return json(response, { error: 'no such path' }, 404)
  }

  web(path: string, query: URLSearchParams, response: ServerResponse): boolean {
    if (path === 'peers') {
      const self = { name: 'node-a', addr: '127.0.0.1:12345', isSelf: true, state: 'participant' }
      return json(response, [self])
    }
    if (path === 'remotecfg/components') return json(response, [])
    if (path.startsWith('debug/')) return debug(path.slice('debug/'.length), query, response)
    const [, moduleId] = /^modules\/(.+)\/components$/.exec(path) ?? []
    if (path === 'components' || moduleId !== undefined) {
      const wanted = moduleId ?? ''
      return json(
        response,
        this.#components()
          .filter((component) => component.moduleId === wanted)
          .map((component) => ({ ...this.#detail(component), arguments: [], exports: [] })),
      )
    }
    const id = path.slice('components/'.length)
    const component = this.#components().find((one) => one.id === id)
    if (component === undefined) return json(response, { error: 'component not found' }, 404)
    return json(response, this.#detail(component))
  }

  reload(response: ServerResponse): boolean {
    const [id] = this.toBreak
    const atMs = Date.now()
    if (id !== undefined && this.#broken.has(id)) {
      this.toBreak.shift()
      this.#load = { ok: false, atMs, error: 'config.alloy:3:1: unrecognized block "promtheus"' }
      this.#emit({ atMs, kind: 'load_failed' })
      response.writeHead(400, { 'content-type': 'text/plain' }).end(`${this.#load.error}\n`)
      return true
    }
    if (id !== undefined) this.#broken.set(id, atMs)
    this.#load = { ok: true, atMs, error: '' }
    this.#emit({ atMs, kind: 'loaded' })
    response.writeHead(200, { 'content-type': 'text/plain' }).end('config reloaded\n')
    return true
  }

  #detail(component: ComponentSummary) {
    const { components, targets } = this.#engine
    const own = targets.filter((target) => target.component === component.id)
    return fixtureDetail(component, components, own)
  }

  #components(): readonly ComponentSummary[] {
    return this.#engine.components.map((component) => {
      const updatedMs = this.#broken.get(component.id)
      if (updatedMs === undefined) return component
      return { ...component, health: { ...brokenHealth, updatedMs } }
    })
  }

  #search(query: URLSearchParams): SearchResults {
    const q = (query.get('q') ?? '').toLowerCase()
    const limit = Number(query.get('limit') ?? 20)
    const asked = new URLSearchParams({ q, limit: String(limit) })
    const config = effectiveConfig.sources.flatMap(({ path, text }) =>
      text.split('\n').flatMap((line, i) => {
        return line.toLowerCase().includes(q) ? [{ path, line: i + 1, text: line }] : []
      }),
    )
    const { total, items } = targetPage(this.#engine.targets, asked)
    const ids = this.#engine.components.map(({ id }) => id).filter((id) => id.includes(q))
    return { components: ids.slice(0, limit), targets: { total, items }, config }
  }

  #info(): Info {
    return {
      alloyts: 1,
      version: '0.3.0',
      nodeVersion: '20.20.2',
      platform: 'linux-x64',
      hostname: 'node-a',
      startedMs: Date.now() - 3 * 3_600_000,
      uiPathPrefix: this.#prefix,
      configPath: '/etc/alloy/config.alloy',
      clustering: { enabled: false },
      remotecfg: { enabled: false },
      liveDebugging: { enabled: true },
      lastLoad: this.#load,
    }
  }

  #rates(query: URLSearchParams): GraphRates {
    const atMs = Date.now()
    const edges = this.#engine.edges.map(({ rate, ...edge }, i) => ({
      ...edge,
      rate: edge.type === 'target' ? rate : rate * (1 + 0.2 * Math.sin(atMs / 3000 + i)),
    }))
    return { atMs, windowSeconds: Number(query.get('window') ?? 5), edges }
  }

  #events(response: ServerResponse): boolean {
    response.writeHead(200, { 'content-type': 'application/x-ndjson' })
    response.flushHeaders()
    const listener = (event: EngineEvent) => response.write(`${JSON.stringify(event)}\n`)
    this.#listeners.add(listener)
    response.on('close', () => this.#listeners.delete(listener))
    return true
  }

  #emit(event: EngineEvent): void {
    for (const listener of this.#listeners) listener(event)
  }
}

function json(response: ServerResponse, value: unknown, status = 200): true {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' })
  response.end(JSON.stringify(value))
  return true
}

function ticking(response: ServerResponse, intervalMs: number, make: () => unknown): true {
  response.writeHead(200, { 'content-type': 'application/x-ndjson' })
  const write = () => response.write(`${JSON.stringify(make())}\n`)
  write()
  const timer = setInterval(write, intervalMs)
  response.on('close', () => clearInterval(timer))
  return true
}

function targetPage(all: readonly ScrapedTarget[], query: URLSearchParams): TargetPage {
  const [component, state] = [query.get('component'), query.get('state')]
  const q = (query.get('q') ?? '').toLowerCase()
  const asked = all.filter(
    (target) =>
      (component === null || component === '' || target.component === component) &&
      (q === '' || JSON.stringify(target).toLowerCase().includes(q)),
  )
  const count = (wanted: string) => asked.filter((target) => target.state === wanted).length
  const items = asked.filter((target) => !state || target.state === state)
  const offset = Number(query.get('offset') ?? 0)
  return {
    counts: { up: count('up'), down: count('down'), unknown: count('unknown') },
    total: items.length,
    items: items.slice(offset, offset + Number(query.get('limit') ?? 100)),
  }
}

function exportPage(query: URLSearchParams) {
  const q = query.get('q') ?? ''
  const all = Array.from({ length: 3000 }, (_, i) => ({
    __address__: `10.1.${i >> 8}.${i & 255}:9100`,
    __meta_pod: `pod-${i}`,
  })).filter((labels) => Object.values(labels).some((value) => value.includes(q)))
  const offset = Number(query.get('offset') ?? 0)
  const items = all.slice(offset, offset + Number(query.get('limit') ?? 100)).map(object)
  return { total: all.length, items }
}

const series: Readonly<Partial<Record<MetaName, (t: number) => number>>> = {
  cpu_cores: (t) => 0.35 + 0.1 * Math.sin(t / 9),
  resident_bytes: (t) => 182e6 + 8e6 * Math.sin(t / 40),
  heap_used_bytes: (t) => 96e6 + 2e7 * ((t % 23) / 23),
  loop_delay_p99_seconds: (t) => 0.011 + 0.004 * Math.sin(t / 5),
  samples_scraped_per_second: (t) => 48_000 + 3000 * Math.sin(t / 12),
  samples_sent_per_second: (t) => 41_000 + 4000 * Math.sin(t / 11),
  samples_failed_per_second: (t) => (t % 60 < 4 ? 12 : 0),
  samples_pending: (t) => 2400 + 900 * Math.sin(t / 7),
  send_lag_seconds: (t) => 1.4 + 0.5 * Math.sin(t / 8),
  shards: () => 4,
  active_series: (t) => 812_000 + 400 * (t % 50),
  log_bytes: (t) => 640e6 + 3e6 * (t % 40),
  evaluation_queue: () => 0,
}

function meta(seconds: number): Meta {
  const lastMs = Date.now()
  const count = Math.min(180, Math.ceil(seconds / 5))
  const points = (make: (t: number) => number) =>
    Array.from({ length: count }, (_, i) => (i < 2 ? null : make(lastMs / 5000 - count + i)))
  return {
    intervalSeconds: 5,
    lastMs,
    series: Object.fromEntries(Object.entries(series).map(([name, f]) => [name, points(f)])),
  }
}

const messages: readonly (readonly [LogLine['level'], string])[] = [
  ['info', 'started scheduled components'],
  ['debug', 'scrape finished'],
  ['warn', 'failed to send batch, retrying'],
  ['info', 'Done replaying WAL'],
  ['error', 'final error sending batch'],
]
const levels = ['debug', 'info', 'warn', 'error'] as const

function logLine(i: number, atMs: number): LogLine {
  const [level, message] = messages[i % messages.length]!
  return {
    atMs,
    level,
    component: i % 3 === 0 ? '' : 'prometheus.remote_write.mimir',
    message,
    fields: level === 'error' ? { err: 'server returned HTTP status 429 <b>slow down</b>' } : {},
  }
}

function logs(response: ServerResponse, query: URLSearchParams): true {
  response.writeHead(200, { 'content-type': 'application/x-ndjson' })
  const least = levels.indexOf((query.get('level') ?? 'debug') as LogLine['level'])
  const component = query.get('component') ?? ''
  const write = (line: LogLine) => {
    if (levels.indexOf(line.level) < least) return
    if (component !== '' && line.component !== component) return
    response.write(`${JSON.stringify(line)}\n`)
  }
  const tail = Number(query.get('tail') ?? 200)
  for (let i = 0; i < tail; i++) write(logLine(i, Date.now() - (tail - i) * 700))
  if (query.get('follow') !== '1') {
    response.end()
    return true
  }
  let i = tail
  const timer = setInterval(() => write(logLine(i++, Date.now())), 300)
  response.on('close', () => clearInterval(timer))
  return true
}

const effectiveConfig = {
  sources: [
    {
      path: '/etc/alloy/config.alloy',
      text: `// Where everything goes.
prometheus.remote_write "mimir" {
  endpoint {
    url = "https://mimir.example/api/v1/push"

    basic_auth {
      username = "alloy"
      password = "(secret)"
    }
  }
}

livedebugging {
  enabled = true
}
`,
    },
    { path: '/etc/alloy/logs.alloy', text: 'loki.write "logs" {\n\tendpoint { url = "…" }\n}\n' },
  ],
}

function debug(id: string, query: URLSearchParams, response: ServerResponse): true {
  const probability = Number(query.get('sampleProb') ?? 1)
  const isJson = query.get('format') === 'ndjson'
  const type = isJson ? 'application/x-ndjson' : 'text/plain; charset=utf-8'
  response.writeHead(200, { 'content-type': type })
  const written = (text: string) =>
    isJson ? `${JSON.stringify({ atMs: Date.now(), text })}\n` : `${text}|;|`
  let i = 0
  const timer = setInterval(() => {
    for (let k = 0; k < 20; k++, i++) {
      if ((i % 100) / 100 < probability) response.write(written(record(id, i)))
    }
  }, 250)
  response.on('close', () => clearInterval(timer))
  return true
}

function record(id: string, i: number): string {
  const labels = `{__name__="http_requests_total", code="${i % 5 === 0 ? 500 : 200}", pod="p-${i}"}`
  if (id.includes('relabel')) {
    return `${labels} => ${i % 4 === 0 ? '{}' : `{__name__="http_requests_total", pod="p-${i}"}`}`
  }
  if (id.includes('loki')) {
    const entry = `GET /cart <script>alert(${i})</script> 200`
    return `[${i % 2 === 0 ? 'IN' : 'OUT'}]: timestamp: ${new Date().toISOString()}, entry: ${entry}, labels: {app="cart"}, structured_metadata: {}`
  }
  return `sample: ts=${Date.now()}, labels=${labels}, value=${(i * 1.5).toFixed(6)}`
}
