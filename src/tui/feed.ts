// Keeps what is known of the collector up to date: asks in turn, follows streams, and goes on when
// the collector was gone.

import type { ComponentSummary, Meta, ScrapedTarget } from '../client/api.ts'
import { type AlloyClient, graphModulesMax } from '../client/client.ts'
import { reasonOf } from '../client/client_error.ts'
import { throughputs } from '../client/graph_rates.ts'
import { backoffMaxMs, backoffMinMs, reconnecting, sleepFor } from '../client/reconnect.ts'
import { DebugTap } from './debug_tap.ts'
import { RateWindow } from './rate_window.ts'
import { type Data, firstData, type Part, type View } from './state.ts'

export interface FeedOptions {
  readonly client: AlloyClient
  readonly url: string
  readonly intervalMs: number
  /** Called whenever something is known that was not. */
  onChange(): void
}

/** Columns of a trend that is kept. */
const trendPoints = 60

/** Lines of the log that are kept. */
const logLinesMax = 5000

/** Targets that are asked for, in pages. */
const targetsMax = 10_000
const targetPageItems = 1000

/** Seconds of figures that are asked for. */
const metaSeconds = 900

/** The least time between two questions of one kind. */
const periodMs: Readonly<Record<Part | 'detail', number>> = {
  info: 2000,
  graph: 0,
  targets: 5000,
  cluster: 5000,
  meta: 5000,
  logs: 0,
  detail: 2000,
}

export class Feed {
  readonly #options: FeedOptions
  readonly #closing = new AbortController()
  readonly #rates = new RateWindow()
  readonly #debug: DebugTap
  readonly #asked = new Map<string, number>()
  readonly #asking = new Set<string>()
  #data: Data
  #view: View | undefined
  #graph = new AbortController()
  #graphKey = ''
  #logs: AbortController | undefined
  #wake = () => {}
  #shapeKey = ''

  constructor(options: FeedOptions) {
    this.#options = options
    this.#data = firstData(options.url, options.intervalMs, Date.now())
    this.#debug = new DebugTap(options.client, (debug) => this.#set({ debug }))
  }

  get data(): Data {
    return this.#data
  }

  /** Asks until it is closed. */
  async run(): Promise<void> {
    const { signal } = this.#closing
    let failures = 0
    while (!signal.aborted) {
      failures = (await this.#round()) ? 0 : failures + 1
      const backoffMs = Math.min(backoffMaxMs, backoffMinMs * 2 ** (failures - 1))
      await this.#pause(failures === 0 ? Math.max(1000, this.#options.intervalMs) : backoffMs)
    }
  }

  close(): void {
    this.#closing.abort()
    this.#graph.abort()
    this.#logs?.abort()
    this.#debug.close()
    this.#wake()
  }

  /** What is shown decides what is asked. */
  want(view: View): void {
    const before = this.#view
    this.#view = view
    this.#debug.want(view)
    if (view.screen === 'logs') this.#followLogs()
    if (before?.screen !== view.screen || before.detailId !== view.detailId) this.refresh()
  }

  /** Asks at once. */
  refresh(): void {
    this.#asked.clear()
    this.#wake()
  }

  /** Takes the rates as they are now, and the time. Called once for every frame on the clock. */
  tick(nowMs: number): void {
    const edges = this.#rates.edges()
    const flow = throughputs(edges)
    const trends = new Map<string, readonly number[]>()
    for (const { id } of this.#data.components) {
      const before = this.#data.trends.get(id) ?? []
      const { in: incoming = 0, out = 0 } = flow.get(id) ?? {}
      trends.set(id, [...before.slice(1 - trendPoints), Math.max(incoming, out)])
    }
    this.#data = { ...this.#data, nowMs, edges, flow, trends }
  }

  #set(part: Partial<Data>): void {
    this.#data = { ...this.#data, ...part }
    this.#options.onChange()
  }

  /** What keeps the loop from asking again. */
  async #pause(ms: number): Promise<void> {
    const waking = new AbortController()
    this.#wake = () => waking.abort()
    if (this.#closing.signal.aborted) return
    await sleepFor(ms, waking.signal).catch(() => undefined)
  }

  /** Whether the collector answered. */
  async #round(): Promise<boolean> {
    const { client } = this.#options
    const { signal } = this.#closing
    try {
      const server = await client.server()
      const components = await client.components(signal)
      this.#setComponents(components)
      this.#set({ server, connection: { lastMs: Date.now(), error: '' } })
      this.#followGraph(server.kind, components)
    } catch (error) {
      if (signal.aborted) return false
      client.forget()
      this.#set({ connection: { lastMs: this.#data.connection.lastMs, error: reasonOf(error) } })
      return false
    }
    this.#askParts()
    return true
  }

  #setComponents(components: readonly ComponentSummary[]): void {
    const key = components
      .map(({ dataFlowTo, id, referencesTo }) => `${id}>${dataFlowTo}>${referencesTo}`)
      .join('\n')
    const shape = key === this.#shapeKey ? this.#data.shape : {}
    this.#shapeKey = key
    this.#set({ components, shape })
  }

  /** What takes long must not keep the others waiting. */
  #askParts(): void {
    const screen = this.#view?.screen
    const isOurs = this.#data.server?.kind === 'alloyts'
    const isTargets = screen === 'targets' || screen === 'cluster'
    this.#start('info', isOurs, () => this.#info())
    this.#start('targets', isTargets, () => this.#targets())
    this.#start('cluster', screen === 'cluster', () => this.#peers())
    this.#start('meta', true, () => this.#meta())
    this.#start('detail', screen === 'detail', () => this.#detail())
  }

  /** Not where it was asked a moment ago and still is, or another screen is shown. */
  #start(what: Part | 'detail', isShown: boolean, ask: () => Promise<void>): void {
    const now = performance.now()
    const last = this.#asked.get(what)
    const isRecent = last !== undefined && now - last < periodMs[what]
    if (!isShown || isRecent || this.#asking.has(what)) return
    this.#asked.set(what, now)
    this.#asking.add(what)
    void ask().finally(() => this.#asking.delete(what))
  }

  /** Asks for a part; why it cannot be had is shown in its place. */
  async #ask(part: Part, question: () => Promise<Partial<Data>>): Promise<void> {
    try {
      const answer = await question()
      this.#set({ ...answer, failures: without(this.#data.failures, part) })
    } catch (error) {
      if (this.#closing.signal.aborted) return
      this.#set({ failures: { ...this.#data.failures, [part]: reasonOf(error) } })
    }
  }

  async #info(): Promise<void> {
    await this.#ask('info', async () => ({
      info: await this.#options.client.info(this.#closing.signal),
    }))
  }

  async #targets(): Promise<void> {
    await this.#ask('targets', async () => {
      const { client } = this.#options
      // Those of Go Alloy are gathered all at once.
      if (this.#data.server?.kind !== 'alloyts') {
        const { items, total } = await client.targets({ limit: targetsMax }, this.#closing.signal)
        return { targets: items, targetsTotal: total }
      }
      const targets: ScrapedTarget[] = []
      for (;;) {
        const query = { limit: targetPageItems, offset: targets.length }
        const page = await client.targets(query, this.#closing.signal)
        targets.push(...page.items)
        const isWhole = page.items.length < targetPageItems || targets.length >= targetsMax
        if (isWhole) return { targets, targetsTotal: page.total }
      }
    })
  }

  async #peers(): Promise<void> {
    await this.#ask('cluster', async () => ({
      peers: await this.#options.client.peers(this.#closing.signal),
    }))
  }

  async #meta(): Promise<void> {
    await this.#ask('meta', async () => {
      const meta: Meta = await this.#options.client.meta(metaSeconds, this.#closing.signal)
      return { meta }
    })
  }

  async #detail(): Promise<void> {
    const id = this.#view?.detailId
    if (id === undefined) return
    try {
      const { signal } = this.#closing
      const detail = await this.#options.client.component(id, { signal })
      this.#set({ detail: { id, detail, error: '' } })
    } catch (error) {
      if (!this.#closing.signal.aborted) {
        this.#set({ detail: { id, detail: undefined, error: reasonOf(error) } })
      }
    }
  }

  /** Go Alloy tells only of components that were there when it was asked: it is asked anew. */
  #followGraph(kind: 'alloyts' | 'alloy', components: readonly ComponentSummary[]): void {
    const key = kind === 'alloyts' ? kind : components.map(({ id }) => id).join('\n')
    if (key === this.#graphKey) return
    this.#graphKey = key
    this.#graph.abort()
    this.#graph = new AbortController()
    const modules =
      kind === 'alloyts' ? [''] : [...new Set(components.map(({ moduleId }) => moduleId))]
    for (const moduleId of modules.slice(0, graphModulesMax)) {
      void this.#followModule(moduleId, this.#graph.signal)
    }
  }

  async #followModule(moduleId: string, signal: AbortSignal): Promise<void> {
    const windowSeconds = Math.min(60, Math.max(1, Math.round(this.#options.intervalMs / 1000)))
    const records = reconnecting({
      signal,
      open: (own, onOpen) => {
        const components = new Map(this.#data.components.map((each) => [each.id, each]))
        return this.#options.client.graph({
          windowSeconds,
          moduleId,
          components,
          signal: own,
          onOpen,
        })
      },
      onState: ({ error, state }) => {
        if (state === 'connecting') return
        if (state === 'waiting') this.#rates.forget(moduleId)
        const failures = without(this.#data.failures, 'graph')
        this.#set({ failures: state === 'open' ? failures : { ...failures, graph: error } })
      },
    })
    for await (const { edges, windowSeconds: seconds } of records) {
      this.#rates.add(moduleId, seconds, edges)
    }
    this.#rates.forget(moduleId)
  }

  /** From the first time that it is looked at. */
  #followLogs(): void {
    if (this.#logs !== undefined) return
    this.#logs = new AbortController()
    void this.#readLogs(this.#logs.signal)
  }

  async #readLogs(signal: AbortSignal): Promise<void> {
    const { client } = this.#options
    const records = reconnecting({
      signal,
      open: async function* (own, onOpen) {
        const { kind } = await client.server()
        if (kind === 'alloy') throw new Error('Grafana Alloy shows its log to nobody')
        yield* client.logs({ level: 'debug', tail: 1000 }, { signal: own, onOpen })
      },
      onState: ({ error, state }) => {
        if (state === 'connecting') return
        const failures = without(this.#data.failures, 'logs')
        // Each connection begins with the last lines.
        const logs = state === 'open' ? { logs: [] } : {}
        this.#set({ ...logs, failures: state === 'open' ? failures : { ...failures, logs: error } })
      },
    })
    for await (const line of records) {
      this.#set({ logs: [...this.#data.logs.slice(1 - logLinesMax), line] })
    }
  }
}

function without(failures: Data['failures'], part: Part): Data['failures'] {
  const { [part]: _, ...others } = failures
  return others
}
