// From the statements of a module to a graph that may be evaluated, or to everything that is wrong
// with it. It touches nothing that runs.

import { experimentalNames } from '../eval/stdlib.ts'
import type { BlockDeclaration, Declaration } from '../schema/declaration.ts'
import type { Diagnostics } from '../syntax/diagnostics.ts'
import { describeSpan } from '../syntax/diagnostics.ts'
import type { Span } from '../syntax/source.ts'
import type { BlockStatement, Statement } from '../syntax/tree.ts'
import { type Catalog, componentProblem, type Features, stabilityProblem } from './catalog.ts'
import { type Classified, classify, idOf, idSpan, serviceNames } from './classify.ts'
import { cyclesOf, Graph, selfReferences } from './graph.ts'
import type { Registry } from './modules/registry.ts'
import { OwnModules } from './modules/uses.ts'
import type { PlannedNode } from './planned.ts'
import { type Reference, resolve, traversalsOf } from './references.ts'

export interface PlanOptions {
  readonly place: 'root' | 'module'
  readonly catalog: Catalog
  readonly features: Features
  /** Names of blocks that are evaluated whether or not the configuration has them, in order. */
  readonly services: readonly string[]
  /** Names of blocks that import modules. */
  readonly imports: ReadonlySet<string>
  /** Whether the standard library has the name. */
  readonly isLibraryName: (name: string) => boolean
  /** Whether an identifier means something without any component of the module. */
  readonly isKnownName: (name: string) => boolean
  /** What the module is given, and where that is written. */
  readonly arguments: ReadonlyMap<string, Span | undefined>
  /** New for this plan, which fills it. */
  readonly registry: Registry
  /** What the live import of that id holds. */
  readonly contentOf: (id: string) => Registry | undefined
}

/** Complete only when no error was reported. */
export async function planGraph(
  body: readonly Statement[],
  options: PlanOptions,
  diagnostics: Diagnostics,
): Promise<Graph<PlannedNode>> {
  const { catalog, registry } = options
  const isService = (name: string) => {
    return serviceNames.has(name) || catalog.block(name)?.service === true
  }
  const blocks = classify(body, isService)
  const planner = new Planner(options, diagnostics)
  planner.addBlocks(blocks)
  const declarations = new Map<string, Declaration | undefined>()
  for (const name of new Set(blocks.components.map((block) => block.name))) {
    if (!registry.has(firstOf(name))) declarations.set(name, await catalog.component(name))
  }
  for (const block of blocks.components) planner.addComponent(block, declarations.get(block.name))
  return planner.link()
}

class Planner {
  readonly #options: PlanOptions
  readonly #diagnostics: Diagnostics
  readonly #nodes = new Map<string, PlannedNode>()
  readonly #seen = new Map<string, BlockStatement>()
  readonly #own: OwnModules
  /** Refused because alloyts cannot run them yet: what refers to them is not to blame too. */
  readonly #unavailable = new Set<string>()

  constructor(options: PlanOptions, diagnostics: Diagnostics) {
    this.#options = options
    this.#diagnostics = diagnostics
    this.#own = new OwnModules(options.registry)
  }

  addBlocks({ attributes, declares, configBlocks, services }: Classified): void {
    for (const { name, nameSpan } of attributes) {
      this.#diagnostics.error(`unrecognized attribute ${name}`, nameSpan)
    }
    for (const block of services) this.#addService(block)
    for (const block of declares) this.#addDeclare(block)
    for (const block of configBlocks) this.#addConfigBlock(block)
    for (const [name, span] of this.#options.arguments) {
      if (this.#seen.has(`argument.${name}`)) continue
      this.#diagnostics.error(`Provided argument "${name}" is not defined in the module`, span)
    }
    for (const id of this.#options.services) this.#addDefault(id)
  }

  addComponent(block: BlockStatement, declaration: Declaration | undefined): void {
    if (this.#isDuplicate(block)) return
    const { name } = block
    const { features, registry } = this.#options
    const id = idOf(block)
    if (registry.has(firstOf(name))) {
      const imports = this.#own.importsOf(name)
      this.#nodes.set(id, { kind: 'custom', id, block, registry, imports, references: [] })
      return
    }
    const problem = componentProblem(name, declaration, features)
    if (problem !== undefined) {
      this.#refuse(block, problem)
    } else if (declaration?.load === undefined) {
      this.#unavailable.add(id)
      this.#refuse(block, `component "${name}" is not available in alloyts yet`)
    } else if (block.label === '') {
      this.#refuse(block, `component "${name}" must have a label`)
    } else {
      this.#nodes.set(id, { kind: 'component', id, declaration, block, references: [] })
    }
  }

  /** The edges, and the nodes with what they refer to. */
  link(): Graph<PlannedNode> {
    const graph = new Graph<PlannedNode>()
    for (const [id, node] of this.#nodes) {
      const references = this.#referencesOf(node)
      if (node.kind !== 'foreach') graph.add(id, { ...node, references })
      else graph.add(id, { ...node, references, imports: this.#own.importsIn(node.block.body) })
    }
    for (const node of graph.nodes) {
      for (const target of this.#own.dependencies(node)) graph.connect(node.id, target)
      for (const { target } of node.references) graph.connect(node.id, target)
    }
    this.#checkCycles(graph)
    return graph
  }

  #addService(block: BlockStatement): void {
    const { name, nameSpan, span } = block
    const { catalog, place } = this.#options
    if (place === 'module') {
      this.#diagnostics.error(`service blocks not allowed inside a module: "${name}"`, span)
      return
    }
    if (this.#seen.has(name)) {
      this.#diagnostics.error(`duplicate definition of "${name}"`, span)
      return
    }
    this.#seen.set(name, block)
    const declaration = catalog.block(name)
    if (declaration?.configurable === false) {
      this.#diagnostics.error(`service "${name}" does not support being configured`, nameSpan)
    } else {
      this.#addBlock(name, block, declaration, `block "${name}"`)
    }
  }

  #addDeclare(block: BlockStatement): void {
    if (this.#isDuplicate(block)) return
    if (block.label === 'declare') {
      const message = "'declare' is not a valid label for a declare block"
      this.#diagnostics.error(message, block.labelSpan ?? block.nameSpan)
      return
    }
    const id = idOf(block)
    this.#own.addDeclare(id, block)
    this.#nodes.set(id, { kind: 'declare', id, block, references: [] })
  }

  #addConfigBlock(block: BlockStatement): void {
    if (this.#isDuplicate(block)) return
    const { name, span } = block
    const { catalog, place } = this.#options
    const isOfModules = name === 'argument' || name === 'export'
    if (isOfModules && place === 'root') {
      this.#diagnostics.error(`${name} blocks only allowed inside a module`, span)
      return
    }
    if ((name === 'logging' || name === 'tracing') && place === 'module') {
      this.#diagnostics.error(`${name} block not allowed inside a module`, span)
      return
    }
    this.#addBlock(idOf(block), block, catalog.block(name), `config block "${name}"`)
  }

  #addBlock(
    id: string,
    block: BlockStatement,
    declaration: BlockDeclaration | undefined,
    subject: string,
  ): void {
    const stability = declaration?.stability ?? 'generally-available'
    const problem = stabilityProblem(subject, stability, this.#options.features.stability)
    if (problem !== undefined) {
      this.#diagnostics.error(problem, block.nameSpan)
      return
    }
    const node = declaration && this.#blockNode(id, block, declaration)
    if (node === undefined) {
      this.#refuse(block, `${block.name} blocks are not available in alloyts yet`)
    } else {
      this.#nodes.set(id, node)
    }
  }

  #blockNode(
    id: string,
    block: BlockStatement,
    declaration: BlockDeclaration,
  ): PlannedNode | undefined {
    const { contentOf, imports, registry, services } = this.#options
    const common = { id, block, declaration, references: [] }
    const { name, label } = block
    if (name === 'argument' || name === 'export') return { ...common, kind: name }
    if (name === 'foreach') return { ...common, kind: 'foreach', registry, imports: [] }
    if (imports.has(name)) {
      registry.import(label, () => contentOf(id))
      this.#own.addImport(id, label)
      return { ...common, kind: 'import', registry }
    }
    return services.includes(name) ? { ...common, kind: 'block' } : undefined
  }

  #refuse(block: BlockStatement, message: string): void {
    this.#diagnostics.error(message, block.nameSpan)
  }

  #addDefault(id: string): void {
    const declaration = this.#options.catalog.block(id)
    if (declaration === undefined || this.#nodes.has(id)) return
    this.#nodes.set(id, { kind: 'block', id, declaration, block: undefined, references: [] })
  }

  #isDuplicate(block: BlockStatement): boolean {
    const id = idOf(block)
    const first = this.#seen.get(id)
    if (first === undefined) {
      this.#seen.set(id, block)
      return false
    }
    const place = describeSpan(first.span)
    this.#diagnostics.error(`block ${id} already declared at ${place}`, idSpan(block))
    return true
  }

  #referencesOf({ kind, block }: PlannedNode): Reference[] {
    // What a `declare` refers to is of its instances.
    if (block === undefined || kind === 'declare') return []
    const references: Reference[] = []
    const isNode = (id: string) => this.#nodes.has(id) || this.#unavailable.has(id)
    for (const traversal of traversalsOf(block.body)) {
      const reference = resolve(traversal, isNode)
      if (reference !== undefined && this.#unavailable.has(reference.target)) continue
      const [first = ''] = traversal.names
      if (reference !== undefined) {
        references.push(reference)
        if (this.#options.isLibraryName(first)) {
          const message = 'a component is shadowing an existing stdlib name'
          this.#diagnostics.warning(message, traversal.span)
        }
        continue
      }
      // A template refers to what is inside it, which its instances know.
      if (kind !== 'foreach') this.#checkName(traversal.names.join('.'), first, traversal.span)
    }
    return references
  }

  #checkName(name: string, first: string, span: Span): void {
    if (experimentalNames.has(name)) {
      const { stability } = this.#options.features
      const problem = stabilityProblem(name, 'experimental', stability)
      if (problem !== undefined) this.#diagnostics.error(problem, span)
    }
    if (this.#options.isKnownName(first)) return
    this.#diagnostics.error(`component "${name}" does not exist or is out of scope`, span)
  }

  #checkCycles(graph: Graph<PlannedNode>): void {
    for (const id of selfReferences(graph)) this.#diagnostics.error(`self reference: ${id}`)
    for (const cycle of cyclesOf(graph)) this.#diagnostics.error(`cycle: ${cycle.join(', ')}`)
  }
}

function firstOf(name: string): string {
  return name.split('.', 1)[0]!
}
