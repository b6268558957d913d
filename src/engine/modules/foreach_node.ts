// foreach: a module for each item of a list, all of one template. What an item's module holds stays
// as long as the item does.

import { strict as assert } from 'node:assert'
import { same } from '../../eval/same.ts'
import type { Scope } from '../../eval/scope.ts'
import type { Value } from '../../eval/value.ts'
import type { Body } from '../../schema/body.ts'
import type { Diagnostic } from '../../syntax/diagnostics.ts'
import type { BlockStatement } from '../../syntax/tree.ts'
import { Stopped } from '../component.ts'
import { labelsOf } from '../context.ts'
import { decodeBody } from '../decode_body.ts'
import { describe } from '../describe.ts'
import { asFailure, EvaluationFailed } from '../evaluation.ts'
import type { Health } from '../health.ts'
import { LoadStopped } from '../load_stopped.ts'
import type { MetricStore } from '../metrics.ts'
import type { PlannedForeach, PlannedNode } from '../planned.ts'
import { traversalsOf } from '../references.ts'
import { type Runnable, Scheduler } from '../scheduler.ts'
import { Slice } from '../slice.ts'
import { untilAborted } from '../until_aborted.ts'
import { lookUp } from '../variables.ts'
import { type ItemIdOptions, isIdentifier, itemIds } from './item_id.ts'
import {
  checkNesting,
  globalIdOf,
  type Module,
  type ModuleHost,
  NodeHealth,
  type RunningNode,
} from './module.ts'
import type { Registry } from './registry.ts'

export interface ForeachArguments extends ItemIdOptions {
  readonly collection: readonly Value[]
  readonly var: string
  readonly enable_metrics: boolean
}

/** What a template is made of, besides the item. */
interface Surroundings {
  readonly planned: PlannedForeach
  readonly variable: string
  /** Everything outside that the template refers to. */
  readonly outside: readonly (Value | undefined)[]
  readonly contents: readonly (Registry | undefined)[]
}

class Item implements Runnable {
  readonly id: string
  readonly module: Module
  /** What it was loaded with; nothing where that did not succeed. */
  loaded: { readonly value: Value; readonly around: Surroundings } | undefined

  constructor(id: string, module: Module) {
    this.id = id
    this.module = module
  }

  run(signal: AbortSignal): Promise<void> {
    return this.module.run(signal)
  }
}

export class ForeachNode implements RunningNode {
  readonly id: string
  readonly globalId: string
  readonly exports = undefined
  readonly #host: ModuleHost
  readonly #health: NodeHealth
  readonly #runs: Scheduler
  #body: Body | undefined
  #items: ReadonlyMap<string, Item> = new Map()
  #hidden: MetricStore | undefined
  #showsMetrics = false
  #isRunning = false
  #isClosed = false

  constructor({ id }: PlannedNode, host: ModuleHost) {
    const { clock, logger, shutdownDeadlineMs } = host
    this.id = id
    this.globalId = globalIdOf(id, host)
    this.#host = host
    this.#health = new NodeHealth(clock, 'foreach created')
    this.#runs = new Scheduler({
      clock,
      logger: logger.with({ controller_id: this.globalId }),
      shutdownDeadlineMs,
    })
  }

  get arguments(): Body | undefined {
    return this.#body
  }

  /** Global ids. */
  get moduleIds(): readonly string[] {
    return [...this.#items.keys()].map((id) => `${this.globalId}/${id}`)
  }

  health(): Health {
    return this.#health.worst()
  }

  async evaluate(
    planned: PlannedNode,
    scope: Scope,
    variables: ReadonlyMap<string, Value>,
  ): Promise<void> {
    if (this.#isClosed) return
    assert(planned.kind === 'foreach')
    try {
      await this.#apply(planned, scope, variables)
      this.#health.evaluated('healthy', 'foreach evaluated')
    } catch (error) {
      if (error instanceof LoadStopped) throw error
      const failure = asFailure(error)
      this.#health.evaluated('unhealthy', `foreach evaluation failed: ${failure.message}`)
      throw failure
    }
  }

  async run(signal: AbortSignal): Promise<void> {
    this.#isRunning = true
    this.#health.ran('healthy', 'started foreach')
    this.#runItems()
    await untilAborted(signal)
    this.#isRunning = false
    await this.#runs.stop(signal.reason.why)
    this.#health.ran('exited', 'foreach node shut down cleanly')
  }

  async close(why: Stopped): Promise<void> {
    this.#isClosed = true
    const stopped = this.#runs.stop(why.why)
    await this.#closeItems([...this.#items.values()], why)
    await stopped
  }

  async #apply(
    planned: PlannedForeach,
    scope: Scope,
    variables: ReadonlyMap<string, Value>,
  ): Promise<void> {
    checkNesting(this.globalId)
    const { template, block } = splitTemplate(planned.block)
    const schema = planned.declaration.arguments ?? { fields: {} }
    const { args: decoded, body } = decodeBody(schema, block, scope)
    const args = foreachArguments(decoded)
    this.#host.remember(decoded)
    const wanted = itemsOf(args, () => {
      const fields = { ...labelsOf(this.globalId), id: args.id }
      this.#host.logger.log('warn', 'specified id not found in collection item', fields)
    })
    const around = surroundings(planned, template, args, variables)
    const before = this.#items
    this.#items = this.#open(wanted, args)
    this.#body = body
    const diagnostics: Diagnostic[] = []
    try {
      for (const [id, value] of wanted) {
        const item = this.#items.get(id)!
        diagnostics.push(...(await this.#load(item, value, around, template, variables)))
      }
    } finally {
      this.#settle(before)
    }
    if (diagnostics.some(({ severity }) => severity === 'error')) {
      throw EvaluationFailed.ofModule(diagnostics)
    }
  }

  /** Those that are there already, and new ones for the rest. */
  #open(wanted: ReadonlyMap<string, Value>, args: ForeachArguments): ReadonlyMap<string, Item> {
    const keeps = args.enable_metrics === this.#showsMetrics
    this.#showsMetrics = args.enable_metrics
    this.#hidden ??= this.#host.hiddenMetrics()
    const metrics = args.enable_metrics ? this.#host.metrics : this.#hidden
    const items = new Map<string, Item>()
    for (const id of wanted.keys()) {
      const known = keeps ? this.#items.get(id) : undefined
      const options = { id: `${this.globalId}/${id}`, metrics, exported: () => {} }
      items.set(id, known ?? new Item(id, this.#host.openModule(options)))
    }
    return items
  }

  async #load(
    item: Item,
    value: Value,
    around: Surroundings,
    template: BlockStatement,
    variables: ReadonlyMap<string, Value>,
  ): Promise<readonly Diagnostic[]> {
    const last = item.loaded
    if (last !== undefined && same(value, last.value) && sameSurroundings(around, last.around)) {
      return []
    }
    const { registry } = around.planned
    const result = await item.module.load({
      body: template.body,
      modulePath: registry.modulePath,
      parent: registry,
      variables: new Map([...variables, [around.variable, value]]),
    })
    const failed = result.diagnostics.some(({ severity }) => severity === 'error')
    item.loaded = failed ? undefined : { value, around }
    return result.diagnostics
  }

  #settle(before: ReadonlyMap<string, Item>): void {
    const present = new Set(this.#items.values())
    const removed = [...before.values()].filter((item) => !present.has(item))
    const isChanged = removed.length > 0 || present.size !== before.size
    if (this.#isRunning && isChanged) {
      this.#runItems()
      this.#health.ran('healthy', 'foreach children updated successfully')
    }
    void this.#closeItems(removed, new Stopped('removed'))
  }

  /** There may be thousands of them. */
  async #closeItems(items: readonly Item[], why: Stopped): Promise<void> {
    const slice = new Slice()
    const closed: Promise<void>[] = []
    for (const { id, module } of items) {
      const failed = (error: unknown) => {
        const fields = { node: id, err: describe(error) }
        this.#host.logger.log('error', 'node exited with error', fields)
      }
      closed.push(module.close(why).catch(failed))
      // What a close sets off takes longer than telling it to.
      if (slice.due() || closed.length % 32 === 0) await slice.pause()
    }
    await Promise.all(closed)
  }

  #runItems(): void {
    void this.#runs.synchronize([...this.#items.values()].map((item) => [item]))
  }
}

/** Items by their ids. Throws where one has none that can be used. */
export function itemsOf(args: ForeachArguments, withoutId: () => void): ReadonlyMap<string, Value> {
  const ids = itemIds(args.collection, args, withoutId)
  const items = new Map<string, Value>()
  for (const [i, id] of ids.entries()) {
    if (!isIdentifier(id)) {
      const message = `customComponent ID ${JSON.stringify(id)} is not a valid identifier`
      throw new Error(`creating custom component: ${message}`)
    }
    items.set(id, args.collection[i] ?? null)
  }
  return items
}

/** What the declaration decodes to. */
export function foreachArguments(decoded: Readonly<Record<string, unknown>>): ForeachArguments {
  const { collection, id } = decoded
  assert(Array.isArray(collection) && typeof id === 'string' && typeof decoded.var === 'string')
  return {
    collection,
    id,
    var: decoded.var,
    hash_string_id: decoded.hash_string_id === true,
    enable_metrics: decoded.enable_metrics === true,
  }
}

/** The block without its template, and that. Throws where there is not exactly one. */
export function splitTemplate(block: BlockStatement): {
  readonly template: BlockStatement
  readonly block: BlockStatement
} {
  const templates = block.body.filter((each) => each.kind === 'block' && each.name === 'template')
  const [template] = templates
  if (template?.kind !== 'block') {
    throw new Error('the block template is missing in the foreach block')
  }
  if (templates.length > 1) throw new Error('block "template" may only be specified once')
  const body = block.body.filter((each) => each !== template)
  return { template, block: { ...block, body } }
}

function surroundings(
  planned: PlannedForeach,
  template: BlockStatement,
  args: ForeachArguments,
  variables: ReadonlyMap<string, Value>,
): Surroundings {
  const targets = new Map(
    planned.references.map(({ target, traversal }) => [traversal.span.start, target]),
  )
  const outside = traversalsOf(template.body).map(({ names, span }) => {
    return lookUp(variables, targets.get(span.start)?.split('.') ?? names.slice(0, 1))
  })
  const contents = planned.imports.map((label) => planned.registry.imported(label))
  return { planned, variable: args.var, outside, contents }
}

function sameSurroundings(a: Surroundings, b: Surroundings): boolean {
  return (
    a.planned === b.planned &&
    a.variable === b.variable &&
    same(a.outside, b.outside) &&
    same(a.contents, b.contents)
  )
}
