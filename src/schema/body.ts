// The body of a block once it has been decoded: what every field holds, as Go would hold it. Both
// the arguments of a component and what users are shown of them are made from it.

import { Unknown, type Value } from '../eval/value.ts'
import { identical } from './identical.ts'
import type {
  Amendments,
  Attribute,
  Block,
  Decoded,
  Field,
  Fields,
  Literals,
  Occurs,
  Schema,
  Variants,
} from './schema.ts'
import { type Literal, literalValue } from './type.ts'

export interface Body {
  readonly schema: Schema
  /** By the name of the field; every field is there. */
  readonly held: ReadonlyMap<string, Held>
  /** Of schemas that take attributes of any name. */
  readonly rest: ReadonlyMap<string, Value>
}

export type Held =
  | { readonly kind: 'attribute'; readonly value: Value }
  | { readonly kind: 'label'; readonly label: string }
  /** None, one, or where the block is repeated, several. */
  | { readonly kind: 'block'; readonly bodies: readonly Body[] }
  | { readonly kind: 'choice'; readonly entries: readonly ChoiceEntry[] }

export interface ChoiceEntry {
  readonly variant: string
  readonly body: Body
}

/** They are never changed, and the same ones are asked for with every block. */
const emptyBodies = new WeakMap<Schema, Body>()

/** What a block holds when nothing is written in it. */
export function emptyBody(schema: Schema): Body {
  const known = emptyBodies.get(schema)
  if (known !== undefined) return known
  const held = Object.entries(schema.fields).map(
    ([name, field]) => [name, untouched(field)] as const,
  )
  const body = { schema, held: new Map(held), rest: new Map() }
  emptyBodies.set(schema, body)
  return body
}

/** What a field holds when it is not written. */
export function untouched(field: Field): Held {
  switch (field.kind) {
    case 'attribute':
      return { kind: 'attribute', value: field.default }
    case 'label':
      return { kind: 'label', label: '' }
    case 'block':
      return { kind: 'block', bodies: untouchedBodies(field) }
    case 'choice':
      return { kind: 'choice', entries: [] }
  }
}

/** What a field holds in Go's zero value of the block. */
export function zeroOf(field: Field): Held {
  switch (field.kind) {
    case 'attribute':
      return { kind: 'attribute', value: field.type.zero }
    case 'label':
      return { kind: 'label', label: '' }
    case 'block': {
      const isPart = field.occurs === 'defaulted' && !field.pointer
      return { kind: 'block', bodies: isPart ? [zeroBody(field.schema)] : [] }
    }
    case 'choice':
      return { kind: 'choice', entries: [] }
  }
}

function zeroBody(schema: Schema): Body {
  const held = Object.entries(schema.fields).map(([name, field]) => [name, zeroOf(field)] as const)
  return { schema, held: new Map(held), rest: new Map() }
}

function untouchedBodies({ occurs, schema, absent, initial }: Block<Fields, Occurs>): Body[] {
  if (occurs === 'defaulted') return [literalBody(schema, absent ?? {})]
  return (initial ?? []).map((literals) => literalBody(schema, literals))
}

function literalBody(schema: Schema, literals: Literals): Body {
  const body = emptyBody(schema)
  const held = new Map(body.held)
  for (const [name, literal] of Object.entries(literals)) {
    const field = schema.fields[name]
    if (field !== undefined) held.set(name, heldLiteral(field, literal))
  }
  return { ...body, held }
}

/** A field of a block that was written with literals. */
function heldLiteral(field: Field, literal: Literal): Held {
  return field.kind === 'attribute'
    ? { kind: 'attribute', value: field.type.normalize(literalValue(literal)) }
    : untouched(field)
}

/** The body with new values for some fields. */
export function amend(body: Body, amendments: Amendments): Body {
  const held = new Map(body.held)
  for (const [name, change] of Object.entries(amendments)) {
    const field = body.schema.fields[name]
    if (field?.kind === 'attribute') {
      held.set(name, { kind: 'attribute', value: field.type.normalize(change as Value) })
    } else if (field?.kind === 'block') {
      const bodies =
        change === undefined ? [] : [amend(emptyBody(field.schema), change as Amendments)]
      held.set(name, { kind: 'block', bodies })
    }
  }
  return { ...body, held }
}

/** What the component receives. The body must be known: see `isKnown`. */
export function argumentsOf<F extends Fields>(schema: Schema<F>, body: Body): Decoded<F> {
  const entries = Object.entries(schema.fields).map(([name, field]) => {
    return [name, decodeField(field, body.held.get(name) ?? untouched(field))]
  })
  const rest = [...body.rest].map(([name, value]) => [name, schema.rest?.decode(value)])
  // Each field was decoded by its own declaration.
  return Object.fromEntries([...entries, ...rest]) as Decoded<F>
}

/** What the component gets for a nested body; `variant` where it is one of a choice. */
type DecodeBody = (schema: Schema, body: Body, variant?: string) => object

const nestedArguments: DecodeBody = (schema, body, variant) => {
  const decoded = argumentsOf(schema, body)
  return variant === undefined ? decoded : { variant, ...decoded }
}

/** What the component gets for a field. */
export function decodeField(field: Field, held: Held, inner = nestedArguments): unknown {
  switch (held.kind) {
    case 'label':
      return held.label
    case 'attribute':
      return field.kind === 'attribute' ? decodeAttribute(field, held.value) : undefined
    case 'block': {
      if (field.kind !== 'block') return undefined
      const all = held.bodies.map((body) => inner(field.schema, body))
      return field.occurs === 'repeated' ? all : all[0]
    }
    case 'choice': {
      if (field.kind !== 'choice') return undefined
      return held.entries.map(({ variant, body }) => {
        return inner(variantOf(field.variants, variant), body, variant)
      })
    }
  }
}

function decodeAttribute({ type, optionalValue }: Attribute<unknown>, value: Value): unknown {
  return optionalValue && identical(value, type.zero) ? undefined : type.decode(value)
}

/**
 * The inverse of `argumentsOf`: a body that decodes to `args`. What arguments do not tell, such as
 * nil from empty lists and maps, is as in the default where that decodes to the same.
 */
export function bodyOf<F extends Fields>(schema: Schema<F>, args: Decoded<F>): Body {
  const values = new Map<string, unknown>(Object.entries(args))
  const held = Object.entries(schema.fields).map(([name, field]) => {
    const value = values.get(name)
    values.delete(name)
    return [name, heldOf(field, value)] as const
  })
  const { rest: type } = schema
  const rest = type ? [...values].map(([name, value]) => [name, type.encode(value)] as const) : []
  return { schema, held: new Map(held), rest: new Map(rest) }
}

// The casts hold because `value` is what the field decoded to.
function heldOf(field: Field, value: unknown): Held {
  switch (field.kind) {
    case 'label':
      return { kind: 'label', label: value as string }
    case 'attribute':
      return { kind: 'attribute', value: encodeAttribute(field, value) }
    case 'block': {
      const all = field.occurs === 'repeated' ? (value as readonly Decoded<Fields>[]) : [value]
      const written = all.filter((args) => args !== undefined)
      return {
        kind: 'block',
        bodies: written.map((args) => bodyOf(field.schema, args as Decoded<Fields>)),
      }
    }
    case 'choice': {
      const entries = value as readonly ({ readonly variant: string } & Decoded<Fields>)[]
      return {
        kind: 'choice',
        entries: entries.map(({ variant, ...args }) => {
          return { variant, body: bodyOf(variantOf(field.variants, variant), args) }
        }),
      }
    }
  }
}

function encodeAttribute(
  { type, optionalValue, default: initial }: Attribute<unknown>,
  value: unknown,
): Value {
  if (optionalValue && value === undefined) return type.zero
  const encoded = type.encode(value)
  return isEmpty(encoded) && isEmpty(initial) ? initial : encoded
}

function isEmpty(value: Value): boolean {
  return (Array.isArray(value) && value.length === 0) || (value instanceof Map && value.size === 0)
}

export function variantOf(variants: Variants, variant: string): Schema {
  const schema = variants[variant]
  if (schema === undefined) throw new Error(`no variant ${variant}`)
  return schema
}

/** Whether no value in it rests on what only a running component knows. */
export function isKnown(body: Body): boolean {
  return (
    [...body.rest.values()].every(isKnownValue) &&
    [...body.held.values()].every((held) => {
      switch (held.kind) {
        case 'label':
          return true
        case 'attribute':
          return isKnownValue(held.value)
        case 'block':
          return held.bodies.every(isKnown)
        case 'choice':
          return held.entries.every((entry) => isKnown(entry.body))
      }
    })
  )
}

/** Whether nothing in it is only known to a running component. */
export function isKnownValue(value: Value): boolean {
  if (value instanceof Unknown) return false
  if (Array.isArray(value)) return value.every(isKnownValue)
  return !(value instanceof Map) || [...value.values()].every(isKnownValue)
}

export function sameBody(a: Body, b: Body): boolean {
  return (
    [...a.held].every(([name, held]) => {
      const other = b.held.get(name)
      return other !== undefined && sameHeld(held, other)
    }) && identical(a.rest, b.rest)
  )
}

export function sameHeld(a: Held, b: Held): boolean {
  if (a.kind === 'attribute') return b.kind === 'attribute' && identical(a.value, b.value)
  if (a.kind === 'label') return b.kind === 'label' && a.label === b.label
  if (a.kind === 'block') {
    const others = b.kind === 'block' ? b.bodies : []
    const sameLength = a.bodies.length === others.length
    return sameLength && a.bodies.every((body, i) => sameBody(body, others[i]!))
  }
  const others = b.kind === 'choice' ? b.entries : []
  return (
    a.entries.length === others.length &&
    a.entries.every(({ variant, body }, i) => {
      return others[i]!.variant === variant && sameBody(body, others[i]!.body)
    })
  )
}

/** Whether every field holds the zero value of its type. */
export function isZeroBody(body: Body): boolean {
  return (
    body.rest.size === 0 &&
    Object.entries(body.schema.fields).every(([name, field]) => {
      return isZeroHeld(field, body.held.get(name) ?? untouched(field))
    })
  )
}

export function isZeroHeld(field: Field, held: Held): boolean {
  switch (held.kind) {
    case 'label':
      return held.label === ''
    case 'attribute':
      return field.kind === 'attribute' && identical(held.value, field.type.zero)
    case 'block': {
      const isPart = field.kind === 'block' && field.occurs === 'defaulted' && !field.pointer
      return held.bodies.length === 0 || (isPart && held.bodies.every(isZeroBody))
    }
    case 'choice':
      return held.entries.length === 0
  }
}
