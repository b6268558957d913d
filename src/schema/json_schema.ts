// Declarations as JSON Schema (draft 2020-12): what the values of a body look like once evaluated.
//
//   attribute = a property             block = an object, repeated ones an array of objects
//   label     = the property "label"   choice = an array of objects with one property, the variant

import { floatOf, isNumber } from '../eval/coerce.ts'
import type { Value } from '../eval/value.ts'
import type { BlockDeclaration, Declaration } from './declaration.ts'
import { isRequired } from './decode.ts'
import type { Attribute, Choice, Field, Schema, Variants } from './schema.ts'
import type { Type } from './type.ts'

export type JsonSchema = { readonly [keyword: string]: unknown }

const dialect = 'https://json-schema.org/draft/2020-12/schema'

/** The arguments of one component or block. Blocks that hold themselves are entries of `$defs`. */
export function jsonSchema({ name, summary, arguments: schema }: Declared): JsonSchema {
  const writer = new Writer()
  const body = writer.fields(schema ?? { fields: {} }, name)
  const defs = Object.keys(writer.defs).length > 0 && { $defs: writer.defs }
  return { $schema: dialect, title: name, description: summary, ...body, ...defs }
}

/** All of them, as entries of `$defs` by name. */
export function jsonSchemas(all: readonly Declared[]): JsonSchema {
  const writer = new Writer()
  for (const { name, summary, arguments: schema } of all) {
    const body = writer.fields(schema ?? { fields: {} }, name)
    writer.defs[name] = { title: name, description: summary, ...body }
  }
  return { $schema: dialect, $defs: writer.defs }
}

type Declared = Pick<Declaration | BlockDeclaration, 'name' | 'summary' | 'arguments'>

class Writer {
  readonly defs: Record<string, JsonSchema> = {}
  /** Schemas that are being written, by what they would be called. */
  readonly #open = new Map<Schema, string>()
  readonly #recursive = new Set<Schema>()

  fields({ fields, rest }: Schema, path: string): JsonSchema {
    const entries = Object.entries(fields)
    const properties = entries.map(([name, field]) => [name, this.#field(name, field, path)])
    const required = entries.filter(([, field]) => isRequired(field)).map(([name]) => name)
    return {
      type: 'object',
      properties: Object.fromEntries(properties),
      ...(required.length > 0 && { required }),
      additionalProperties: rest === undefined ? false : typeJson(rest),
    }
  }

  #body(schema: Schema, path: string): JsonSchema {
    const above = this.#open.get(schema)
    if (above !== undefined) {
      this.#recursive.add(schema)
      return { $ref: `#/$defs/${above}` }
    }
    this.#open.set(schema, path)
    const body = this.fields(schema, path)
    this.#open.delete(schema)
    if (!this.#recursive.has(schema)) return body
    this.defs[path] = body
    return { $ref: `#/$defs/${path}` }
  }

  #field(name: string, field: Field, path: string): JsonSchema {
    const { doc, deprecated } = field
    const about = { description: doc, ...(deprecated !== undefined && { deprecated: true }) }
    switch (field.kind) {
      case 'label':
        return { type: 'string', ...about }
      case 'attribute':
        return { ...typeJson(field.type), ...about, ...defaultOf(field) }
      case 'block': {
        const body = this.#body(field.schema, `${path}.${name}`)
        const count = field.exactly ?? (field.required === true ? 1 : undefined)
        const minItems = count !== undefined && { minItems: count }
        return field.occurs === 'repeated' || field.exactly !== undefined
          ? { type: 'array', items: body, ...minItems, ...about }
          : { ...body, ...about }
      }
      case 'choice':
        return {
          type: 'array',
          items: { oneOf: this.#variants(field, `${path}.${name}`) },
          ...about,
        }
    }
  }

  #variants({ variants }: Choice<Variants>, path: string): JsonSchema[] {
    return Object.entries(variants).map(([variant, schema]) => ({
      type: 'object',
      properties: { [variant]: this.#body(schema, `${path}.${variant}`) },
      required: [variant],
      additionalProperties: false,
    }))
  }
}

function typeJson({ word, element, words }: Type<unknown>): JsonSchema {
  switch (word) {
    case 'bool':
      return { type: 'boolean' }
    case 'number':
      return { type: 'number' }
    case 'string':
      return { type: 'string', ...(words !== undefined && { enum: words }) }
    case 'array':
      return { type: 'array', ...(element !== undefined && { items: typeJson(element) }) }
    case 'object':
      return {
        type: 'object',
        ...(element !== undefined && { additionalProperties: typeJson(element) }),
      }
    default:
      // Capsules and secrets come from other components and functions: any value may stand there.
      return {}
  }
}

function defaultOf({ type, default: value, required, optionalValue }: Attribute<unknown>) {
  if (required || optionalValue || type.word === 'capsule') return {}
  return { default: plainJson(value) }
}

/** Integers beyond 2^53 lose digits, as they do in JSON Schema's own numbers. */
function plainJson(value: Value): unknown {
  if (Array.isArray(value)) return value.map(plainJson)
  if (value instanceof Map) {
    return Object.fromEntries([...value].map(([key, inner]) => [key, plainJson(inner)]))
  }
  if (isNumber(value)) return floatOf(value)
  return typeof value === 'string' || typeof value === 'boolean' ? value : null
}
