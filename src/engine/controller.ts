// One graph with what lives in it: the root, or the inside of a module.

import { strict as assert } from 'node:assert'
import { once } from 'node:events'
import { same } from '../eval/same.ts'
import type { Value } from '../eval/value.ts'
import type { Clock } from '../model/clock.ts'
import type { Diagnostic } from '../syntax/diagnostics.ts'
import { BlockNode } from './block_node.ts'
import { checkPlan } from './check_plan.ts'
import { Stopped } from './component.ts'
import { ComponentNode } from './component_node.ts'
import { type ComponentView, viewsOf } from './component_view.ts'
import { connectionsOf } from './data_flow.ts'
import type { EvaluatedNode } from './evaluation.ts'
import { type Graph, weaklyConnected } from './graph.ts'
import { type LiveNode, Loader, type LoadInput, type LoadResult } from './loader.ts'
import { MetricStore } from './metrics.ts'
import { CustomNode } from './modules/custom_node.ts'
import { ForeachNode } from './modules/foreach_node.ts'
import { ImportNode } from './modules/import_node.ts'
import type { Given, Module, ModuleHost, ModuleInput, RunningNode } from './modules/module.ts'
import { ArgumentNode, DeclareNode, ExportNode } from './modules/ports.ts'
import type { PlannedNode } from './planned.ts'
import type { EngineRuntime } from './runtime.ts'
import { Scheduler } from './scheduler.ts'
import { LoaderMetrics } from './self_metrics.ts'
import type { ConfigSource } from './sources.ts'

export interface ControllerOptions {
  /** Empty for the root, else the global id of the module. */
  readonly id: string
  readonly runtime: EngineRuntime
  readonly metrics: MetricStore
  readonly exported?: (values: ReadonlyMap<string, Value>) => void
}

export class Controller implements Module {
  readonly id: string
  readonly #options: ControllerOptions
  readonly #host: ModuleHost
  readonly #loader: Loader<EvaluatedNode>
  readonly #scheduler: Scheduler
  readonly #loaderMetrics: LoaderMetrics
  #given: ReadonlyMap<string, Given> = new Map()
  #isRunning = false

  constructor(options: ControllerOptions) {
    const { id, runtime, metrics } = options
    const { clock, logger, shutdownDeadlineMs } = runtime
    this.id = id
    this.#options = options
    this.#host = this.#hostOf(options)
    const schedulerLogger = logger.with({ controller_id: id })
    this.#scheduler = new Scheduler({ clock, logger: schedulerLogger, shutdownDeadlineMs })
    this.#loaderMetrics = new LoaderMetrics(metrics, id, {
      health: () => this.#health(),
      connections: () => connectionsOf(this.#loader.graph),
    })
    this.#loader = new Loader({
      ...runtime,
      controllerId: id,
      services: id === '' ? runtime.services.map(({ declaration }) => declaration.name) : [],
      imports: new Set(runtime.imports.keys()),
      metrics: this.#loaderMetrics,
      createNode: (planned) => this.#createNode(planned),
    })
  }

  get graph(): Graph<LiveNode<EvaluatedNode>> {
    return this.#loader.graph
  }

  /** Loads are done one after the other by whoever owns the controller. */
  async load({ arguments: given = new Map(), ...input }: ModuleInput): Promise<LoadResult> {
    const before = this.#running()
    const givenBefore = this.#given
    this.#given = given
    const spans = new Map([...given].map(([name, { span }]) => [name, span]))
    try {
      const result = await this.#loader.load({ ...input, arguments: spans })
      if (!result.active) this.#given = givenBefore
      return result
    } finally {
      this.#publish()
      this.#schedule(before)
    }
  }

  /**
   * Loads all or nothing: where a block cannot be decoded nothing is touched, and where a node
   * cannot be evaluated all nodes get again what they had. What that reports is `undone`.
   */
  async loadWhole(
    input: ModuleInput,
  ): Promise<LoadResult & { readonly undone?: readonly Diagnostic[] }> {
    const { snapshot } = this.#loader
    const before = this.#running()
    let created: readonly RunningNode[] = []
    try {
      const check: LoadInput['check'] = (plan, variables) => this.#check(plan, variables)
      const { arguments: _, ...rest } = input
      const result = await this.#loader.load({ ...rest, check })
      if (!result.active || !result.diagnostics.some(isError)) return result
      created = this.#running()
      const { diagnostics: undone } = await this.#loader.restore(snapshot)
      return { ...result, active: false, undone }
    } finally {
      this.#schedule([...before, ...created])
    }
  }

  async update(given: ReadonlyMap<string, Given>): Promise<LoadResult> {
    this.#given = given
    const ids = this.graph.nodes.flatMap(({ id, node }) => {
      return node instanceof ArgumentNode ? [id] : []
    })
    const result = await this.#loader.refresh(new Set(ids))
    this.#publish()
    return result
  }

  /** Runs what is loaded, and what will be. */
  start(): void {
    this.#isRunning = true
    this.#schedule([])
  }

  async run(signal: AbortSignal): Promise<void> {
    this.start()
    if (!signal.aborted) await once(signal, 'abort')
    await this.stop(signal.reason)
  }

  async stop(why: Stopped): Promise<void> {
    this.#isRunning = false
    await this.#scheduler.stop(why.why)
  }

  async close(why: Stopped): Promise<void> {
    const { id, runtime } = this.#options
    this.endLoads()
    // The id is free at once, also in the metrics.
    this.#loaderMetrics.dispose()
    if (runtime.modules.get(id) === this) runtime.modules.delete(id)
    const stopped = this.stop(why)
    await Promise.all(this.#running().map((node) => this.#closeNode(node, why)))
    await stopped
  }

  endLoads(): void {
    this.#loader.close()
  }

  importedSources(): readonly ConfigSource[] {
    return this.graph.nodes.flatMap(({ node }) => (node instanceof ImportNode ? node.sources : []))
  }

  views(): ReadonlyMap<string, ComponentView> {
    return viewsOf(this.graph, this.#options.runtime.program)
  }

  #hostOf({ id, metrics, runtime }: ControllerOptions): ModuleHost {
    const { owns = () => true, remember = () => {} } = runtime
    return {
      ...runtime,
      controllerId: id,
      metrics,
      owns,
      remember,
      exportsChanged: (nodeId) => this.#loader.exportsChanged(nodeId),
      openModule: (options) => {
        const module = new Controller({ ...options, runtime })
        runtime.modules.set(options.id, module)
        return module
      },
      hiddenMetrics: () => {
        return new MetricStore((owner, error) => runtime.readFailed('metrics', owner, error))
      },
    }
  }

  #check(plan: Graph<PlannedNode>, variables: ReadonlyMap<string, Value>) {
    const { runtime } = this.#options
    const liveOf = ({ id }: PlannedNode) => this.graph.get(id)?.node
    return checkPlan(plan, variables, {
      ...runtime,
      imports: new Set(runtime.imports.keys()),
      contentOf: (id) => this.graph.get(id)?.node.content,
      exportsNow: (planned, body) => {
        const node = liveOf(planned)
        return node instanceof ComponentNode && same(body, node.arguments)
          ? node.exports
          : undefined
      },
      isApplied: (planned, body) => {
        const node = liveOf(planned)
        return node instanceof ImportNode && same(body, node.arguments)
      },
    })
  }

  #createNode(planned: PlannedNode): EvaluatedNode {
    const { runtime } = this.#options
    const changed = (id: string) => this.#loader.exportsChanged(id)
    switch (planned.kind) {
      case 'component':
        return new ComponentNode(planned.id, planned.declaration, this.#host)
      case 'custom':
        return new CustomNode(planned, this.#host)
      case 'argument':
        return new ArgumentNode(planned, () => this.#given, changed)
      case 'export':
        return new ExportNode(planned, () => {
          if (!this.#loader.isLoading) this.#publish()
        })
      case 'declare':
        return new DeclareNode(planned, changed)
      case 'block': {
        const { name } = planned.declaration
        const service = runtime.services.find(({ declaration }) => declaration.name === name)
        assert(service !== undefined, `no service works for block ${name}`)
        return new BlockNode(planned.id, service, runtime.remember)
      }
      case 'import': {
        const open = runtime.imports.get(planned.declaration.name)
        assert(open !== undefined, `nothing reads ${planned.declaration.name}`)
        return new ImportNode(planned, this.#host, open)
      }
      case 'foreach':
        return new ForeachNode(planned, this.#host)
    }
  }

  /** What the module around may refer to. */
  #publish(): void {
    const { exported } = this.#options
    if (exported === undefined) return
    const values = new Map<string, Value>()
    for (const { node } of this.graph.nodes) {
      if (node instanceof ExportNode && node.value !== undefined) values.set(node.label, node.value)
    }
    exported(values)
  }

  /**
   * Starts and stops in the background: no load waits for what a component still has to do. What
   * left is out of the metrics at once, so that its name is free.
   */
  #schedule(before: readonly RunningNode[]): void {
    const { graph } = this
    const present = new Set<EvaluatedNode>(graph.nodes.map(({ node }) => node))
    const removed = before.filter((node) => !present.has(node))
    if (this.#isRunning) {
      const groups = weaklyConnected(graph).map((ids) =>
        ids.map((id) => graph.get(id)!.node).filter(isRunning),
      )
      this.#options.runtime.logger.log('info', 'scheduling loaded components and services', {
        controller_id: this.id,
      })
      void this.#scheduler.synchronize(groups)
    }
    const why = new Stopped('removed')
    for (const node of removed) void this.#closeNode(node, why)
  }

  async #closeNode(node: RunningNode, why: Stopped): Promise<void> {
    const { clock, logger, shutdownDeadlineMs } = this.#options.runtime
    try {
      await withDeadline(clock, node.close(why), shutdownDeadlineMs)
    } catch (error) {
      const err = error instanceof Error ? error : new Error(String(error))
      logger.log('error', 'node exited with error', { controller_id: this.id, node: node.id, err })
    }
  }

  #running(): readonly RunningNode[] {
    return this.graph.nodes.map(({ node }) => node).filter(isRunning)
  }

  *#health() {
    for (const node of this.#running()) yield { id: node.globalId, state: node.health().state }
  }
}

function isError({ severity }: Diagnostic): boolean {
  return severity === 'error'
}

function isRunning(node: EvaluatedNode): node is RunningNode {
  return 'run' in node
}

/** Resolves with the promise, or after the time; 0 means never before. */
export async function withDeadline(
  clock: Clock,
  promise: Promise<void>,
  ms: number,
): Promise<void> {
  if (ms === 0) return promise
  let cancel = () => {}
  const deadline = new Promise<void>((resolve) => {
    cancel = clock.after(ms, resolve)
  })
  try {
    await Promise.race([promise, deadline])
  } finally {
    cancel()
  }
}
