// An instance of a `declare`: a component whose inside is a module.

import { strict as assert } from 'node:assert'
import { same } from '../../eval/same.ts'
import type { Scope } from '../../eval/scope.ts'
import type { Value } from '../../eval/value.ts'
import { any } from '../../schema/scalars.ts'
import { attributes } from '../../schema/schema.ts'
import type { Stopped } from '../component.ts'
import { decodeBody } from '../decode_body.ts'
import { describe } from '../describe.ts'
import { asFailure, EvaluationFailed } from '../evaluation.ts'
import type { Health } from '../health.ts'
import { LoadStopped } from '../load_stopped.ts'
import type { PlannedCustom, PlannedNode } from '../planned.ts'
import {
  checkNesting,
  type Given,
  globalIdOf,
  type Module,
  type ModuleHost,
  type ModuleResult,
  NodeHealth,
  type RunningNode,
} from './module.ts'
import { type Registry, splitName } from './registry.ts'

/** Instances take attributes of any name; what the module takes is checked when it is loaded. */
export const instanceSchema = attributes(any)

/** What was loaded last. */
interface Loaded {
  readonly planned: PlannedCustom
  readonly given: ReadonlyMap<string, Given>
  readonly contents: readonly (Registry | undefined)[]
  readonly failed: boolean
}

export class CustomNode implements RunningNode {
  readonly id: string
  readonly globalId: string
  readonly #host: ModuleHost
  readonly #module: Module
  readonly #health: NodeHealth
  #loaded: Loaded | undefined
  #exports: ReadonlyMap<string, Value> = new Map()
  #isClosed = false

  constructor({ id }: PlannedNode, host: ModuleHost) {
    this.id = id
    this.globalId = globalIdOf(id, host)
    this.#host = host
    this.#health = new NodeHealth(host.clock, 'node custom component created')
    this.#module = host.openModule({
      id: this.globalId,
      metrics: host.metrics,
      exported: (values) => this.#exported(values),
    })
  }

  get exports(): ReadonlyMap<string, Value> {
    return this.#exports
  }

  /** What it was last updated with; nothing before that. */
  get arguments(): ReadonlyMap<string, Value> | undefined {
    const given = this.#loaded?.given
    return given && valuesOf(given)
  }

  /** Of the instance alone: components inside show their own, as in the original. */
  health(): Health {
    return this.#health.worst()
  }

  async evaluate(planned: PlannedNode, scope: Scope): Promise<void> {
    if (this.#isClosed) return
    assert(planned.kind === 'custom')
    try {
      await this.#apply(planned, scope)
      this.#health.evaluated('healthy', 'component evaluated')
    } catch (error) {
      if (error instanceof LoadStopped) throw error
      const failure = asFailure(error)
      this.#health.evaluated('unhealthy', `component evaluation failed: ${failure.message}`)
      throw failure
    }
  }

  async run(signal: AbortSignal): Promise<void> {
    this.#health.ran('healthy', 'started custom component')
    try {
      await this.#module.run(signal)
      this.#health.ran('exited', 'custom component shut down cleanly')
    } catch (error) {
      this.#health.ran('exited', `custom component shut down with error: ${describe(error)}`)
      throw error
    }
  }

  async close(why: Stopped): Promise<void> {
    this.#isClosed = true
    await this.#module.close(why)
  }

  /**
   * The module is loaded anew with every load of the configuration, and when what it is made of has
   * changed; where only arguments have, just what depends on them is evaluated.
   */
  async #apply(planned: PlannedCustom, scope: Scope): Promise<void> {
    const { block, imports, registry } = planned
    checkNesting(this.globalId)
    const { body } = decodeBody(instanceSchema, block, scope)
    this.#host.remember(body.rest)
    const spans = new Map(block.body.map(({ name, span }) => [name, span]))
    const given = new Map<string, Given>()
    for (const [name, value] of body.rest) given.set(name, { value, span: spans.get(name) })
    const contents = imports.map((label) => registry.imported(label))
    const last = this.#loaded
    let result: ModuleResult
    if (planned !== last?.planned || !same(contents, last.contents)) {
      const template = registry.template(block.name)
      if (template === undefined) throw EvaluationFailed.ofArguments(noTemplate(block.name))
      const { modulePath } = template.registry
      const parent = template.registry
      result = await this.#module.load({
        body: template.body,
        modulePath,
        parent,
        arguments: given,
      })
    } else if (last.failed || !same(valuesOf(given), valuesOf(last.given))) {
      result = await this.#module.update(given)
    } else return
    const failed = result.diagnostics.some(({ severity }) => severity === 'error')
    if (result.active) this.#loaded = { planned, given, contents, failed }
    if (failed) throw EvaluationFailed.ofModule(result.diagnostics)
  }

  #exported(values: ReadonlyMap<string, Value>): void {
    if (same(values, this.#exports)) return
    this.#host.remember(values)
    this.#exports = values
    this.#host.exportsChanged(this.id)
  }
}

function valuesOf(given: ReadonlyMap<string, Given>): ReadonlyMap<string, Value> {
  return new Map([...given].map(([name, { value }]) => [name, value]))
}

/** The namespace offers no such component. */
export function noTemplate(name: string): Error {
  const [namespace, component] = splitName(name)
  return new Error(
    'loading custom component controller: custom component config not found in the registry, ' +
      `namespace: ${JSON.stringify(namespace)}, componentName: ${JSON.stringify(component)}`,
  )
}
