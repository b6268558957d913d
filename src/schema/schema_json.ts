// Every declaration as plain JSON, for editors, checks and other programs. Field names and types
// are those of upstream's own schema.

import type { BlockDeclaration, Declaration, Exported } from './declaration.ts'
import { isRequired } from './decode.ts'
import { valueText } from './encode.ts'
import type { Attribute, Block, Choice, Field, Fields, Occurs, Schema, Variants } from './schema.ts'
import { showValue } from './show.ts'

export interface SchemaJson {
  readonly types: { readonly [name: string]: BodyJson }
  readonly components: { readonly [name: string]: ComponentJson }
  readonly config_blocks: { readonly [name: string]: ConfigBlockJson }
}

interface ComponentJson {
  readonly stability: string
  readonly community: boolean
  readonly summary: string
  readonly runs: boolean
  readonly accepts: readonly string[]
  readonly emits: readonly string[]
  readonly platforms?: readonly string[]
  readonly arguments: BodyJson
  readonly exports?: BodyJson
}

interface ConfigBlockJson {
  readonly stability: string
  readonly summary: string
  readonly label: string
  readonly where: string
  readonly arguments?: BodyJson
}

export interface BodyJson {
  /** The type of the values where attributes of any name are taken. */
  readonly body?: string
  readonly fields: readonly FieldJson[]
}

export interface FieldJson {
  /** Labels have none. */
  readonly name?: string
  readonly kind: 'attr' | 'block' | 'enum' | 'label'
  readonly doc: string
  readonly required?: true
  /** Of attributes: the docs' name of the type, and the word of messages. */
  readonly type?: string
  readonly alloy?: string
  readonly default?: string
  /** What holds where the default says nothing, in words. */
  readonly computed?: string
  readonly values?: readonly string[]
  /** Of blocks. */
  readonly repeated?: true
  /** What a block is that is not written: its defaults, by a pointer where `yes`, or nothing. */
  readonly present?: 'always' | 'yes' | 'no'
  readonly block?: BodyJson | string
  readonly blocks?: { readonly [variant: string]: BodyJson | string }
  readonly stability?: string
  readonly deprecated?: string
  /** True where `run` refuses it, or the values that it refuses. */
  readonly unavailable?: true | readonly unknown[]
}

/** Blocks that are used more than once, or hold themselves, are entries of `types`. */
export function schemaJson(
  components: readonly Declaration[],
  blocks: readonly BlockDeclaration[],
): SchemaJson {
  const uses = new Map<Schema, number>()
  for (const { arguments: schema } of [...components, ...blocks]) {
    if (schema !== undefined) countUses(schema, uses)
  }
  const writer = new Writer(uses)
  const entries = components.map((each) => [each.name, writer.component(each)] as const)
  const blockEntries = blocks.map((each) => [each.name, writer.configBlock(each)] as const)
  return {
    types: writer.types,
    components: Object.fromEntries(entries),
    config_blocks: Object.fromEntries(blockEntries),
  }
}

function countUses(schema: Schema, uses: Map<Schema, number>): void {
  for (const inner of Object.values(schema.fields).flatMap(schemasOf)) {
    const before = uses.get(inner) ?? 0
    uses.set(inner, before + 1)
    if (before === 0) countUses(inner, uses)
  }
}

function schemasOf(field: Field): readonly Schema[] {
  if (field.kind === 'block') return [field.schema]
  return field.kind === 'choice' ? Object.values(field.variants) : []
}

class Writer {
  readonly types: Record<string, BodyJson> = {}
  /** How many fields hold a schema. */
  readonly #uses: ReadonlyMap<Schema, number>
  /** By the place where they were met first. */
  readonly #names = new Map<Schema, string>()

  constructor(uses: ReadonlyMap<Schema, number>) {
    this.#uses = uses
  }

  component(declaration: Declaration): ComponentJson {
    const { name, stability, community = false, summary, exports, load } = declaration
    const { accepts, emits, platforms } = declaration
    const hasExports = Object.keys(exports).length > 0
    return {
      stability: community ? 'community' : stability,
      community,
      summary,
      runs: load !== undefined,
      accepts,
      emits,
      ...(platforms !== undefined && { platforms }),
      arguments: this.#fields(declaration.arguments, name),
      ...(hasExports && { exports: exportsSchema(exports) }),
    }
  }

  configBlock(declaration: BlockDeclaration): ConfigBlockJson {
    const { name, stability, summary, label, where } = declaration
    const schema = declaration.arguments
    const body = schema && { arguments: this.#fields(schema, name) }
    return { stability, summary, label, where, ...body }
  }

  #body(schema: Schema, path: string): BodyJson | string {
    if ((this.#uses.get(schema) ?? 0) < 2) return this.#fields(schema, path)
    const known = this.#names.get(schema)
    if (known !== undefined) return known
    this.#names.set(schema, path)
    this.types[path] = this.#fields(schema, path)
    return path
  }

  #fields({ fields, rest }: Schema, path: string): BodyJson {
    const all = Object.entries(fields).map(([name, field]) => this.#field(name, field, path))
    return rest === undefined ? { fields: all } : { body: `map(${rest.name})`, fields: all }
  }

  #field(name: string, field: Field, path: string): FieldJson {
    const { doc, stability, deprecated, unavailable } = field
    const common = {
      doc,
      ...(isRequired(field) && { required: true as const }),
      ...(stability !== undefined && { stability }),
      ...(deprecated !== undefined && { deprecated }),
      ...(unavailable !== undefined && { unavailable }),
    }
    switch (field.kind) {
      case 'label':
        return { kind: 'label', ...common, type: 'string', alloy: 'string' }
      case 'attribute':
        return { name, kind: 'attr', ...common, ...attributeJson(field) }
      case 'block': {
        const repeated = field.occurs === 'repeated' && { repeated: true as const }
        const block = this.#body(field.schema, `${path}/${name}`)
        return { name, kind: 'block', ...common, ...repeated, ...presence(field), block }
      }
      case 'choice':
        return {
          name,
          kind: 'enum',
          repeated: true,
          ...common,
          ...this.#variants(field, path, name),
        }
    }
  }

  #variants(field: Choice<Variants>, path: string, name: string): Pick<FieldJson, 'blocks'> {
    const blocks = Object.entries(field.variants).map(
      ([variant, schema]) => [variant, this.#body(schema, `${path}/${name}.${variant}`)] as const,
    )
    return { blocks: Object.fromEntries(blocks) }
  }
}

function presence({ occurs, pointer }: Block<Fields, Occurs>): Pick<FieldJson, 'present'> {
  if (occurs === 'defaulted') return { present: pointer ? 'yes' : 'always' }
  return occurs === 'optional' ? { present: 'no' } : {}
}

function exportsSchema(exported: Exported): BodyJson {
  return {
    fields: Object.entries(exported).map(([name, { type, doc, optional }]): FieldJson => {
      const { word, zero } = type
      return {
        name,
        kind: 'attr',
        doc,
        ...(!optional && { required: true }),
        type: type.name,
        alloy: word,
        default: showValue(zero),
      }
    }),
  }
}

function attributeJson({ type, default: value, computed }: Attribute<unknown>) {
  const { words } = type
  return {
    type: type.name,
    alloy: type.word,
    default: valueText(value),
    ...(computed !== undefined && { computed }),
    ...(words !== undefined && { values: words }),
  }
}
