// The client of a collector's HTTP API, ours or Go Alloy's, for terminal and browser.

import type {
  ComponentSummary,
  DebugLine,
  EffectiveConfig,
  EngineEvent,
  ExportPage,
  GraphRates,
  Info,
  LogLine,
  Meta,
  SearchResults,
  TargetPage,
  Writer,
} from './api.ts'
import { ClientError } from './client_error.ts'
import {
  allComponents,
  type ComponentDetail,
  componentPath,
  detailOf,
  pathOf,
} from './components.ts'
import { RecordJoiner } from './debug_records.ts'
import { recordDelimiter, Splitter } from './framing.ts'
import { edgeRatesOf } from './graph_rates.ts'
import { fieldsOf, listOf, stringOf } from './json_fields.ts'
import { MetaHistory, metaFamilies } from './meta_history.ts'
import { type MetricSample, metricLineLengthMax, metricSample } from './metrics_text.ts'
import { Requester, type RequesterOptions } from './requester.ts'
import { pageOf, scrapes, type TargetQuery, targetsOf } from './targets.ts'

/** Who answers. */
export type Server =
  | { readonly kind: 'alloyts'; readonly info: Info }
  | { readonly kind: 'alloy'; readonly info?: undefined }

export interface Peer {
  readonly name: string
  readonly addr: string
  readonly isSelf: boolean
  /** `viewer`, `participant` or `terminating`. */
  readonly state: string
}

export interface StreamRequest {
  readonly signal: AbortSignal
  /** Called once the answer has begun. */
  onOpen?(): void
}

export interface GraphRequest extends StreamRequest {
  readonly windowSeconds: number
  /** Global id; the root without. Go Alloy tells of one module at a time, ours of all at once. */
  readonly moduleId?: string
  /** By global id: Go Alloy does not say which edges a rate is of. */
  readonly components: ReadonlyMap<string, ComponentSummary>
}

export interface DebugRequest extends StreamRequest {
  /** Global id. */
  readonly component: string
  /** Which share of the records is made at all, 0 to 1. */
  readonly probability?: number
  /** Records that could not be shown, as many as since the last call. Of ours only. */
  onMissed?(count: number): void
}

export interface LogQuery {
  readonly level?: LogLine['level']
  /** Global id. */
  readonly component?: string
  /** How many of the lines before are wanted. */
  readonly tail?: number
}

const own = 'api/alloyts/v1/'

/** Streams of our own API have an empty line every 15 s. */
const ownIdleMs = 45_000

/** Unless more is asked for, a component with more to show than this is refused: 5 MB. */
const detailBytesMax = 5_000_000

/** The most metrics that are read. */
const metricsBytesMax = 256 << 20

/** Seconds between the points of Go Alloy's own figures. */
const metaIntervalSeconds = 5

/** Modules of Go Alloy whose rates are followed, each with a connection of its own. */
export const graphModulesMax = 16

/** Every method rejects with a ClientError, or with the reason of the signal it was given. */
export class AlloyClient {
  readonly #requester: Requester
  readonly #meta = new MetaHistory({ intervalSeconds: metaIntervalSeconds })
  #server: Promise<Server> | undefined

  constructor(options: RequesterOptions) {
    this.#requester = new Requester(options)
  }

  /** Asked once; again after `forget`, or if it failed. */
  server(): Promise<Server> {
    this.#server ??= this.#detect().catch((error) => {
      this.#server = undefined
      throw error
    })
    return this.#server
  }

  /** Another program may answer when the connection was lost. */
  forget(): void {
    this.#server = undefined
  }

  /** Read anew, for it tells how the last load went. */
  async info(signal?: AbortSignal): Promise<Info> {
    return (await this.#own('info', signal)) as Info
  }

  /** Of all modules. */
  async components(signal?: AbortSignal): Promise<readonly ComponentSummary[]> {
    if (!(await this.#isOurs())) return allComponents(this.#requester, signal)
    return listOf(await this.#own('components', signal)) as readonly ComponentSummary[]
  }

  /** Rejects with the kind `too_large` where it is longer than `bytesMax`. */
  async component(
    id: string,
    options: { readonly bytesMax?: number; readonly signal?: AbortSignal } = {},
  ): Promise<ComponentDetail> {
    const { bytesMax = detailBytesMax, signal } = options
    const request = { bytesMax, ...(signal && { signal }) }
    return detailOf(await this.#requester.json(componentPath(id), request))
  }

  async peers(signal?: AbortSignal): Promise<readonly Peer[]> {
    const list = listOf(await this.#requester.json('api/v0/web/peers', signal ? { signal } : {}))
    return list.map((each) => {
      const fields = fieldsOf(each)
      return {
        name: stringOf(fields.name),
        addr: stringOf(fields.addr),
        isSelf: fields.isSelf === true,
        state: stringOf(fields.state),
      }
    })
  }

  /** Of Go Alloy they are gathered from every component that scrapes, four at a time. */
  async targets(query: TargetQuery = {}, signal?: AbortSignal): Promise<TargetPage> {
    if (await this.#isOurs()) {
      const { component, limit, offset, state, text: q } = query
      return (await this.#own(
        `targets${search({ component, limit, offset, state, q })}`,
        signal,
      )) as TargetPage
    }
    const scrapers = (await this.components(signal)).filter(scrapes)
    const all: TargetPage['items'][] = []
    for (let at = 0; at < scrapers.length; at += 4) {
      const some = scrapers.slice(at, at + 4)
      const request = { bytesMax: 8 * detailBytesMax, ...(signal && { signal }) }
      const details = await Promise.all(some.map(({ id }) => this.component(id, request)))
      all.push(...details.map(targetsOf))
    }
    return pageOf(all.flat(), query)
  }

  /** What it says when it has reloaded. Rejects with its reason when it could not. */
  async reload(): Promise<string> {
    const answer = await this.#requester.answer('/-/reload', { method: 'POST', timeoutMs: 120_000 })
    if (answer.status === 200) return answer.text.trim()
    const reason = answer.text.trim() || `status ${answer.status}`
    throw new ClientError('status', reason, { status: answer.status })
  }

  /** The samples of the families that are wanted. */
  async metrics(
    wanted: ReadonlySet<string>,
    signal: AbortSignal = AbortSignal.timeout(30_000),
  ): Promise<readonly MetricSample[]> {
    const lines = new Splitter({ delimiter: '\n', lengthMax: metricLineLengthMax })
    const samples: MetricSample[] = []
    const take = (line: string) => {
      const sample = metricSample(line, wanted)
      if (sample !== undefined) samples.push(sample)
    }
    let length = 0
    for await (const bytes of this.#requester.stream('/metrics', { signal, idleMs: 10_000 })) {
      length += bytes.length
      if (length > metricsBytesMax)
        throw new ClientError('too_large', 'the page of metrics is too long')
      lines.push(bytes).forEach(take)
    }
    lines.end().forEach(take)
    return samples
  }

  /** Of Go Alloy every call adds a point; of ours the last `seconds` are asked for. */
  async meta(seconds: number, signal?: AbortSignal): Promise<Meta> {
    if (await this.#isOurs()) {
      return (await this.#own(`meta${search({ seconds })}`, signal)) as Meta
    }
    this.#meta.add(await this.metrics(metaFamilies, signal), Date.now())
    return this.#meta.meta()
  }

  /** Rates over edges, every `windowSeconds`. */
  async *graph(request: GraphRequest): AsyncGenerator<GraphRates, void> {
    const { components, moduleId = '', windowSeconds, ...stream } = request
    const silenceMs = 10_000 + windowSeconds * 2000
    const timed = { ...stream, timeoutMs: silenceMs, idleMs: silenceMs }
    const query = search({ window: windowSeconds })
    if (await this.#isOurs()) {
      yield* this.#lines<GraphRates>(`${own}graph${query}`, timed)
      return
    }
    const path = `api/v0/web/graph${moduleId === '' ? '' : `/${pathOf(moduleId)}`}`
    for await (const text of this.#records(path + query, timed)) {
      const edges = edgeRatesOf(parsed(text), moduleId, components)
      yield { atMs: Date.now(), windowSeconds, edges }
    }
  }

  /** What flows through a component, as text. Rejects with its reason where it cannot be shown. */
  async *debug(asked: DebugRequest): AsyncGenerator<string, void> {
    const { component, onMissed, probability, ...request } = asked
    const path = `api/v0/web/debug/${pathOf(component)}`
    if (await this.#isOurs()) {
      const query = search({ sampleProb: probability, format: 'ndjson' })
      for await (const line of this.#lines<DebugLine>(path + query, request)) {
        if (line.missed !== undefined) onMissed?.(line.missed)
        if (line.ended !== undefined) throw new ClientError('status', line.ended)
        if (line.text !== undefined) yield line.text
      }
      return
    }
    const joiner = new RecordJoiner()
    for await (const piece of this.#records(path + search({ sampleProb: probability }), request)) {
      yield* joiner.push(piece)
    }
    yield* joiner.end()
  }

  /** Lines of its log, those before first. Ours only. */
  logs(
    { component, level, tail }: LogQuery,
    request: StreamRequest,
  ): AsyncGenerator<LogLine, void> {
    const query = search({ level, component, tail, follow: 1 })
    return this.#lines<LogLine>(`${own}logs${query}`, { ...request, idleMs: ownIdleMs })
  }

  /** What should be read again. Ours only. */
  events(request: StreamRequest): AsyncGenerator<EngineEvent, void> {
    return this.#lines<EngineEvent>(`${own}events`, { ...request, idleMs: ownIdleMs })
  }

  /** Ours only. */
  async writers(signal?: AbortSignal): Promise<readonly Writer[]> {
    return listOf(await this.#own('writers', signal)) as readonly Writer[]
  }

  /** Ours only. */
  async config(signal?: AbortSignal): Promise<EffectiveConfig> {
    return (await this.#own('config', signal)) as EffectiveConfig
  }

  /** A part of a long list of exports. Ours only. */
  async exports(
    id: string,
    query: {
      readonly path: string
      readonly text?: string
      readonly limit?: number
      readonly offset?: number
    },
    signal?: AbortSignal,
  ): Promise<ExportPage> {
    const { limit, offset, path, text: q } = query
    const asked = search({ path, q, limit, offset })
    return (await this.#own(`components/${pathOf(id)}/exports${asked}`, signal)) as ExportPage
  }

  /** Components, targets and lines of the configuration with a text in them. Ours only. */
  async search(text: string, limit: number, signal?: AbortSignal): Promise<SearchResults> {
    return (await this.#own(`search${search({ q: text, limit })}`, signal)) as SearchResults
  }

  /** What `alloyts schema NAME` prints of a component or block. Ours only. */
  async doc(name: string, signal?: AbortSignal): Promise<unknown> {
    return this.#own(`doc/${encodeURIComponent(name)}`, signal)
  }

  async #detect(): Promise<Server> {
    const { status, text } = await this.#requester.answer(`${own}info`, { bytesMax: 1 << 20 })
    const info = infoOf(text)
    if (status === 200 && info !== undefined) return { kind: 'alloyts', info }
    if (status === 401 || status === 403) {
      throw new ClientError('status', 'it asks for other credentials', { status })
    }
    // Whatever answers that, only the API of Go Alloy lists peers.
    await this.peers()
    return { kind: 'alloy' }
  }

  async #isOurs(): Promise<boolean> {
    return (await this.server()).kind === 'alloyts'
  }

  /** An object or a list of our own API, which is of the version that this client was made for. */
  async #own(path: string, signal: AbortSignal | undefined): Promise<unknown> {
    const json = await this.#requester.json(own + path, signal === undefined ? {} : { signal })
    return Array.isArray(json) ? json : fieldsOf(json)
  }

  async *#records(
    path: string,
    request: StreamRequest & TimedStream,
  ): AsyncGenerator<string, void> {
    const splitter = new Splitter({ delimiter: recordDelimiter })
    for await (const bytes of this.#requester.stream(path, request)) yield* splitter.push(bytes)
  }

  async *#lines<T>(path: string, request: StreamRequest & TimedStream): AsyncGenerator<T, void> {
    const splitter = new Splitter({ delimiter: '\n' })
    for await (const bytes of this.#requester.stream(path, request)) {
      for (const line of splitter.push(bytes)) if (line !== '') yield fieldsOf(parsed(line)) as T
    }
  }
}

interface TimedStream {
  readonly timeoutMs?: number
  readonly idleMs?: number
}

function infoOf(text: string): Info | undefined {
  try {
    const json: unknown = JSON.parse(text)
    const isInfo = typeof json === 'object' && json !== null && 'alloyts' in json
    return isInfo ? (json as Info) : undefined
  } catch {
    return undefined
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new ClientError('shape', 'the stream holds something else than JSON', { cause: error })
  }
}

/** With the question mark; without what is undefined. */
function search(fields: Readonly<Record<string, string | number | undefined>>): string {
  const given = Object.entries(fields).filter(([, value]) => value !== undefined && value !== '')
  if (given.length === 0) return ''
  return `?${given.map(([name, value]) => `${name}=${encodeURIComponent(value!)}`).join('&')}`
}
