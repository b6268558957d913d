// From parsed files to a graph that may be evaluated, or to everything that is wrong with it. It
// touches nothing that runs.

import { experimentalNames } from '../eval/stdlib.ts'
import type { BlockDeclaration, Declaration } from '../schema/declaration.ts'
import type { Diagnostics } from '../syntax/diagnostics.ts'
import { describeSpan } from '../syntax/diagnostics.ts'
import type { BlockStatement, File } from '../syntax/tree.ts'
import { type Catalog, componentProblem, type Features, stabilityProblem } from './catalog.ts'
import { type Classified, classify, idOf, idSpan } from './classify.ts'
import { cyclesOf, Graph, selfReferences } from './graph.ts'
import { type Reference, resolve, traversalsOf } from './references.ts'

export interface PlannedComponent {
  readonly kind: 'component'
  readonly id: string
  readonly declaration: Declaration
  readonly block: BlockStatement
  readonly references: readonly Reference[]
}

/** A configuration block. It exists without its statement too, with its defaults. */
export interface PlannedBlock {
  readonly kind: 'block'
  readonly id: string
  readonly declaration: BlockDeclaration
  readonly block: BlockStatement | undefined
  readonly references: readonly Reference[]
}

export type PlannedNode = PlannedComponent | PlannedBlock

export interface PlanOptions {
  readonly catalog: Catalog
  readonly features: Features
  /** Names of blocks that are evaluated whether or not the configuration has them, in order. */
  readonly services: readonly string[]
  /** Whether an identifier means something without any component: the standard library. */
  readonly isKnownName: (name: string) => boolean
}

/** Complete only when no error was reported. */
export async function planGraph(
  files: readonly File[],
  options: PlanOptions,
  diagnostics: Diagnostics,
): Promise<Graph<PlannedNode>> {
  const blocks = classify(files.flatMap(({ body }) => body))
  const declarations = new Map<string, Declaration | undefined>()
  for (const name of new Set(blocks.components.map((block) => block.name))) {
    declarations.set(name, await options.catalog.component(name))
  }
  const planner = new Planner(options, declarations, diagnostics)
  planner.addBlocks(blocks)
  for (const block of blocks.components) planner.addComponent(block)
  return planner.link()
}

class Planner {
  readonly #options: PlanOptions
  readonly #declarations: ReadonlyMap<string, Declaration | undefined>
  readonly #diagnostics: Diagnostics
  readonly #nodes = new Map<string, PlannedNode>()
  readonly #seen = new Map<string, BlockStatement>()
  /** Refused because alloyts cannot run them yet: what refers to them is not to blame too. */
  readonly #unavailable = new Set<string>()

  constructor(
    options: PlanOptions,
    declarations: ReadonlyMap<string, Declaration | undefined>,
    diagnostics: Diagnostics,
  ) {
    this.#options = options
    this.#declarations = declarations
    this.#diagnostics = diagnostics
  }

  addBlocks({ attributes, declares, configBlocks, services }: Classified): void {
    for (const { name, nameSpan } of attributes) {
      this.#diagnostics.error(`unrecognized attribute ${name}`, nameSpan)
    }
    for (const block of services) this.#addService(block)
    for (const block of declares) this.#addDeclare(block)
    for (const block of configBlocks) this.#addConfigBlock(block)
    for (const id of this.#options.services) this.#addDefault(id)
  }

  addComponent(block: BlockStatement): void {
    if (this.#isDuplicate(block)) return
    const { name } = block
    const declaration = this.#declarations.get(name)
    const problem = componentProblem(name, declaration, this.#options.features)
    if (problem !== undefined) {
      this.#refuse(block, problem)
    } else if (declaration?.load === undefined) {
      this.#unavailable.add(idOf(block))
      this.#refuse(block, `component "${name}" is not available in alloyts yet`)
    } else if (block.label === '') {
      this.#refuse(block, `component "${name}" must have a label`)
    } else {
      const id = idOf(block)
      this.#nodes.set(id, { kind: 'component', id, declaration, block, references: [] })
    }
  }

  /** The edges, and the nodes with what they refer to. */
  link(): Graph<PlannedNode> {
    const graph = new Graph<PlannedNode>()
    for (const [id, node] of this.#nodes) {
      graph.add(id, { ...node, references: this.#referencesOf(node) })
    }
    for (const { id, references } of graph.nodes) {
      for (const { target } of references) graph.connect(id, target)
    }
    this.#checkCycles(graph)
    return graph
  }

  #addService(block: BlockStatement): void {
    const { name, nameSpan, span } = block
    if (this.#seen.has(name)) {
      this.#diagnostics.error(`duplicate definition of "${name}"`, span)
      return
    }
    this.#seen.set(name, block)
    const declaration = this.#options.catalog.block(name)
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
    this.#refuse(block, 'declare blocks are not available in alloyts yet')
  }

  #addConfigBlock(block: BlockStatement): void {
    if (this.#isDuplicate(block)) return
    const { name, span } = block
    if (name === 'argument' || name === 'export') {
      this.#diagnostics.error(`${name} blocks only allowed inside a module`, span)
      return
    }
    const declaration = this.#options.catalog.block(name)
    this.#addBlock(idOf(block), block, declaration, `config block "${name}"`)
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
    } else if (declaration === undefined || !this.#options.services.includes(block.name)) {
      this.#refuse(block, `${block.name} blocks are not available in alloyts yet`)
    } else {
      this.#nodes.set(id, { kind: 'block', id, declaration, block, references: [] })
    }
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

  #referencesOf({ block }: PlannedNode): Reference[] {
    if (block === undefined) return []
    const references: Reference[] = []
    const isNode = (id: string) => this.#nodes.has(id) || this.#unavailable.has(id)
    for (const traversal of traversalsOf(block.body)) {
      const reference = resolve(traversal, isNode)
      if (reference !== undefined && this.#unavailable.has(reference.target)) continue
      const [first = ''] = traversal.names
      if (reference !== undefined) {
        references.push(reference)
        if (this.#options.isKnownName(first)) {
          const message = 'a component is shadowing an existing stdlib name'
          this.#diagnostics.warning(message, traversal.span)
        }
        continue
      }
      const name = traversal.names.join('.')
      if (experimentalNames.has(name)) {
        const { stability } = this.#options.features
        const problem = stabilityProblem(name, 'experimental', stability)
        if (problem !== undefined) this.#diagnostics.error(problem, traversal.span)
      }
      if (!this.#options.isKnownName(first)) {
        this.#diagnostics.error(
          `component "${name}" does not exist or is out of scope`,
          traversal.span,
        )
      }
    }
    return references
  }

  #checkCycles(graph: Graph<PlannedNode>): void {
    for (const id of selfReferences(graph)) this.#diagnostics.error(`self reference: ${id}`)
    for (const cycle of cyclesOf(graph)) this.#diagnostics.error(`cycle: ${cycle.join(', ')}`)
  }
}
