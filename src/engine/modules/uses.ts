// Which declares and imports of its own module a node is made of: the edges of the graph that no
// expression shows, and what it has to be loaded anew for.

import type { BlockStatement, Statement } from '../../syntax/tree.ts'
import type { PlannedNode } from '../planned.ts'
import type { Registry } from './registry.ts'
import { splitName } from './registry.ts'

export class OwnModules {
  readonly #registry: Registry
  /** By label. */
  readonly #declares = new Map<string, { readonly id: string; readonly block: BlockStatement }>()
  /** Ids by label. */
  readonly #imports = new Map<string, string>()

  constructor(registry: Registry) {
    this.#registry = registry
  }

  addDeclare(id: string, block: BlockStatement): void {
    this.#declares.set(block.label, { id, block })
    this.#registry.declare(block.label, block.body)
  }

  addImport(id: string, label: string): void {
    this.#imports.set(label, id)
  }

  /** Ids of declares and imports that must be evaluated before the node. */
  dependencies({ kind, block }: PlannedNode): ReadonlySet<string> {
    const found = new Set<string>()
    if (kind === 'custom') {
      const [namespace, component] = splitName(block.name)
      const declare = namespace === '' ? this.#declares.get(component) : undefined
      if (declare === undefined) this.#addUse(block.name, found)
      else this.#addUses(declare.block.body, found)
    } else if (kind === 'declare' || kind === 'foreach') this.#addUses(block.body, found)
    return found
  }

  /** Labels of the imports that a custom component of that name is made of, however indirectly. */
  importsOf(name: string): string[] {
    const found = new Set<string>()
    const visited = new Set<string>()
    const visit = (used: string) => {
      const [namespace, component] = splitName(used)
      const label = namespace === '' ? component : namespace
      if (this.#imports.has(label)) found.add(label)
      const declare = this.#declares.get(component)
      if (namespace !== '' || declare === undefined || visited.has(component)) return
      visited.add(component)
      for (const inner of namesIn(declare.block.body)) visit(inner)
    }
    visit(name)
    return [...found]
  }

  /** As `importsOf`, of everything in the body. */
  importsIn(body: readonly Statement[]): string[] {
    return [...new Set([...namesIn(body)].flatMap((name) => this.importsOf(name)))]
  }

  #addUses(body: readonly Statement[], found: Set<string>): void {
    for (const name of namesIn(body)) this.#addUse(name, found)
  }

  #addUse(name: string, found: Set<string>): void {
    const [namespace, component] = splitName(name)
    const label = namespace === '' ? component : namespace
    const declare = this.#declares.get(label)?.id
    const imported = this.#imports.get(label)
    const id = namespace === '' ? (declare ?? imported) : (imported ?? declare)
    if (id !== undefined) found.add(id)
  }
}

/** Names of what stands in the body, and in modules inside it. */
function* namesIn(body: readonly Statement[]): Generator<string> {
  for (const statement of body) {
    if (statement.kind !== 'block') continue
    if (holders.has(statement.name)) yield* namesIn(statement.body)
    else yield statement.name
  }
}

const holders: ReadonlySet<string> = new Set(['declare', 'foreach', 'template'])
