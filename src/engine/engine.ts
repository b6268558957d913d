// A running configuration: what loads it, runs its components, and answers for them. Nothing in it
// is global; several engines can run in one process.

import { once } from 'node:events'
import type { Scope } from '../eval/scope.ts'
import { Secret } from '../eval/secret.ts'
import type { Clock } from '../model/clock.ts'
import type { LabelPool } from '../model/label_pool.ts'
import type { Logger } from '../model/logger.ts'
import { type Concealed, concealDiagnostics } from '../syntax/concealed.ts'
import { type Diagnostic, Diagnostics, DiagnosticsError } from '../syntax/diagnostics.ts'
import { parseFile } from '../syntax/parser.ts'
import { createSource } from '../syntax/source.ts'
import type { File } from '../syntax/tree.ts'
import { BlockNode } from './block_node.ts'
import type { Catalog, Features } from './catalog.ts'
import { type Limits, type ProgramFacts, Stopped } from './component.ts'
import { ComponentNode } from './component_node.ts'
import { type ComponentView, viewsOf } from './component_view.ts'
import type { ComponentHost } from './context.ts'
import { connectionsOf } from './data_flow.ts'
import { weaklyConnected } from './graph.ts'
import type { InternalNetwork } from './internal_network.ts'
import { sweepLabels } from './label_sweep.ts'
import { Loader, LoadStopped } from './loader.ts'
import { MetricStore } from './metrics.ts'
import type { PlannedNode } from './plan.ts'
import { ReadFailures } from './read_failures.ts'
import { Scheduler } from './scheduler.ts'
import { secretsOf } from './secret_literals.ts'
import { ConfigMetrics, LoaderMetrics } from './self_metrics.ts'
import type { Service } from './service.ts'
import { type ConfigSource, type FileReader, hashSources, readSources } from './sources.ts'
import { WorkQueue } from './work_queue.ts'

export interface EngineOptions {
  readonly catalog: Catalog
  readonly features: Features
  /** What identifiers mean besides components: the standard library. */
  readonly scope: Scope
  /** What works for configuration blocks, by the block's name, evaluated in this order. */
  readonly services: readonly Service[]
  readonly clock: Clock
  readonly logger: Logger
  readonly files: FileReader
  readonly pool: LabelPool
  readonly internal: InternalNetwork
  readonly program: ProgramFacts
  readonly limits: Limits
  /** Below which each component has a directory. */
  readonly storagePath: string
  /** How long a component may take to stop, in ms; 0 means for ever. */
  readonly shutdownDeadlineMs: number
  /** Whether this process works on a key; others of a cluster may own it. */
  readonly owns?: (key: string) => boolean
  /** Sees arguments and exports, which hold the secrets that logs must not show. */
  readonly remember?: (values: unknown) => void
}

type Node = ComponentNode | BlockNode

/** Evaluations under way get this long when the engine stops. */
const evaluationsEndMs = 5_000

export class Engine {
  readonly metrics = new MetricStore((owner, error) => {
    this.#readFailures.add('metrics', owner, error)
  })
  readonly #options: EngineOptions
  readonly #queue = new WorkQueue()
  readonly #loader: Loader<Node>
  readonly #scheduler: Scheduler
  readonly #configMetrics: ConfigMetrics
  readonly #readFailures: ReadFailures
  #path = ''
  #isLoaded = false
  #isRunning = false
  /** Loads follow one another, so that the file as it was read last wins. */
  #lastLoad: Promise<void> = Promise.resolve()
  #closing: Promise<void> | undefined

  constructor(options: EngineOptions) {
    this.#options = options
    const { clock, shutdownDeadlineMs, program } = options
    const controllerId = ''
    const logger = options.logger.with({ controller_id: controllerId })
    this.#readFailures = new ReadFailures(clock, options.logger, this.metrics.group({}))
    this.#scheduler = new Scheduler({ clock, logger, shutdownDeadlineMs })
    this.#configMetrics = new ConfigMetrics(this.metrics, program.version)
    this.#loader = new Loader<Node>({
      ...options,
      controllerId,
      services: options.services.map(({ declaration }) => declaration.name),
      queue: this.#queue,
      metrics: new LoaderMetrics(this.metrics, controllerId, {
        health: () => this.#health(),
        connections: () => connectionsOf(this.#loader.graph),
      }),
      createNode: (planned) => this.#createNode(planned, controllerId),
    })
  }

  /** Whether a first load has gone well. */
  get isLoaded(): boolean {
    return this.#isLoaded
  }

  /**
   * Loads a file or directory. Rejects with the reason, a `DiagnosticsError` where the text is at
   * fault. When a first load fails nothing may be run; a later one may be in force nevertheless.
   */
  load(path: string): Promise<void> {
    return this.#inTurn(() => this.#loadPath(path))
  }

  /** As `load`, of texts that were read already. */
  loadSources(sources: readonly ConfigSource[]): Promise<void> {
    return this.#inTurn(() => this.#loadSources(sources))
  }

  #inTurn(load: () => Promise<void>): Promise<void> {
    const loaded = this.#lastLoad.then(() => {
      if (this.#closing !== undefined) throw new LoadStopped()
      return load()
    })
    this.#lastLoad = loaded.catch(() => {})
    return loaded
  }

  async #loadPath(path: string): Promise<void> {
    this.#path = path
    let sources: readonly ConfigSource[]
    try {
      sources = await readSources(path, this.#options.files)
    } catch (error) {
      this.#configMetrics.failed()
      throw new Error(`reading config path ${JSON.stringify(path)}`, { cause: error })
    }
    await this.#loadSources(sources)
  }

  async #loadSources(sources: readonly ConfigSource[]): Promise<void> {
    const diagnostics = new Diagnostics()
    const files = sources.map(({ name, bytes }): File => {
      return parseFile(createSource(name, bytes), diagnostics)
    })
    const didParse = diagnostics.errors === 0
    const concealed = await secretsOf(files, this.#options.catalog, didParse)
    this.#remember(concealed)
    if (!didParse) {
      this.#configMetrics.failed()
      throw new LoadError('parse', diagnostics.list, concealed)
    }
    const hash = hashSources(sources)
    const before = this.#loader.graph
    const result = await this.#loader.load(files)
    const failed = result.diagnostics.some(({ severity }) => severity === 'error')
    if (failed) this.#configMetrics.failed(result.active ? hash : undefined)
    else this.#configMetrics.loaded(hash, this.#options.clock.now())
    if (this.#isRunning) this.#schedule(before.nodes.map(({ node }) => node))
    if (failed) throw new LoadError('load', result.diagnostics, concealed)
    this.#isLoaded = true
  }

  /** What is written as a secret, so that logs do not show it, decoded or not. */
  #remember(concealed: readonly Concealed[]): void {
    const secret = concealed.filter(({ isPublic }) => !isPublic)
    const texts = secret.flatMap((each) => each.texts)
    this.#options.remember?.(texts.map((text) => new Secret(text)))
  }

  /** Reads the configuration again from where it was loaded. */
  reload(): Promise<void> {
    return this.load(this.#path)
  }

  /** Runs what was loaded until the signal aborts, and stops it in order. */
  async run(signal: AbortSignal): Promise<void> {
    const { pool, clock } = this.#options
    const sweeping = new AbortController()
    const swept = sweepLabels(pool, clock, this.metrics, sweeping.signal)
    this.#isRunning = true
    this.#schedule([])
    if (!signal.aborted) await once(signal, 'abort')
    await this.close()
    sweeping.abort()
    await swept
  }

  /** Stops everything, also a load under way and what was built but never ran. */
  close(): Promise<void> {
    this.#closing ??= this.#close()
    return this.#closing
  }

  async #close(): Promise<void> {
    this.#isRunning = false
    this.#queue.close()
    this.#loader.close()
    await this.#scheduler.stop()
    const why = new Stopped('shutdown')
    await Promise.all(componentsOf(this.#nodes()).map((node) => this.#closeNode(node, why)))
    await this.#withDeadline(this.#queue.idle(), evaluationsEndMs)
  }

  /** Of the root: `''`; undefined where there is no such module. */
  components(moduleId: string): readonly ComponentView[] | undefined {
    return moduleId === '' ? [...this.#views().values()] : undefined
  }

  /** By its global id. */
  component(id: string): ComponentView | undefined {
    return this.#views().get(id)
  }

  /** Components of the root that are unhealthy, in the order of the configuration. */
  unhealthy(): readonly ComponentView[] {
    const all = [...this.#views().values()]
    return all.filter((component) => component.health().state === 'unhealthy')
  }

  /** Resolves when no evaluation waits or runs. */
  evaluated(): Promise<void> {
    return this.#queue.idle()
  }

  /** All metrics, in Prometheus' text format. */
  exposition(): Promise<string> {
    return this.metrics.exposition()
  }

  #createNode(planned: PlannedNode, controllerId: string): Node {
    const { id } = planned
    if (planned.kind === 'component') {
      return new ComponentNode(id, planned.declaration, this.#host(controllerId))
    }
    const { name } = planned.declaration
    const service = this.#options.services.find(({ declaration }) => declaration.name === name)
    if (service === undefined) throw new Error(`no service works for block ${name}`)
    return new BlockNode(id, service, this.#options.remember)
  }

  #host(controllerId: string): ComponentHost {
    const { owns = () => true, remember = () => {} } = this.#options
    return {
      ...this.#options,
      controllerId,
      metrics: this.metrics,
      owns,
      remember,
      exportsChanged: (id) => this.#loader.exportsChanged(id),
      readFailed: (what, id, error) => this.#readFailures.add(what, id, error),
    }
  }

  #views(): ReadonlyMap<string, ComponentView> {
    return viewsOf(this.#loader.graph, this.#options.program)
  }

  #nodes(): readonly Node[] {
    return this.#loader.graph.nodes.map(({ node }) => node)
  }

  /**
   * Starts and stops in the background: no load waits for what a component still has to do. What
   * left is out of the metrics at once, so that its name is free.
   */
  #schedule(before: readonly Node[]): void {
    const { graph } = this.#loader
    const groups = weaklyConnected(graph).map((ids) =>
      componentsOf(ids.map((id) => graph.get(id)!.node)),
    )
    this.#options.logger.log('info', 'scheduling loaded components and services', {
      controller_id: '',
    })
    const present = new Set(this.#nodes())
    const removed = componentsOf(before).filter((node) => !present.has(node))
    void this.#scheduler.synchronize(groups)
    const why = new Stopped('removed')
    for (const node of removed) void this.#closeNode(node, why)
  }

  async #closeNode(node: ComponentNode, why: Stopped): Promise<void> {
    const { logger, shutdownDeadlineMs } = this.#options
    try {
      await this.#withDeadline(node.close(why), shutdownDeadlineMs)
    } catch (error) {
      const err = error instanceof Error ? error : new Error(String(error))
      logger.log('error', 'node exited with error', { node: node.id, err })
    }
  }

  /** Resolves with the promise, or after the time; 0 means never before. */
  async #withDeadline(promise: Promise<void>, ms: number): Promise<void> {
    if (ms === 0) return promise
    let cancel = () => {}
    const deadline = new Promise<void>((resolve) => {
      cancel = this.#options.clock.after(ms, resolve)
    })
    try {
      await Promise.race([promise, deadline])
    } finally {
      cancel()
    }
  }

  *#health() {
    for (const node of componentsOf(this.#nodes())) {
      yield { id: node.globalId, state: node.health().state }
    }
  }
}

/** What a load reports of the configuration's text. */
export class LoadError extends DiagnosticsError {
  /** Whether the files could not be parsed, or the rest went wrong. */
  readonly stage: 'parse' | 'load'

  /** Secrets of the text, which are not in the diagnostics and that snippets must not show. */
  readonly concealed: readonly Concealed[]

  constructor(
    stage: 'parse' | 'load',
    list: readonly Diagnostic[],
    concealed: readonly Concealed[],
  ) {
    super(concealDiagnostics(list, concealed))
    this.stage = stage
    this.concealed = concealed
  }
}

function componentsOf(nodes: readonly Node[]): ComponentNode[] {
  return nodes.filter((node) => node instanceof ComponentNode)
}
