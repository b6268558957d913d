// A running configuration: what loads it, runs its components, and answers for them. Nothing in it
// is global; several engines can run in one process.

import { once } from 'node:events'
import { dirname } from 'node:path'
import { Secret } from '../eval/secret.ts'
import { type Concealed, concealDiagnostics } from '../syntax/concealed.ts'
import {
  type Diagnostic,
  Diagnostics,
  DiagnosticsError,
  describeDiagnostic,
} from '../syntax/diagnostics.ts'
import { parseFile } from '../syntax/parser.ts'
import { createSource } from '../syntax/source.ts'
import type { File } from '../syntax/tree.ts'
import { Stopped } from './component.ts'
import type { ComponentView } from './component_view.ts'
import { Controller, withDeadline } from './controller.ts'
import { sweepLabels } from './label_sweep.ts'
import { LiveDebug, type Viewer } from './live_debug.ts'
import { addLiveDebugMetrics } from './live_debug_metrics.ts'
import { LoadStopped } from './load_stopped.ts'
import type { LoadResult } from './loader.ts'
import { MetricStore } from './metrics.ts'
import type { ModuleInput } from './modules/module.ts'
import { ReadFailures } from './read_failures.ts'
import type { EngineOptions, EngineRuntime, OpenedModule } from './runtime.ts'
import { secretsOf } from './secret_literals.ts'
import { ConfigMetrics } from './self_metrics.ts'
import { type ConfigSource, distinctSources, hashSources, readSources } from './sources.ts'
import { WorkQueue } from './work_queue.ts'

/** Evaluations under way get this long when the engine stops. */
const evaluationsEndMs = 5_000

export class Engine {
  readonly metrics = new MetricStore((owner, error) => {
    this.#readFailures.add('metrics', owner, error)
  })
  readonly #options: EngineOptions
  readonly #queue = new WorkQueue()
  readonly #modules = new Map<string, OpenedModule>()
  readonly #root: Controller
  readonly #configMetrics: ConfigMetrics
  readonly #readFailures: ReadFailures
  readonly #liveDebug: LiveDebug
  #path = ''
  #lastHash: string | undefined
  #lastSources: readonly ConfigSource[] = []
  #activeSources: readonly ConfigSource[] = []
  #isLoaded = false
  /** Loads follow one another, so that the file as it was read last wins. */
  #lastLoad: Promise<void> = Promise.resolve()
  #closing: Promise<void> | undefined

  constructor(options: EngineOptions) {
    this.#options = options
    const { clock, logger, program } = options
    this.#readFailures = new ReadFailures(clock, logger, this.metrics.group({}))
    this.#configMetrics = new ConfigMetrics(this.metrics, program.version)
    this.#liveDebug = options.liveDebug ?? new LiveDebug(options)
    addLiveDebugMetrics(this.#liveDebug, this.metrics.group({}))
    const runtime: EngineRuntime = {
      ...options,
      liveDebug: this.#liveDebug,
      queue: this.#queue,
      modules: this.#modules,
      readFailed: (what, owner, error) => this.#readFailures.add(what, owner, error),
    }
    this.#root = new Controller({ id: '', runtime, metrics: this.metrics })
  }

  /** Whether a first load has gone well. */
  get isLoaded(): boolean {
    return this.#isLoaded
  }

  /** Of the texts that the last load had, whatever became of it; nothing before they were read. */
  get lastHash(): string | undefined {
    return this.#lastHash
  }

  /** The files that the last load had, whatever became of it. */
  get lastSources(): readonly ConfigSource[] {
    return this.#lastSources
  }

  /** The files of the configuration that is in force; they may hold secrets. */
  get activeSources(): readonly ConfigSource[] {
    return this.#activeSources
  }

  /**
   * Loads a file or directory. Rejects with the reason, a `DiagnosticsError` where the text is at
   * fault. When a first load fails nothing may be run; a later one may be in force nevertheless.
   */
  load(path: string): Promise<void> {
    return this.#inTurn(() => this.#loadPath(path))
  }

  /** As `load`, of texts that were read already. */
  loadSources(sources: readonly ConfigSource[], modulePath = '.'): Promise<void> {
    return this.#inTurn(() => this.#loadSources(sources, modulePath))
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
    await this.#loadSources(sources, await this.#modulePath(path))
  }

  /** What `module_path` means: where the files lie. */
  async #modulePath(path: string): Promise<string> {
    return (await this.#options.files.stat(path)) === 'directory' ? path : dirname(path)
  }

  async #loadSources(sources: readonly ConfigSource[], modulePath: string): Promise<void> {
    const hash = hashSources(sources)
    this.#lastHash = hash
    this.#lastSources = sources
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
    const body = files.flatMap((file) => file.body)
    const result = await this.#apply({ body, modulePath })
    if (result.active) this.#activeSources = sources
    const failed = result.diagnostics.some(({ severity }) => severity === 'error')
    if (failed) this.#configMetrics.failed(result.active ? hash : undefined)
    else this.#configMetrics.loaded(hash, this.#options.clock.now())
    if (failed) {
      const imported = await this.#concealedIn(result.diagnostics, files)
      throw new LoadError('load', result.diagnostics, [...concealed, ...imported])
    }
    this.#isLoaded = true
  }

  async #apply(input: ModuleInput): Promise<LoadResult> {
    const { logger, reloadMode } = this.#options
    // A first load has nothing to go back to: where it fails the program ends.
    if (reloadMode !== 'atomic' || !this.#isLoaded) return this.#root.load(input)
    const { undone, ...result } = await this.#root.loadWhole(input)
    if (undone === undefined) return result
    logger.log('warn', 'the configuration could not be applied: the last one is in force again')
    for (const diagnostic of undone) {
      const err = describeDiagnostic(diagnostic)
      logger.log('error', 'cannot put back what the last configuration had', { err })
    }
    return result
  }

  /** Of files that are reported about but were not loaded here: those of imports. */
  async #concealedIn(
    diagnostics: readonly Diagnostic[],
    loaded: readonly File[],
  ): Promise<readonly Concealed[]> {
    const known = new Set(loaded.map(({ source }) => source))
    const sources = new Set(diagnostics.flatMap(({ span }) => (span ? [span.source] : [])))
    const others = [...sources].filter((source) => !known.has(source))
    const files = others.map((source) => parseFile(source, new Diagnostics()))
    return secretsOf(files, this.#options.catalog, true)
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
    this.#root.start()
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
    const why = new Stopped('shutdown')
    this.#queue.close()
    this.#root.endLoads()
    for (const module of this.#modules.values()) module.endLoads()
    await this.#root.stop(why)
    await this.#root.close(why)
    await withDeadline(this.#options.clock, this.#queue.idle(), evaluationsEndMs)
  }

  /** Of the root: `''`; undefined where there is no such module. */
  components(moduleId: string): readonly ComponentView[] | undefined {
    const views = this.#viewsOf(moduleId)
    return views && [...views.values()]
  }

  /** By its global id. */
  component(id: string): ComponentView | undefined {
    const slash = id.lastIndexOf('/')
    return this.#viewsOf(slash < 0 ? '' : id.slice(0, slash))?.get(id)
  }

  get isLiveDebuggingEnabled(): boolean {
    return this.#liveDebug.isEnabled
  }

  /**
   * Shows the viewer what flows through the component of that global id, also through one that
   * takes its place, until the returned function is called.
   */
  watch(id: string, viewer: Viewer): () => void {
    return this.#liveDebug.watch(id, viewer)
  }

  /** What imports read, in all modules; the same text is there once. It may hold secrets. */
  importedSources(): readonly ConfigSource[] {
    const graphs = [this.#root, ...this.#modules.values()]
    return distinctSources(graphs.flatMap((each) => each.importedSources()))
  }

  /** Components of the root that are unhealthy, in the order of the configuration. */
  unhealthy(): readonly ComponentView[] {
    const all = this.components('') ?? []
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

  #viewsOf(moduleId: string): ReadonlyMap<string, ComponentView> | undefined {
    return (moduleId === '' ? this.#root : this.#modules.get(moduleId))?.views()
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
