// Targets of the tables of alloy-eval: Go types as our types and schemas.

import { OptionalSecret, Secret } from '../../src/eval/secret.ts'
import type { Value } from '../../src/eval/value.ts'
import {
  list,
  listOf,
  map,
  nilList,
  nilMap,
  nullable,
  object,
} from '../../src/schema/composites.ts'
import * as scalars from '../../src/schema/scalars.ts'
import {
  attributes,
  type Block,
  type Choice,
  type Field,
  type Fields,
  type Occurs,
  type Schema,
} from '../../src/schema/schema.ts'
import type { Type } from '../../src/schema/type.ts'

export type Into =
  | string
  | { readonly array: Into; readonly length?: number }
  | { readonly map: Into }
  | { readonly pointer: Into }
  | IntoStruct

interface IntoStruct {
  readonly name?: string
  readonly fields: readonly IntoField[]
}

export interface IntoField {
  readonly go: string
  readonly name: string
  /** `attr`, `attr,optional`, `block`, `enum`, `label`, `squash` … */
  readonly kind: string
  readonly type: Into
}

const words: Readonly<Record<string, Type<unknown>>> = {
  any: scalars.any,
  bool: scalars.bool,
  float32: scalars.float32,
  float64: scalars.float,
  int: scalars.int,
  int8: scalars.int8,
  int16: scalars.int16,
  int32: scalars.int32,
  int64: scalars.int,
  optional_secret: scalars.optionalSecret,
  secret: scalars.secret,
  string: scalars.string,
  uint: scalars.uint,
  uint8: scalars.uint8,
  uint16: scalars.uint16,
  uint32: scalars.uint32,
  uint64: scalars.uint,
}

export function typeOf(into: Into): Type<unknown> {
  if (typeof into === 'string') {
    const type = words[into]
    if (type === undefined) throw new Error(`no type ${into}`)
    return type
  }
  if ('array' in into) {
    return into.length === undefined
      ? list(typeOf(into.array))
      : listOf(into.length, typeOf(into.array))
  }
  if ('map' in into) return map(typeOf(into.map))
  if ('pointer' in into) return nullable(typeOf(into.pointer))
  const fields = flatten(into.fields).map(({ name, type }) => [name, typeOf(type)])
  return object(Object.fromEntries(fields))
}

/** The fields of squashed structs stand among those of the outer one. */
export function flatten(fields: readonly IntoField[]): IntoField[] {
  return fields.flatMap((field) => {
    return flagOf(field) === 'squash' ? flatten(structOf(field.type).fields) : [field]
  })
}

export function flagOf({ kind }: IntoField): string {
  return kind.split(',')[0] ?? ''
}

export function structOf(into: Into): IntoStruct {
  if (typeof into !== 'string' && 'fields' in into) return into
  if (typeof into !== 'string' && 'pointer' in into) return structOf(into.pointer)
  if (typeof into !== 'string' && 'array' in into) return structOf(into.array)
  throw new Error('not a struct')
}

/** `defaults` are values by Go field name. */
export function schemaOf(into: Into, defaults: Readonly<Record<string, unknown>> = {}): Schema {
  if (into === 'any') return attributes(scalars.any)
  if (typeof into !== 'string' && 'map' in into) return attributes(typeOf(into.map))
  const fields: Record<string, Field> = {}
  for (const field of flatten(structOf(into).fields)) {
    fields[field.name || 'label'] = fieldOf(field, defaults[field.go])
  }
  return { fields }
}

function fieldOf(field: IntoField, initial: unknown): Field {
  const isOptional = field.kind.endsWith(',optional')
  const doc = field.go
  switch (flagOf(field)) {
    case 'label':
      return { kind: 'label', doc }
    case 'attr': {
      const type = typeOf(field.type)
      const value = initial === undefined ? type.zero : type.normalize(valueFrom(initial))
      const common = { kind: 'attribute', type, doc, optionalValue: false } as const
      return { ...common, required: !isOptional, default: value }
    }
    case 'enum':
      return choiceOf(field, doc, !isOptional)
    default:
      return blockOf(field.type, doc, isOptional)
  }
}

function choiceOf(
  field: IntoField,
  doc: string,
  required: boolean,
): Choice<Record<string, Schema>> {
  const variants = structOf(field.type).fields.map((each) => [each.name, schemaOf(each.type)])
  return { kind: 'choice', variants: Object.fromEntries(variants), required, doc }
}

function blockOf(into: Into, doc: string, isOptional: boolean): Block<Fields, Occurs> {
  if (typeof into !== 'string' && 'pointer' in into) {
    return {
      ...blockOf(into.pointer, doc, isOptional),
      occurs: isOptional ? 'optional' : 'required',
    }
  }
  if (typeof into !== 'string' && 'array' in into) {
    const schema = schemaOf(into.array)
    const exactly = into.length === undefined ? {} : { exactly: into.length }
    return { kind: 'block', occurs: 'repeated', schema, doc, ...exactly }
  }
  const occurs = isOptional ? 'defaulted' : 'required'
  return { kind: 'block', occurs, schema: schemaOf(into), doc }
}

/** A value of a table. */
export function valueFrom(json: unknown): Value {
  if (json === null || typeof json === 'string' || typeof json === 'boolean') return json
  if (typeof json === 'number') return Number.isInteger(json) ? BigInt(json) : json
  if (Array.isArray(json)) return json.length === 0 ? nilList : json.map(valueFrom)
  const object = json as Record<string, unknown>
  if ('$secret' in object) return new Secret(String(object.$secret))
  if ('$optional_secret' in object) {
    return new OptionalSecret(String(object.$optional_secret), object.is_secret === true)
  }
  if ('$float' in object) return Number(object.$float)
  const entries = Object.entries(object).map(([key, value]) => [key, valueFrom(value)] as const)
  return entries.length === 0 ? nilMap : new Map(entries)
}
