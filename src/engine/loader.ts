// Keeps one graph of nodes: loads configurations into it, and evaluates again what refers to
// exports that changed. The root has a loader; a module is another one with a scope of its own.

import { randomBytes } from 'node:crypto'
import type { Scope } from '../eval/scope.ts'
import type { Value } from '../eval/value.ts'
import type { Clock } from '../model/clock.ts'
import type { LogField, Logger, LogLevel } from '../model/logger.ts'
import { type Diagnostic, Diagnostics } from '../syntax/diagnostics.ts'
import type { Span } from '../syntax/source.ts'
import type { Statement } from '../syntax/tree.ts'
import type { Catalog, Features } from './catalog.ts'
import { controllerLabelsOf } from './context.ts'
import { asFailure, type EvaluatedNode, report } from './evaluation.ts'
import { Graph, topologicalOrder } from './graph.ts'
import { LoadStopped } from './load_stopped.ts'
import { Registry } from './modules/registry.ts'
import { planGraph } from './plan.ts'
import type { PlannedNode } from './planned.ts'
import type { LoaderMetrics } from './self_metrics.ts'
import { nextTurn, Slice } from './slice.ts'
import { bind } from './variables.ts'
import type { WorkQueue } from './work_queue.ts'

export interface LoaderOptions<N extends EvaluatedNode> {
  /** Empty for the root, else the id of the node whose module this is. */
  readonly controllerId: string
  readonly catalog: Catalog
  readonly features: Features
  /** Names of blocks that are evaluated whether or not the configuration has them, in order. */
  readonly services: readonly string[]
  /** Names of blocks that import modules. */
  readonly imports: ReadonlySet<string>
  /** What identifiers mean besides components. */
  readonly scope: Scope
  readonly clock: Clock
  readonly logger: Logger
  readonly metrics: LoaderMetrics
  /** Shared by all loaders of an engine. */
  readonly queue: WorkQueue
  readonly createNode: (planned: PlannedNode) => N
}

/** What is loaded, and what surrounds it. */
export interface LoadInput {
  readonly body: readonly Statement[]
  /** What `module_path` means. */
  readonly modulePath: string
  /** Of the module around this one, as far as it may be seen. */
  readonly parent?: Registry | undefined
  /** What the scope has besides, such as the item of a `foreach`. */
  readonly variables?: ReadonlyMap<string, Value>
  /** Names of what the module is given, and where that is written. */
  readonly arguments?: ReadonlyMap<string, Span | undefined>
  /** Looks at the plan before anything of it is applied; where it reports errors, nothing is. */
  readonly check?: CheckPlan
}

type CheckPlan = (
  plan: Graph<PlannedNode>,
  variables: ReadonlyMap<string, Value>,
) => Promise<readonly Diagnostic[]>

/** What was in force at some time. */
export interface Snapshot<N extends EvaluatedNode> {
  readonly graph: Graph<LiveNode<N>>
  readonly variables: ReadonlyMap<string, Value>
}

/** A node with the statement that it was last told to apply. */
export interface LiveNode<N extends EvaluatedNode> {
  readonly id: string
  readonly planned: PlannedNode
  readonly node: N
}

export interface LoadResult {
  /** False when the graph could not be built: then the old one is still in place, untouched. */
  readonly active: boolean
  readonly diagnostics: readonly Diagnostic[]
}

/**
 * How long a load waits for one node. What takes longer goes on by itself, and the load reports it:
 * a component that cannot finish must not keep others from a new configuration.
 */
const evaluationWaitMs = 300_000

const slowEvaluationMs = 60_000

export class Loader<N extends EvaluatedNode> {
  readonly #options: LoaderOptions<N>
  #graph = new Graph<LiveNode<N>>()
  /** Nodes whose exports changed: since when, in monotonic ms, and which step changed them last. */
  #changed = new Map<string, { readonly sinceMs: number; readonly step: number }>()
  /** Counts changes of exports and evaluations, to tell which of them came first. */
  #step = 0
  readonly #evaluations = new WeakMap<EvaluatedNode, number>()
  /** Nodes whose last evaluation did not succeed. */
  readonly #failed = new WeakSet<EvaluatedNode>()
  #variables: ReadonlyMap<string, Value> = new Map()
  #isFlushing = false
  #loads = 0
  #lastLoad: Promise<unknown> = Promise.resolve()
  readonly #closed = new AbortController()

  constructor(options: LoaderOptions<N>) {
    this.#options = options
  }

  get graph(): Graph<LiveNode<N>> {
    return this.#graph
  }

  /** Whether a load is under way. */
  get isLoading(): boolean {
    return this.#loads > 0
  }

  /**
   * Loads what parsed. Nodes whose ids stay are kept. One load follows another. The new graph is
   * active even where nodes failed to evaluate: those keep the arguments that they had.
   */
  load(input: LoadInput): Promise<LoadResult> {
    return this.#inTurn(() => this.#load(input))
  }

  /**
   * Evaluates these nodes, what depends on exports that change by that, and what failed before,
   * and is done when all that is done.
   */
  refresh(ids: ReadonlySet<string>): Promise<LoadResult> {
    return this.#inTurn(() => this.#refresh(ids))
  }

  get snapshot(): Snapshot<N> {
    return { graph: this.#graph, variables: this.#variables }
  }

  /** Puts back what was in force, with the same nodes, and has them all evaluated again. */
  restore({ graph, variables }: Snapshot<N>): Promise<LoadResult> {
    return this.#inTurn(async () => {
      const diagnostics = new Diagnostics()
      this.#graph = graph
      this.#variables = variables
      await this.#evaluateAll(diagnostics)
      return { active: true, diagnostics: diagnostics.list }
    })
  }

  /** Ends the load under way, which rejects with `LoadStopped`, and takes no other. */
  close(): void {
    this.#closed.abort(new LoadStopped())
  }

  /** Has the dependants of a node evaluated soon. */
  exportsChanged(id: string): void {
    const sinceMs = this.#changed.get(id)?.sinceMs ?? this.#options.clock.monotonic()
    this.#changed.set(id, { sinceMs, step: ++this.#step })
    if (this.#loads === 0) void this.#flush()
  }

  #inTurn(task: () => Promise<LoadResult>): Promise<LoadResult> {
    const result = this.#lastLoad.then(async () => {
      const { metrics } = this.#options
      this.#loads++
      metrics.evaluating.set(1)
      try {
        return await task()
      } finally {
        metrics.evaluating.set(0)
        this.#loads--
        void this.#flush()
      }
    })
    this.#lastLoad = result.catch(() => {})
    return result
  }

  async #load(input: LoadInput): Promise<LoadResult> {
    const { controllerId, scope } = this.#options
    const { body, modulePath, parent, variables = [] } = input
    // The files were read and parsed in this turn.
    await nextTurn()
    const diagnostics = new Diagnostics()
    const isLibraryName = (name: string) => scope.lookup(name) !== undefined
    const all = new Map<string, Value>([...variables, ['module_path', modulePath]])
    const plan = await planGraph(
      body,
      {
        ...this.#options,
        place: controllerId === '' ? 'root' : 'module',
        isLibraryName,
        isKnownName: (name) => all.has(name) || isLibraryName(name),
        arguments: input.arguments ?? new Map(),
        registry: new Registry(modulePath, parent),
        contentOf: (id) => this.#graph.get(id)?.node.content,
      },
      diagnostics,
    )
    this.#closed.signal.throwIfAborted()
    if (diagnostics.errors === 0 && input.check !== undefined) {
      for (const found of await input.check(plan, all)) diagnostics.add(found)
    }
    if (diagnostics.errors > 0) return { active: false, diagnostics: diagnostics.list }
    this.#variables = all
    this.#graph = this.#adopt(plan)
    await this.#evaluateAll(diagnostics)
    return { active: true, diagnostics: diagnostics.list }
  }

  /** The new graph, with the old nodes where their ids stay. */
  #adopt(plan: Graph<PlannedNode>): Graph<LiveNode<N>> {
    const graph = new Graph<LiveNode<N>>()
    for (const planned of plan.nodes) {
      const { id } = planned
      const node = this.#graph.get(id)?.node ?? this.#options.createNode(planned)
      graph.add(id, { id, planned, node })
    }
    for (const id of plan.ids) for (const to of plan.dependencies(id)) graph.connect(id, to)
    return graph
  }

  async #evaluateAll(diagnostics: Diagnostics): Promise<void> {
    const { clock, logger } = this.#options
    const traced = logger.with({
      ...this.#labels,
      trace_id: randomBytes(16).toString('hex'),
    })
    const startedMs = clock.monotonic()
    traced.log('info', 'starting complete graph evaluation')
    await this.#evaluateInOrder(diagnostics, traced, 'info', () => true)
    const duration = durationSince(clock, startedMs)
    traced.log('info', 'finished complete graph evaluation', { duration })
  }

  async #refresh(ids: ReadonlySet<string>): Promise<LoadResult> {
    const diagnostics = new Diagnostics()
    const logger = this.#options.logger.with(this.#labels)
    await this.#evaluateInOrder(diagnostics, logger, 'debug', ({ id, node }) => {
      return ids.has(id) || this.#failed.has(node) || this.#isOutdated(id, node)
    })
    return { active: true, diagnostics: diagnostics.list }
  }

  /** Whether what the node refers to has changed since its last evaluation. */
  #isOutdated(id: string, node: N): boolean {
    const evaluation = this.#evaluations.get(node) ?? 0
    for (const dependency of this.#graph.dependencies(id)) {
      const change = this.#changed.get(dependency)
      if (change !== undefined && change.step > evaluation) return true
    }
    return false
  }

  async #evaluateInOrder(
    diagnostics: Diagnostics,
    logger: Logger,
    level: LogLevel,
    isDue: (live: LiveNode<N>) => boolean,
  ): Promise<void> {
    const { clock } = this.#options
    const slice = new Slice()
    for (const id of topologicalOrder(this.#graph)) {
      const live = this.#graph.get(id)!
      if (!isDue(live)) continue
      const startedMs = clock.monotonic()
      try {
        await this.#within(id, () => this.#evaluate(live))
      } catch (error) {
        this.#closed.signal.throwIfAborted()
        report(live.planned, asFailure(error), diagnostics)
        logger.log('error', 'failed to evaluate config', { node: id, err: asFailure(error) })
      }
      const duration = durationSince(clock, startedMs)
      logger.log(level, 'finished node evaluation', { node_id: id, duration })
      if (slice.due()) await slice.pause()
    }
  }

  /**
   * Evaluates when no other evaluation of the node runs; gives up waiting after the limit, or when
   * everything stops.
   */
  async #within(id: string, task: () => Promise<void>): Promise<void> {
    const { clock, queue } = this.#options
    const { signal } = this.#closed
    signal.throwIfAborted()
    let cancel = () => {}
    const late = new Promise<void>((_, reject) => {
      const message = 'evaluation takes longer than 5m0s and goes on in the background'
      const cancelTimer = clock.after(evaluationWaitMs, () => reject(new Error(message)))
      const stop = () => reject(signal.reason)
      signal.addEventListener('abort', stop)
      cancel = () => {
        cancelTimer()
        signal.removeEventListener('abort', stop)
      }
    })
    const done = queue.exclusive(this.#key(id), task)
    done.catch(() => {})
    try {
      await Promise.race([done, late])
    } finally {
      cancel()
    }
  }

  async #evaluate({ planned, node }: LiveNode<N>): Promise<void> {
    this.#evaluations.set(node, ++this.#step)
    const variables = this.#variablesOf(planned)
    const scope = this.#options.scope.extend(variables)
    this.#failed.add(node)
    await node.evaluate(planned, scope, variables)
    this.#failed.delete(node)
  }

  /**
   * Of all exports just those that the node refers to, so that its cost is that of the node alone.
   */
  #variablesOf({ references }: PlannedNode): ReadonlyMap<string, Value> {
    const variables = new Map(this.#variables)
    for (const target of new Set(references.map((reference) => reference.target))) {
      bind(variables, target.split('.'), this.#graph.get(target)?.node.exports ?? new Map())
    }
    return variables
  }

  /**
   * One wave: the direct dependants of everything that changed since the last one, each once. What
   * was evaluated since, as by a load, has seen the change.
   */
  async #flush(): Promise<void> {
    if (this.#isFlushing || this.#changed.size === 0) return
    this.#isFlushing = true
    await nextTurn()
    this.#isFlushing = false
    if (this.#loads > 0) return
    const changed = this.#changed
    this.#changed = new Map()
    const { queue, metrics } = this.#options
    for (const [id, { sinceMs, step }] of changed) {
      if (!this.#graph.has(id)) continue
      for (const dependant of this.#graph.dependants(id)) {
        const evaluation = this.#evaluations.get(this.#graph.get(dependant)!.node) ?? 0
        if (evaluation > step) continue
        queue.submit(this.#key(dependant), () => this.#evaluateAgain(dependant, sinceMs))
      }
    }
    metrics.queueSize.set(queue.size)
  }

  async #evaluateAgain(id: string, sinceMs: number): Promise<void> {
    const live = this.#graph.get(id)
    if (live === undefined) return
    const { clock, logger, metrics } = this.#options
    const fields = this.#labels
    const startedMs = clock.monotonic()
    metrics.wait.observe((startedMs - sinceMs) / 1000)
    try {
      await this.#evaluate(live)
    } catch (error) {
      const err = asFailure(error)
      logger.log('error', 'failed to evaluate config', { ...fields, node: id, err })
    }
    const tookMs = clock.monotonic() - startedMs
    metrics.evaluation.observe(tookMs / 1000)
    if (tookMs >= slowEvaluationMs) metrics.addSlow(id, tookMs / 1000)
    const duration = durationSince(clock, startedMs)
    logger.log('debug', 'finished node evaluation', { ...fields, node_id: id, duration })
  }

  get #labels() {
    return controllerLabelsOf(this.#options.controllerId)
  }

  #key(id: string): string {
    return `${this.#options.controllerId}/${id}`
  }
}

function durationSince(clock: Clock, startedMs: number): LogField {
  return { durationMs: clock.monotonic() - startedMs }
}
