// A configuration as it can be known without running it: modules within modules, the nodes of each
// with what they refer to and what their blocks decode to.

import type { Scope } from '../../eval/scope.ts'
import { Unknown, type Value } from '../../eval/value.ts'
import type { BlockDeclaration, Declaration } from '../../schema/declaration.ts'
import { type Decoding, decodeBlock } from '../../schema/decode.ts'
import { any } from '../../schema/scalars.ts'
import { attributes, type Fields, type Schema } from '../../schema/schema.ts'
import type { BlockStatement, Expression, File, Statement } from '../../syntax/tree.ts'
import type { Catalog } from '../catalog.ts'
import { classify, idOf } from '../classify.ts'
import { type Reference, resolve, traversalsOf } from '../references.ts'
import { type ImportReader, readImport, type StaticImport } from './imports.ts'
import { bindPath, staticScope, unknownExports } from './scope.ts'

export interface StaticNode {
  /** Custom components are instances of a `declare`, here or imported. */
  readonly kind: 'component' | 'custom' | 'block'
  readonly id: string
  readonly block: BlockStatement
  /** Absent for custom components and for what has no declaration. */
  readonly declaration: Declaration | BlockDeclaration | undefined
  /** Nodes of this module, and for templates of those around it, that the block refers to. */
  readonly references: readonly Reference[]
  /** What the expressions of the block see. */
  readonly scope: Scope
  /** Absent where nothing is declared to decode it by. */
  readonly decoding: Decoding<Fields> | undefined
}

export interface StaticModule {
  readonly kind: 'root' | 'declare' | 'template' | 'import'
  /** The block that holds it: `declare`, `foreach` or an import; absent for the root. */
  readonly block: BlockStatement | undefined
  readonly nodes: readonly StaticNode[]
  readonly imports: readonly StaticImport[]
  /** Its declares and templates, and the files that it imports. */
  readonly modules: readonly StaticModule[]
  /** What blocks whose names begin so are, by what this module and those around it say. */
  custom(namespace: string): Custom | undefined
}

/** A `declare`, or an import whose declares are named behind it. */
export type Custom =
  | { readonly kind: 'declare'; readonly module: StaticModule }
  | { readonly kind: 'import'; readonly imported: StaticImport }

export interface ModelOptions {
  readonly catalog: Catalog
  readonly imports: ImportReader
  /** Directory of the configuration, as `module_path` gives it; absent for standard input. */
  readonly modulePath?: string | undefined
}

export async function buildModel(
  files: readonly File[],
  options: ModelOptions,
): Promise<StaticModule> {
  const module = new Module('root', undefined, undefined, options.modulePath)
  await module.build(
    files.flatMap((file) => file.body),
    options,
    0,
  )
  return module
}

type Shell = Pick<StaticNode, 'kind' | 'id' | 'block' | 'declaration'>

class Module implements StaticModule {
  readonly kind: StaticModule['kind']
  readonly block: BlockStatement | undefined
  readonly nodes: StaticNode[] = []
  readonly imports: StaticImport[] = []
  readonly modules: StaticModule[] = []
  readonly #parent: Module | undefined
  readonly #scope: Scope
  readonly #shells = new Map<string, Shell>()
  readonly #namespaces = new Set<string>()
  readonly #custom = new Map<string, Custom>()

  constructor(
    kind: StaticModule['kind'],
    block: BlockStatement | undefined,
    parent: Module | undefined,
    modulePath: string | undefined,
  ) {
    this.kind = kind
    this.block = block
    this.#parent = parent
    const names = new Map<string, Value>()
    if (modulePath !== undefined) names.set('module_path', modulePath)
    if (kind === 'declare') names.set('argument', new Unknown('any'))
    const variable = kind === 'template' && block !== undefined ? textOf(block, 'var') : undefined
    if (variable !== undefined) names.set(variable, new Unknown('any'))
    const around = kind === 'template' ? parent?.scope : undefined
    this.#scope = (around ?? staticScope).extend(names)
  }

  get scope(): Scope {
    return this.#scope
  }

  custom(namespace: string): Custom | undefined {
    return this.#custom.get(namespace) ?? this.#parent?.custom(namespace)
  }

  /** `depth` counts the imports that lead here. */
  async build(body: readonly Statement[], options: ModelOptions, depth: number): Promise<void> {
    const { declares, configBlocks, components, services } = classify(body)
    for (const block of [...declares, ...configBlocks.filter(isImport)]) {
      this.#namespaces.add(block.label)
    }
    for (const block of [...configBlocks, ...components, ...services]) {
      const shell = await this.#shellOf(block, options.catalog)
      // Of two with one id, which the static check reports, the first.
      if (!this.#shells.has(shell.id)) this.#shells.set(shell.id, shell)
    }
    for (const shell of this.#shells.values()) this.nodes.push(this.#link(shell))
    for (const node of this.nodes.filter(({ block }) => isImport(block))) {
      const imported = await this.#import(node, options, depth)
      this.imports.push(imported)
      this.#custom.set(node.block.label, { kind: 'import', imported })
    }
    for (const block of declares) {
      const module = await this.#inner('declare', block, block.body, options, depth)
      this.#custom.set(block.label, { kind: 'declare', module })
    }
    for (const block of configBlocks) {
      for (const template of block.body.filter((each) => isTemplate(block, each))) {
        if (template.kind === 'block') {
          await this.#inner('template', block, template.body, options, depth)
        }
      }
    }
  }

  /** The module inside sees nothing of what imports it. */
  async #import(node: StaticNode, options: ModelOptions, depth: number): Promise<StaticImport> {
    const { modulePath, ...read } = await readImport(node, options, depth)
    const isRead = read.unread === undefined && read.diagnostics.errors === 0
    if (!isRead) return { ...read, node, module: undefined }
    const module = new Module('import', node.block, undefined, modulePath)
    this.modules.push(module)
    const body = read.files.flatMap((file) => file.body)
    await module.build(body, { ...options, modulePath }, depth + 1)
    return { ...read, node, module }
  }

  async #inner(
    kind: 'declare' | 'template',
    block: BlockStatement,
    body: readonly Statement[],
    options: ModelOptions,
    depth: number,
  ): Promise<StaticModule> {
    const module = new Module(kind, block, this, options.modulePath)
    this.modules.push(module)
    await module.build(body, options, depth)
    return module
  }

  async #shellOf(block: BlockStatement, catalog: Catalog): Promise<Shell> {
    const common = { id: idOf(block), block }
    const known = catalog.block(block.name)
    if (known !== undefined) return { ...common, kind: 'block', declaration: known }
    const [namespace = ''] = block.name.split('.')
    if (this.#isCustom(namespace)) return { ...common, kind: 'custom', declaration: undefined }
    const declaration = await catalog.component(block.name)
    return { ...common, kind: 'component', declaration }
  }

  #isCustom(namespace: string): boolean {
    if (this.#namespaces.has(namespace)) return true
    return this.#parent === undefined ? false : this.#parent.#isCustom(namespace)
  }

  #link(shell: Shell): StaticNode {
    const { block } = shell
    const references = traversalsOf(block.body).flatMap((traversal) => {
      return resolve(traversal, (id) => this.#find(id) !== undefined) ?? []
    })
    const bindings = new Map<string, Value>()
    for (const target of new Set(references.map((reference) => reference.target))) {
      bindPath(bindings, target.split('.'), exportsOf(this.#find(target)!))
    }
    const scope = this.#scope.extend(bindings)
    return { ...shell, references, scope, decoding: decode(shell, scope) }
  }

  /** A template sees the nodes around it, a `declare` does not. */
  #find(id: string): Shell | undefined {
    const own = this.#shells.get(id)
    if (own !== undefined || this.kind !== 'template' || this.#parent === undefined) return own
    return this.#parent.#find(id)
  }
}

function exportsOf({ kind, block, declaration }: Shell): Value {
  if (block.name === 'argument') {
    return new Unknown('object', { field: () => new Unknown('any') })
  }
  return kind === 'component' && declaration !== undefined && 'exports' in declaration
    ? unknownExports(declaration.exports)
    : new Unknown('any')
}

function decode(shell: Shell, scope: Scope): Decoding<Fields> | undefined {
  const { kind, block, declaration } = shell
  const schema: Schema | undefined = kind === 'custom' ? attributes(any) : declaration?.arguments
  if (schema === undefined) return undefined
  const body = block.body.filter((each) => !isTemplate(block, each))
  return decodeBlock(schema, { body, nameSpan: block.nameSpan }, scope)
}

function isImport({ name }: BlockStatement): boolean {
  return name.startsWith('import.')
}

function isTemplate(block: BlockStatement, statement: Statement): boolean {
  return block.name === 'foreach' && statement.kind === 'block' && statement.name === 'template'
}

/** The text of an attribute that is written as one. */
function textOf(block: BlockStatement, name: string): string | undefined {
  const value: Expression | undefined = block.body.flatMap((each) => {
    return each.kind === 'attribute' && each.name === name ? [each.value] : []
  })[0]
  if (value?.kind !== 'literal' || value.type !== 'string') return undefined
  return value.text.slice(1, -1)
}
