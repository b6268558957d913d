// Schemas: what users may write in a block. The decoder, the encoders, the reference docs and the
// TypeScript type of the decoded arguments all come from this one declaration.

import type { Value } from '../eval/value.ts'
import { nilList, nilMap } from './composites.ts'
import { type Literal, literalValue, type Type } from './type.ts'

export type Stability = 'experimental' | 'public-preview' | 'generally-available'

export interface Schema<F extends Fields = Fields> {
  /** In the order in which the encoders print them. */
  readonly fields: F
  /** Takes attributes of any name instead, all of this type. */
  readonly rest?: Type<unknown>
  /**
   * Where the original's type has no defaults of its own but gets them from what is around it. Its
   * encoders ask the type, and so show all that is not zero.
   */
  readonly defaultsFrom?: 'parent'
  /** Checks what no field can check alone, once all have decoded. Never changes `args`. */
  check?(args: Decoded<F>, fail: Fail<F>): void
  /**
   * New values for fields, where the original's check rewrites what was written, so that whoever
   * reads the arguments sees what runs.
   */
  amend?(args: Decoded<F>): Amendments
}

/** Reports a problem at the field `at`, or at the whole block. */
export type Fail<F extends Fields> = (message: string, at?: keyof F & string) => void

/** By field: a value, or what a block holds; undefined takes an optional block away. */
export interface Amendments {
  readonly [field: string]: Value | Amendments | undefined
}

export interface Fields {
  readonly [name: string]: Field
}

export type Field = Attribute<unknown> | Label | Block<Fields, Occurs> | Choice<Variants>

export interface Notes {
  readonly stability?: Stability
  /** What to use instead. */
  readonly deprecated?: string
  /** The default in words, where it is only known at run time. */
  readonly computed?: string
  /**
   * True where `run` refuses every value but the default, or the literals that it refuses. The
   * argument is declared all the same: fmt, validate and convert know it.
   */
  readonly unavailable?: true | readonly Literal[]
}

interface Documented extends Notes {
  readonly doc: string
}

export interface Attribute<T> extends Documented {
  readonly kind: 'attribute'
  readonly type: Type<T>
  readonly required: boolean
  /** What holds when nothing is written; normalized. */
  readonly default: Value
  /** An argument that holds its type's zero value decodes to undefined. */
  readonly optionalValue: boolean
}

/** The label of the block itself: `rule "label" { … }`. */
export interface Label extends Documented {
  readonly kind: 'label'
}

/** An absent `optional` block decodes to undefined, a `defaulted` one to all its defaults. */
export type Occurs = 'required' | 'optional' | 'defaulted' | 'repeated'

export interface Block<F extends Fields, O extends Occurs> extends Documented {
  readonly kind: 'block'
  readonly occurs: O
  readonly schema: Schema<F>
  /** What a defaulted block holds when it is absent, where that is not what an empty one holds. */
  readonly absent?: Literals
  /** The bodies of a repeated block when none is written; the first one written replaces them. */
  readonly initial?: readonly Literals[]
  /** A defaulted block that Go holds by a pointer: its JSON shows it always. */
  readonly pointer?: true
  /** How often it must be written, where that is fixed. */
  readonly exactly?: number
  /** Whether a repeated or a defaulted block must be written, once at least. */
  readonly required?: true
}

/** By field. */
export interface Literals {
  readonly [field: string]: Literal
}

/** Blocks `name.variant { … }` of several variants, in the order they are written in. */
export interface Choice<V extends Variants> extends Documented {
  readonly kind: 'choice'
  readonly variants: V
  readonly required: boolean
}

export interface Variants {
  readonly [variant: string]: Schema
}

// Types: from a schema to the arguments that a component receives.

export type ArgumentsOf<S> = S extends Schema<infer F> ? Decoded<F> : never

export type Decoded<F extends Fields> = { readonly [K in keyof F]: DecodedField<F[K]> }

type DecodedField<F> =
  F extends Attribute<infer T>
    ? T
    : F extends Label
      ? string
      : F extends Block<infer B, infer O>
        ? DecodedBlock<Decoded<B>, O>
        : F extends Choice<infer V>
          ? readonly DecodedVariant<V>[]
          : never

type DecodedBlock<A, O extends Occurs> = O extends 'repeated'
  ? readonly A[]
  : O extends 'optional'
    ? A | undefined
    : A

type DecodedVariant<V extends Variants> = {
  [K in keyof V]: { readonly variant: K } & ArgumentsOf<V[K]>
}[keyof V]

// Builders: the columns of the reference docs, in their order.

export interface Hooks<F extends Fields> {
  readonly check?: (args: Decoded<F>, fail: Fail<F>) => void
  readonly amend?: (args: Decoded<F>) => Amendments
  readonly defaultsFrom?: 'parent'
}

export function schema<F extends Fields>(fields: F, hooks: Hooks<NoInfer<F>> = {}): Schema<F> {
  return { fields, ...hooks }
}

/** A block that takes attributes of any name. */
export function attributes(type: Type<unknown>): Schema<Record<never, never>> {
  return { fields: {}, rest: type }
}

/**
 * `default` is for the few that hold more than nothing before they are read: the encoder leaves out
 * what equals it.
 */
export function required<T>(
  type: Type<T>,
  doc: string,
  { default: held, ...notes }: Notes & { readonly default?: Literal } = {},
): Attribute<T> {
  const common = { kind: 'attribute', type, optionalValue: false, doc, ...notes } as const
  const value = held === undefined ? type.zero : normalDefault(type, held)
  return { ...common, required: true, default: value }
}

/** Where `value` is undefined the argument has no default: the component gets undefined. */
export function optional<T>(
  type: Type<T>,
  value: undefined,
  doc: string,
  notes?: Notes,
): Attribute<T | undefined>
export function optional<T, L extends Literal>(
  type: Type<T, L>,
  value: NoInfer<L>,
  doc: string,
  notes?: Notes,
): Attribute<T>
export function optional<T>(
  type: Type<T>,
  value: Literal | undefined,
  doc: string,
  notes?: Notes,
): Attribute<T | undefined> {
  const common = { kind: 'attribute', type, required: false, doc, ...notes } as const
  if (value === undefined) return { ...common, default: type.zero, optionalValue: true }
  // A bad default fails the import, not the user.
  return { ...common, default: normalDefault(type, value), optionalValue: false }
}

/** An empty list or map in a declaration is Go's nil; see `emptyNotNil`. */
function normalDefault(type: Type<unknown>, literal: Literal): Value {
  const normal = type.normalize(literalValue(literal))
  if (Array.isArray(normal) && normal.length === 0) return nilList
  return normal instanceof Map && normal.size === 0 ? nilMap : normal
}

/** For the few whose default is an empty list or map rather than none, which the UI shows. */
export function emptyNotNil<T>(attribute: Attribute<T>): Attribute<T> {
  const isList = attribute.default === nilList
  return { ...attribute, default: isList ? [] : new Map<string, Value>() }
}

export function label(doc: string): Label {
  return { kind: 'label', doc }
}

export const block = occurring('optional')
export const requiredBlock = occurring('required')
export const defaultedBlock = occurring('defaulted')
export const blocks = occurring('repeated')

export interface BlockNotes extends Notes {
  readonly absent?: Literals
  readonly initial?: readonly Literals[]
  readonly pointer?: true
  readonly exactly?: number
  readonly required?: true
}

function occurring<O extends Occurs>(occurs: O) {
  return <F extends Fields>(schema: Schema<F>, doc: string, notes?: BlockNotes): Block<F, O> => {
    return { kind: 'block', occurs, schema, doc, ...notes }
  }
}

export function choice<V extends Variants>(variants: V, doc: string, notes?: Notes): Choice<V> {
  return { kind: 'choice', variants, required: false, doc, ...notes }
}
