// The whole program: an engine, the services of its configuration blocks, and the HTTP server.

import { collectDefaultMetrics, Registry } from 'prom-client'
import type { Features } from '../engine/catalog.ts'
import type { Limits } from '../engine/component.ts'
import type { ComponentView } from '../engine/component_view.ts'
import { describe } from '../engine/describe.ts'
import { Engine, LoadError } from '../engine/engine.ts'
import { addGoRuntime } from '../engine/go_runtime.ts'
import { LiveDebug } from '../engine/live_debug.ts'
import { LoadStopped } from '../engine/load_stopped.ts'
import { addResources } from '../engine/resources.ts'
import type { ReloadMode } from '../engine/runtime.ts'
import { createStdlib } from '../eval/stdlib.ts'
import { systemClock } from '../model/clock.ts'
import { LabelPool } from '../model/label_pool.ts'
import type { EngineView } from '../server/engine_view.ts'
import { LoadReports } from '../server/own/load_reports.ts'
import { LogBuffer } from '../server/own/log_buffer.ts'
import { MetaHistory } from '../server/own/meta_history.ts'
import { processFigures, sampleMeta } from '../server/own/meta_sampler.ts'
import { uiPrefix } from '../server/routes.ts'
import { HttpServer } from '../server/server.ts'
import { type UiFiles, uiFiles } from '../server/ui_files.ts'
import { openInstallation } from '../services/installation.ts'
import { LogTee } from '../services/log_tee.ts'
import { LogService } from '../services/logging.ts'
import { maskedComponent } from '../services/masked_component.ts'
import { programFacts } from '../services/program.ts'
import { SecretMask } from '../services/secret_mask.ts'
import { watchPath } from '../storage/watch_path.ts'
import { renderReport } from '../syntax/report.ts'
import { builtinImports } from './builtin_imports.ts'
import { builtinRoutes, type RouteParts } from './builtin_routes.ts'
import { builtinServices } from './builtin_services.ts'
import { loadCatalog } from './catalog.ts'
import { CommandLineError } from './failure.ts'
import { fileReader } from './file_reader.ts'
import { programView } from './program_view.ts'
import { reportColors } from './report_colors.ts'
import { supportFacts } from './support_facts.ts'
import { watchConfig } from './watch_config.ts'

/** What the server may be asked for besides the API. */
export interface Served {
  readonly pprof: boolean
  readonly supportBundle: boolean
  readonly graphql: boolean
  /** A page to try GraphQL, where that is served too. */
  readonly graphqlPlayground: boolean
}

export interface ProgramOptions {
  /** File or directory of the configuration. */
  readonly path: string
  readonly features: Features
  readonly listenAddr: string
  readonly memoryAddr: string
  readonly uiPathPrefix: string
  /** Folder with the files of the browser UI. */
  readonly uiDir: string
  readonly serves: Served
  /** All flags of the command line by name, those left out with their defaults. */
  readonly flags: Readonly<Record<string, unknown>>
  readonly storagePath: string
  /** 0 means for ever. */
  readonly shutdownDeadlineMs: number
  readonly limits: Limits
  /** For the last lines of the log; 0 keeps none. */
  readonly logBufferBytes: number
  readonly reloadMode: ReloadMode
  /** Whether to reload when the configuration's files change. */
  readonly watch: boolean
  /** Without the `v`. */
  readonly version: string
  readonly environment: Readonly<Record<string, string | undefined>>
  stdout(text: string): void
  stderr(text: string): void
}

/** Everything has been said; the program ends with exit code 1. */
export class ListenFailure extends Error {}

export class Program {
  readonly #options: ProgramOptions
  readonly #mask = new SecretMask()
  readonly #logs: LogService
  readonly #tee = new LogTee()
  readonly #loads = new LoadReports(systemClock)
  readonly #logBuffer: LogBuffer | undefined
  readonly #meta = new MetaHistory()

  constructor(options: ProgramOptions) {
    this.#options = options
    const mask = this.#mask.apply
    const sizeBytesMax = options.logBufferBytes
    this.#logBuffer = sizeBytesMax > 0 ? new LogBuffer({ sizeBytesMax, mask }) : undefined
    this.#logs = new LogService({
      clock: systemClock,
      printed: (record) => this.#logBuffer?.add(record),
      write: (line) => {
        this.#tee.write(line)
        options.stderr(line)
      },
      mask,
    })
  }

  #isReloadDue = false
  #endRuntime = () => {}

  /** Called on SIGHUP; before the configuration has been loaded, it is read again afterwards. */
  reload: () => Promise<void> = async () => {
    this.#isReloadDue = true
  }

  /**
   * Runs until the signal aborts, then stops everything in order.
   *
   * @param ready called with the address of the server once all is loaded.
   */
  async run(signal: AbortSignal, ready: (address: string) => void = () => {}): Promise<void> {
    const { logger } = this.#logs
    logger.log('info', 'Alloy is starting')
    const server = this.#createServer()
    const engine = await this.#createEngine(server)
    const address = await this.#listen(server)
    // A load that takes long, or for ever, ends with the program.
    signal.addEventListener('abort', () => void engine.close(), { once: true })
    if (signal.aborted) void engine.close()
    try {
      if (!(await this.#load(engine))) return
      const view = this.#view(engine)
      const parts = this.#routeParts(engine, server, view, address)
      server.open(view, { groups: builtinRoutes(parts), ui: this.#uiFiles() })
      this.reload = () => this.#reloadOnSignal(view)
      if (this.#isReloadDue) void this.reload()
      logger.log('info', '{^_^} Alloy is running')
      ready(address)
      await Promise.all([
        engine.run(signal),
        this.#watch(engine, view, signal),
        sampleMeta(this.#meta, engine.metrics, {
          clock: systemClock,
          process: processFigures(),
          signal,
        }),
      ])
    } finally {
      this.reload = async () => {}
      this.#endRuntime()
      await engine.close()
      await server.close()
    }
  }

  #uiFiles(): UiFiles {
    const { uiDir, uiPathPrefix } = this.#options
    return uiFiles({ dir: uiDir, uiPrefix: uiPrefix(uiPathPrefix) })
  }

  #createServer(): HttpServer {
    const { listenAddr, memoryAddr, uiPathPrefix } = this.#options
    return new HttpServer({ listenAddr, memoryAddr, uiPathPrefix, logger: this.#logs.logger })
  }

  async #createEngine(server: HttpServer): Promise<Engine> {
    const { environment, features, limits, reloadMode, shutdownDeadlineMs, version } = this.#options
    const catalog = await loadCatalog()
    const { uid, storagePath } = await this.#openInstallation()
    const program = programFacts(version, uid, environment)
    const pool = new LabelPool()
    const liveDebug = new LiveDebug({ clock: systemClock, pool, mask: this.#mask.apply })
    const engine = new Engine({
      catalog,
      features,
      limits,
      program,
      reloadMode,
      shutdownDeadlineMs,
      storagePath,
      scope: createStdlib({
        env: (name) => environment[name],
        hostname: program.hostname,
        os: process.platform === 'win32' ? 'windows' : process.platform,
        arch: process.arch === 'x64' ? 'amd64' : process.arch,
        version: program.version,
      }),
      services: builtinServices(this.#logs, server, liveDebug),
      imports: builtinImports,
      clock: systemClock,
      logger: this.#logs.logger,
      files: fileReader,
      pool,
      liveDebug,
      internal: server.internal,
      remember: (values) => this.#mask.remember(values),
    })
    addResources(engine.metrics.group({}))
    this.#logBuffer?.addMetrics(engine.metrics.group({}))
    this.#endRuntime = addGoRuntime(engine.metrics.group({}))
    const process_ = new Registry()
    collectDefaultMetrics({ register: process_ })
    engine.metrics.include(process_)
    return engine
  }

  async #openInstallation() {
    const { storagePath, version } = this.#options
    try {
      return await openInstallation(storagePath, { clock: systemClock, version: `v${version}` })
    } catch (error) {
      const message = `failed to create the remotecfg service: ${describe(error)}`
      throw new CommandLineError(message, { cause: error })
    }
  }

  async #listen(server: HttpServer): Promise<string> {
    try {
      return await server.listen()
    } catch (error) {
      this.#printHeldLogs()
      throw new ListenFailure(describe(error), { cause: error })
    }
  }

  /**
   * The first load; false when the program was ended meanwhile. What is wrong with the text is
   * printed whole.
   */
  async #load(engine: Engine): Promise<boolean> {
    const { path, stderr, stdout } = this.#options
    try {
      await this.#loads.watch(() => engine.load(path))
      return true
    } catch (error) {
      if (error instanceof LoadStopped) return false
      if (!(error instanceof LoadError)) throw new CommandLineError(describe(error))
      const report = renderReport(error.list, reportColors(), error.concealed)
      stderr(this.#mask.apply(report))
      stdout('\n')
      throw new CommandLineError('could not perform the initial load successfully')
    }
  }

  #view(engine: Engine): EngineView {
    const mask = this.#mask.apply
    const masked = (component: ComponentView) => maskedComponent(component, mask)
    return {
      isReady: () => engine.isLoaded,
      components: (moduleId) => engine.components(moduleId)?.map(masked),
      component: (id) => {
        const component = engine.component(id)
        return component && masked(component)
      },
      isLiveDebuggingEnabled: () => engine.isLiveDebuggingEnabled,
      watch: (id, viewer) => engine.watch(id, viewer),
      metrics: () => engine.exposition(),
      reload: () => this.#loads.watch(() => this.#reloadEngine(engine)),
    }
  }

  #routeParts(
    engine: Engine,
    { internal }: HttpServer,
    view: EngineView,
    address: string,
  ): RouteParts {
    const mask = this.#mask.apply
    const { serves } = this.#options
    const loads = this.#loads
    const logs = this.#logBuffer
    const facts = supportFacts(this.#options, { engine, internal, logs: this.#tee, mask })
    const program = programView(this.#options, { engine, mask, loads, logs, meta: this.#meta })
    const { hostname } = program.info()
    return { engine: view, facts, program, address, hostname, serves, mask }
  }

  async #reloadEngine(engine: Engine): Promise<void> {
    try {
      await engine.reload()
    } catch (error) {
      const told = error instanceof LoadError ? this.#reloadError(error) : error
      throw new Error(this.#mask.apply(describe(told)))
    }
  }

  /** In upstream's words, which speak of the initial load whichever it is. */
  #reloadError(error: LoadError): Error {
    const { path } = this.#options
    const isParsing = error.stage === 'parse'
    const what = isParsing
      ? `reading config path ${JSON.stringify(path)}`
      : 'error during the initial load'
    return new Error(what, { cause: error })
  }

  async #watch(engine: Engine, view: EngineView, signal: AbortSignal): Promise<void> {
    const { path, watch } = this.#options
    if (!watch) return
    await watchConfig(
      {
        path,
        clock: systemClock,
        logger: this.#logs.logger,
        files: fileReader,
        watch: watchPath,
        lastHash: () => engine.lastHash,
        reload: () => this.#reloadOnSignal(view),
      },
      signal,
    )
  }

  async #reloadOnSignal(view: EngineView): Promise<void> {
    const { logger } = this.#logs
    try {
      await view.reload()
      logger.log('info', 'config reloaded')
    } catch (error) {
      logger.log('error', 'failed to reload config', { err: describe(error) })
    }
  }

  /** The logging block was never evaluated, but what was logged says why the program ends. */
  #printHeldLogs(): void {
    this.#logs.configure({ level: 'info', format: 'logfmt' })
  }
}
