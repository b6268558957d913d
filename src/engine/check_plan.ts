// Whether a configuration could be applied, found out before anything of it is: every block is
// decoded and checked, also inside modules, with what components export at the moment. What only a
// running component will know is given the benefit of the doubt.

import type { Scope } from '../eval/scope.ts'
import { Unknown, type Value } from '../eval/value.ts'
import type { Body } from '../schema/body.ts'
import { type Diagnostic, Diagnostics } from '../syntax/diagnostics.ts'
import type { Span } from '../syntax/source.ts'
import type { BlockStatement, Statement } from '../syntax/tree.ts'
import { decodeKnown } from './decode_body.ts'
import { asFailure, report } from './evaluation.ts'
import { type Graph, topologicalOrder } from './graph.ts'
import { instanceSchema, noTemplate } from './modules/custom_node.ts'
import { foreachArguments, itemsOf, splitTemplate } from './modules/foreach_node.ts'
import { nestingMax } from './modules/module.ts'
import { missingArgument } from './modules/ports.ts'
import { Registry } from './modules/registry.ts'
import { type PlanOptions, planGraph } from './plan.ts'
import type { PlannedComponent, PlannedCustom, PlannedForeach, PlannedNode } from './planned.ts'
import { Slice } from './slice.ts'
import { unknownExports } from './static/scope.ts'
import { bind } from './variables.ts'

export interface CheckOptions
  extends Pick<PlanOptions, 'catalog' | 'features' | 'imports' | 'contentOf'> {
  /** The standard library. */
  readonly scope: Scope
  /**
   * What a live node exports, where it has these arguments already; nothing where it will get
   * others, so that its exports may change.
   */
  readonly exportsNow: (planned: PlannedNode, body: Body) => Value | undefined
  /** Whether a live import has these arguments already. */
  readonly isApplied: (planned: PlannedNode, body: Body) => boolean
}

export async function checkPlan(
  plan: Graph<PlannedNode>,
  variables: ReadonlyMap<string, Value>,
  options: CheckOptions,
): Promise<readonly Diagnostic[]> {
  const diagnostics = new Diagnostics()
  await new PlanCheck(options, diagnostics, 0).check(plan, variables, new Map())
  return diagnostics.list
}

class PlanCheck {
  readonly #options: CheckOptions
  readonly #diagnostics: Diagnostics
  readonly #depth: number
  readonly #exports = new Map<string, Value>()
  /** Labels of imports whose content is known once they are applied. */
  readonly #unread = new Set<string>()
  #variables: ReadonlyMap<string, Value> = new Map()
  #given: ReadonlyMap<string, Value> = new Map()

  constructor(options: CheckOptions, diagnostics: Diagnostics, depth: number) {
    this.#options = options
    this.#diagnostics = diagnostics
    this.#depth = depth
  }

  async check(
    plan: Graph<PlannedNode>,
    variables: ReadonlyMap<string, Value>,
    given: ReadonlyMap<string, Value>,
  ): Promise<ReadonlyMap<string, Value>> {
    this.#variables = variables
    this.#given = given
    const slice = new Slice()
    const exports = new Map<string, Value>()
    for (const id of topologicalOrder(plan)) {
      const planned = plan.get(id)!
      const value = await this.#checkNode(planned)
      if (value !== undefined) this.#exports.set(id, value)
      if (planned.kind === 'export') exports.set(planned.block.label, value ?? new Unknown('any'))
      if (slice.due()) await slice.pause()
    }
    return exports
  }

  /** What the node will export, as far as that can be told. */
  async #checkNode(planned: PlannedNode): Promise<Value | undefined> {
    try {
      return await this.#valueOf(planned)
    } catch (error) {
      report(planned, asFailure(error), this.#diagnostics)
      return new Unknown('any')
    }
  }

  async #valueOf(planned: PlannedNode): Promise<Value | undefined> {
    switch (planned.kind) {
      case 'component':
        return this.#component(planned)
      case 'custom':
        return this.#custom(planned)
      case 'foreach':
        await this.#foreach(planned)
        return undefined
      case 'declare':
        return undefined
      case 'argument':
        return this.#argument(planned.block, this.#decode(planned).body)
      case 'export':
        return attributeOf(this.#decode(planned).body, 'value')
      case 'import': {
        const { body } = this.#decode(planned)
        if (!this.#options.isApplied(planned, body)) this.#unread.add(planned.block.label)
        return undefined
      }
      case 'block':
        this.#decode(planned)
        return undefined
    }
  }

  #component(planned: PlannedComponent): Value {
    const { arguments: schema, exports } = planned.declaration
    const { body } = decodeKnown(schema, planned.block, this.#scopeOf(planned))
    return this.#options.exportsNow(planned, body) ?? unknownExports(exports)
  }

  #argument({ label }: BlockStatement, body: Body): Value {
    const given = this.#given.get(label)
    if (given === undefined && attributeOf(body, 'optional') !== true) throw missingArgument(label)
    return new Map([['value', given ?? attributeOf(body, 'default')]])
  }

  async #custom(planned: PlannedCustom): Promise<Value> {
    const { block, imports, registry } = planned
    const { body } = decodeKnown(instanceSchema, block, this.#scopeOf(planned))
    if (imports.some((label) => this.#unread.has(label))) return new Unknown('any')
    const template = registry.template(block.name)
    if (template === undefined) throw noTemplate(block.name)
    const spans = new Map(block.body.map(({ name, span }) => [name, span]))
    const { modulePath } = template.registry
    const variables = new Map([['module_path', modulePath]])
    return this.#inner(template.body, template.registry, variables, body.rest, spans)
  }

  async #foreach(planned: PlannedForeach): Promise<void> {
    const { imports, registry } = planned
    const { block, template } = splitTemplate(planned.block)
    const schema = planned.declaration.arguments ?? { fields: {} }
    const { args } = decodeKnown(schema, block, this.#scopeOf(planned))
    if (args === undefined || imports.some((label) => this.#unread.has(label))) return
    const decoded = foreachArguments(args)
    for (const value of itemsOf(decoded, () => {}).values()) {
      const variables = new Map([...this.#variablesOf(planned), [decoded.var, value]])
      await this.#inner(template.body, registry, variables, new Map(), new Map())
    }
  }

  /** What a module exports. */
  async #inner(
    body: readonly Statement[],
    parent: Registry,
    variables: ReadonlyMap<string, Value>,
    given: ReadonlyMap<string, Value>,
    spans: ReadonlyMap<string, Span>,
  ): Promise<Value> {
    const depth = this.#depth + 1
    if (depth > nestingMax) return new Unknown('any')
    const { catalog, features, imports, scope } = this.#options
    const isLibraryName = (name: string) => scope.lookup(name) !== undefined
    const found = new Diagnostics()
    const plan = await planGraph(
      body,
      {
        catalog,
        features,
        imports,
        place: 'module',
        services: [],
        isLibraryName,
        isKnownName: (name) => variables.has(name) || isLibraryName(name),
        arguments: new Map([...given.keys()].map((name) => [name, spans.get(name)])),
        registry: new Registry(parent.modulePath, parent),
        contentOf: () => undefined,
      },
      found,
    )
    for (const each of found.list) this.#diagnostics.add(each)
    if (found.errors > 0) return new Unknown('any')
    const inside = { ...this.#options, exportsNow: () => undefined, isApplied: () => false }
    return new PlanCheck(inside, this.#diagnostics, depth).check(plan, variables, given)
  }

  #decode(planned: PlannedNode) {
    const schema = 'declaration' in planned ? planned.declaration.arguments : undefined
    return decodeKnown(schema ?? { fields: {} }, planned.block, this.#scopeOf(planned))
  }

  #scopeOf(planned: PlannedNode): Scope {
    return this.#options.scope.extend(this.#variablesOf(planned))
  }

  #variablesOf({ references }: PlannedNode): ReadonlyMap<string, Value> {
    const variables = new Map(this.#variables)
    for (const target of new Set(references.map((reference) => reference.target))) {
      bind(variables, target.split('.'), this.#exports.get(target) ?? new Map())
    }
    return variables
  }
}

function attributeOf({ held }: Body, name: string): Value {
  const found = held.get(name)
  return found?.kind === 'attribute' ? found.value : null
}
