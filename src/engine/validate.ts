// The static check of a configuration: names, labels, literals, references and cycles. Nothing runs
// and nothing is evaluated; imports are not read.
// Source of the behaviour: alloy/internal/validator.

import { deprecatedNames, experimentalNames } from '../eval/stdlib.ts'
import type { Declaration } from '../schema/declaration.ts'
import { typecheckBlock, typecheckBody } from '../schema/typecheck.ts'
import { type Diagnostics, describeSpan } from '../syntax/diagnostics.ts'
import { byteLength } from '../syntax/source.ts'
import type { BlockStatement, File, Statement } from '../syntax/tree.ts'
import { type Catalog, componentProblem, type Features, stabilityProblem } from './catalog.ts'
import { classify, idOf, idSpan } from './classify.ts'
import { type CustomArguments, checkCustomArguments, customArguments } from './custom_arguments.ts'
import { cyclesOf, Graph, selfReferences } from './graph.ts'
import { resolve, traversalsOf } from './references.ts'

export interface ValidateOptions {
  readonly catalog: Catalog
  readonly features: Features
  /** Whether an identifier means something without any component: the standard library. */
  readonly isKnownName: (name: string) => boolean
}

/** Returns the names of components whose arguments could not be checked: they are not declared. */
export async function validate(
  files: readonly File[],
  options: ValidateOptions,
  diagnostics: Diagnostics,
): Promise<void> {
  const body = files.flatMap((file) => file.body)
  const declarations = new Map<string, Declaration | undefined>()
  for (const name of blockNames(body)) {
    declarations.set(name, await options.catalog.component(name))
  }
  const variables = new Set<string>()
  const shared = { ...options, declarations, diagnostics, variables }
  new Validator(shared, { place: 'root', isForeach: false }).check(body)
}

/** Of blocks at any depth that may be components. */
function blockNames(body: readonly Statement[]): Set<string> {
  const names = new Set<string>()
  const visit = (statements: readonly Statement[]) => {
    for (const statement of statements) {
      if (statement.kind !== 'block') continue
      names.add(statement.name)
      if (['declare', 'foreach', 'template'].includes(statement.name)) visit(statement.body)
    }
  }
  visit(body)
  return names
}

interface Shared extends ValidateOptions {
  readonly declarations: ReadonlyMap<string, Declaration | undefined>
  readonly diagnostics: Diagnostics
  /** What every foreach names its item. */
  readonly variables: Set<string>
}

/** Where a body stands. A foreach within a module counts as the module. */
interface Surroundings {
  readonly place: 'root' | 'module' | 'foreach'
  readonly isForeach: boolean
  readonly parent?: Validator
}

/** What blocks of that namespace are: instances of a declare, or of something imported. */
type Custom = CustomArguments | 'imported'

class Validator {
  readonly #shared: Shared
  readonly #around: Surroundings
  readonly #graph = new Graph<BlockStatement>()
  readonly #first = new Map<string, BlockStatement>()
  readonly #custom = new Map<string, Custom>()

  constructor(shared: Shared, around: Surroundings) {
    this.#shared = shared
    this.#around = around
  }

  check(body: readonly Statement[]): void {
    const { attributes, declares, configBlocks, components, services } = classify(body)
    const [attribute] = attributes
    if (attribute !== undefined && this.#around.place === 'root') {
      // The original goes no further then: it has not even sorted the blocks.
      this.#error(`unrecognized attribute ${attribute.name}`, attribute.nameSpan)
      return
    }
    for (const { span } of attributes) {
      this.#error('unsupported statement type *ast.AttributeStmt', span)
    }
    for (const block of declares) this.#custom.set(block.label, customArguments(block))
    for (const block of configBlocks) {
      if (block.name.startsWith('import.')) this.#custom.set(block.label, 'imported')
    }
    const blocks = [...declares, ...configBlocks, ...components, ...services]
    for (const block of blocks) this.#graph.add(idOf(block), block)
    for (const block of declares) this.#declare(block)
    for (const block of configBlocks) this.#configBlock(block)
    for (const block of components) this.#component(block)
    for (const block of services) this.#service(block)
    this.#cycles()
  }

  #declare(block: BlockStatement): void {
    this.#needsLabel(block, 'declare block')
    this.#duplicate(block)
    new Validator(this.#shared, { place: 'module', isForeach: false, parent: this }).check(
      block.body,
    )
  }

  #configBlock(block: BlockStatement): void {
    const { name, nameSpan, span } = block
    const { catalog, diagnostics, features } = this.#shared
    if (name === 'logging' || name === 'tracing') {
      if (this.#forbidden(block)) return
    } else if ((name === 'argument' || name === 'export') && this.#around.place !== 'module') {
      this.#error(`${name} blocks only allowed inside a module`, span)
    }
    const declaration = catalog.block(name)
    if (declaration?.label === 'required') this.#needsLabel(block, `${name} block`)
    this.#duplicate(block)
    const stability = declaration?.stability ?? 'generally-available'
    const problem = stabilityProblem(`${name} block "${name}"`, stability, features.stability)
    if (problem !== undefined) this.#error(problem, nameSpan)
    const template = declaration?.template
    const own = block.body.filter((each) => template === undefined || each.name !== template)
    if (template !== undefined && own.length === block.body.length) {
      this.#error(`missing required block "${template}"`, block.span)
    }
    if (declaration?.arguments !== undefined) {
      typecheckBody(declaration.arguments, own, block.span, diagnostics)
    }
    if (template !== undefined) this.#template(block, template)
    this.#references(block, own)
  }

  #template(block: BlockStatement, name: string): void {
    const templates = block.body.filter((each) => each.kind === 'block' && each.name === name)
    const place = this.#around.place === 'module' ? 'module' : 'foreach'
    const variable = stringAttribute(block, 'var')
    if (variable !== undefined) this.#shared.variables.add(variable)
    for (const template of templates) {
      if (template.kind !== 'block') continue
      new Validator(this.#shared, { place, isForeach: true, parent: this }).check(template.body)
    }
  }

  #component(block: BlockStatement): void {
    const { name, nameSpan } = block
    const { declarations, diagnostics, features } = this.#shared
    this.#needsLabel(block, `component "${name}"`)
    this.#duplicate(block)
    const [namespace = ''] = name.split('.')
    const custom = this.#customOf(namespace)
    if (custom !== undefined) {
      if (custom !== 'imported') checkCustomArguments(custom, block, diagnostics)
      this.#references(block)
      return
    }
    const declaration = declarations.get(name)
    const problem = componentProblem(name, declaration, features)
    if (problem !== undefined || declaration === undefined) {
      if (problem !== undefined) this.#error(problem, nameSpan)
      return
    }
    typecheckBlock(declaration.arguments, block, diagnostics)
    this.#references(block)
  }

  #service(block: BlockStatement): void {
    const { name, nameSpan, span } = block
    const { catalog, diagnostics, features } = this.#shared
    this.#forbidden(block)
    this.#duplicate(block)
    const declaration = catalog.block(name)
    if (declaration?.configurable === false) {
      this.#error(`service "${name}" does not support being configured`, span)
      return
    }
    const stability = declaration?.stability ?? 'generally-available'
    const problem = stabilityProblem(`block "${name}"`, stability, features.stability)
    if (problem !== undefined) this.#error(problem, nameSpan)
    if (declaration?.arguments !== undefined) {
      typecheckBlock(declaration.arguments, block, diagnostics)
    }
    this.#references(block)
  }

  #references(block: BlockStatement, body: readonly Statement[] = block.body): void {
    const { diagnostics, isKnownName } = this.#shared
    for (const { names, span } of traversalsOf(body)) {
      const [first = ''] = names
      const reference = resolve({ names, span }, (id) => this.#isNode(id))
      if (reference !== undefined) {
        const { target } = reference
        if (this.#graph.has(target)) this.#graph.connect(idOf(block), target)
        if (isKnownName(first)) {
          const { source, start } = span
          const end = start + byteLength(first)
          const message = 'a component is shadowing an existing stdlib name'
          diagnostics.warning(message, { source, start, end })
        }
      } else if (isKnownName(first)) {
        this.#stdlibUse(names.join('.'), span)
      } else if (!this.#isVariable(first)) {
        const message = `component "${names.join('.')}" does not exist or is out of scope`
        diagnostics.error(message, span)
      }
    }
  }

  #stdlibUse(name: string, span: Statement['span']): void {
    const { diagnostics, features } = this.#shared
    if (deprecatedNames.has(name)) {
      const message =
        'this stdlib function is deprecated; please refer to the documentation for updated ' +
        'usage and alternatives'
      diagnostics.warning(message, span, `Use ${deprecatedNames.get(name)} instead.`)
    }
    if (!experimentalNames.has(name)) return
    const problem = stabilityProblem(name, 'experimental', features.stability)
    if (problem !== undefined) diagnostics.error(problem, span)
  }

  #cycles(): void {
    for (const cycle of cyclesOf(this.#graph)) {
      const message = `cycle detected: ${cycle.toSorted().join(', ')}`
      for (const id of cycle) this.#error(message, headSpan(this.#graph.get(id)!))
    }
    for (const id of selfReferences(this.#graph)) {
      this.#error('cannot reference self', headSpan(this.#graph.get(id)!))
    }
  }

  #isNode(id: string): boolean {
    if (this.#graph.has(id)) return true
    const { isForeach, parent } = this.#around
    if (!isForeach || parent === undefined) return false
    return parent.#isNode(id)
  }

  /** In a module any argument may be meant; an item's name counts everywhere, as in upstream. */
  #isVariable(name: string): boolean {
    if (name === 'argument') return this.#around.place === 'module'
    return this.#shared.variables.has(name)
  }

  #customOf(namespace: string): Custom | undefined {
    const own = this.#custom.get(namespace)
    const { parent } = this.#around
    return own ?? (parent === undefined ? undefined : parent.#customOf(namespace))
  }

  #forbidden({ name, nameSpan }: BlockStatement): boolean {
    const { place } = this.#around
    if (place !== 'root') this.#error(`${name} not allowed in ${place}`, nameSpan)
    return place !== 'root'
  }

  #needsLabel({ label, nameSpan }: BlockStatement, what: string): void {
    if (label === '') this.#error(`${what} must have a label`, nameSpan)
  }

  #duplicate(block: BlockStatement): void {
    const id = idOf(block)
    const first = this.#first.get(id)
    if (first === undefined) this.#first.set(id, block)
    else {
      this.#error(`block ${id} already declared at ${describeSpan(first.span)}`, idSpan(block))
    }
  }

  #error(message: string, span: Statement['span']): void {
    this.#shared.diagnostics.error(message, span)
  }
}

/** From the name to the opening brace. */
function headSpan({ nameSpan: { source, start }, open }: BlockStatement): Statement['span'] {
  return { source, start, end: open + 1 }
}

function stringAttribute(block: BlockStatement, name: string): string | undefined {
  for (const each of block.body) {
    if (each.kind !== 'attribute' || each.name !== name) continue
    const { value } = each
    if (value.kind === 'literal' && value.type === 'string') return value.text.slice(1, -1)
  }
  return undefined
}
