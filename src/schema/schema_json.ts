// Every declaration as plain JSON, for editors, checks and other programs. Field names and types
// are those of upstream's own schema.

import type { BlockDeclaration, Declaration, Exported } from './declaration.ts'
import { isRequired } from './decode.ts'
import type { Attribute, Block, Choice, Field, Fields, Occurs, Schema } from './schema.ts'
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
  readonly name: string
  readonly kind: 'attr' | 'block' | 'enum' | 'label'
  readonly doc: string
  readonly required?: true
  /** Of attributes: the docs' name of the type, and the word of messages. */
  readonly type?: string
  readonly alloy?: string
  readonly default?: string
  readonly values?: readonly string[]
  /** Of blocks. */
  readonly repeated?: true
  readonly block?: BodyJson
  readonly blocks?: { readonly [variant: string]: BodyJson }
  readonly stability?: string
  readonly deprecated?: string
  /** True where `run` refuses it, or the values that it refuses. */
  readonly unavailable?: true | readonly unknown[]
}

export function schemaJson(
  components: readonly Declaration[],
  blocks: readonly BlockDeclaration[],
): SchemaJson {
  return {
    types: {},
    components: Object.fromEntries(components.map((each) => [each.name, componentJson(each)])),
    config_blocks: Object.fromEntries(blocks.map((each) => [each.name, configBlockJson(each)])),
  }
}

function componentJson(declaration: Declaration): ComponentJson {
  const { stability, community = false, summary, exports, load } = declaration
  const hasExports = Object.keys(exports).length > 0
  return {
    stability,
    community,
    summary,
    runs: load !== undefined,
    arguments: bodySchema(declaration.arguments),
    ...(hasExports && { exports: exportsSchema(exports) }),
  }
}

function configBlockJson(declaration: BlockDeclaration): ConfigBlockJson {
  const { stability, summary, label, where } = declaration
  const body = declaration.arguments && { arguments: bodySchema(declaration.arguments) }
  return { stability, summary, label, where, ...body }
}

function exportsSchema(exported: Exported): BodyJson {
  return {
    fields: Object.entries(exported).map(([name, { type, doc }]): FieldJson => {
      const { word, zero } = type
      return {
        name,
        kind: 'attr',
        doc,
        required: true,
        type: type.name,
        alloy: word,
        default: showValue(zero),
      }
    }),
  }
}

function bodySchema({ fields, rest }: Schema): BodyJson {
  const all = Object.entries(fields).map(([name, field]) => fieldJson(name, field))
  return rest === undefined ? { fields: all } : { body: `map(${rest.name})`, fields: all }
}

function fieldJson(name: string, field: Field): FieldJson {
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
      return { name, kind: 'label', ...common }
    case 'attribute':
      return { name, kind: 'attr', ...common, ...attributeJson(field) }
    case 'block':
      return { name, kind: 'block', ...common, ...blockJson(field) }
    case 'choice':
      return { name, kind: 'enum', ...common, blocks: variantsJson(field) }
  }
}

function attributeJson({ type, default: value, computed }: Attribute<unknown>) {
  const { words } = type
  return {
    type: type.name,
    alloy: type.word,
    default: computed ?? showValue(value),
    ...(words !== undefined && { values: words }),
  }
}

function blockJson({ occurs, schema }: Block<Fields, Occurs>) {
  return { ...(occurs === 'repeated' && { repeated: true as const }), block: bodySchema(schema) }
}

function variantsJson({ variants }: Choice<{ readonly [variant: string]: Schema }>) {
  return Object.fromEntries(
    Object.entries(variants).map(([variant, schema]) => [variant, bodySchema(schema)]),
  )
}
