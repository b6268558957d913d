// What a type of the configuration language is: how a value becomes what a component receives.

import { couldBe } from '../eval/coerce.ts'
import { misfit } from '../eval/errors.ts'
import { type Kind, Unknown, type Value } from '../eval/value.ts'

/** A value as declarations write it: `5`, `'1m'`, `['a']`, `{ k: 'v' }`. */
export type Literal =
  | null
  | boolean
  | number
  | bigint
  | string
  | readonly Literal[]
  | { readonly [key: string]: Literal }

export type StringMap<L> = { readonly [key: string]: L }

/**
 * `T` is what a component receives, `L` the literal that stands for it in declarations.
 *
 * Two steps keep 64-bit numbers, nanoseconds and spelling exact where they are shown, and pleasant
 * where they are used: `normalize` makes the value that Go would hold (an int64, a canonical
 * duration), which is compared, printed and sent to the UI; `decode` makes `T` of that.
 */
export interface Type<T, L extends Literal = Literal> {
  /** The word of messages: `should be WORD, got …`. */
  readonly word: Kind
  /** Of capsules: Go's name of what is inside. */
  readonly capsule?: string
  /** Name in the reference docs: `list(string)`. */
  readonly name: string
  /** Go's zero value: what null gives, and what an argument without a default holds. */
  readonly zero: Value
  readonly equality: Equality
  /** Of lists and maps. */
  readonly element?: Type<unknown>
  /** What null is as an element of a list, where that is not zero. */
  readonly nullElement?: Value
  /** All that a type of a few words takes. */
  readonly words?: readonly string[]
  /** Throws a `ValueError`. An `Unknown` that could fit passes through. */
  normalize(value: Value): Value
  /** The normalized value as users see it, where that differs; secrets need no help. */
  readonly show?: (normal: Value, installation?: Installation) => Value
  /** Of a normalized value without `Unknown` in it. */
  decode(normal: Value): T
  /** The inverse of `decode`, for exports. */
  encode(value: T): Value
  /** Carries `L` for inference; never set. */
  readonly literal?: L
}

/**
 * When two values of a type are equal to Go's `==`, which decides what its JSON leaves out: by what
 * they hold; only where both are zero, as of pointers; or never, as of lists and maps, which no
 * block that holds them has either.
 */
export type Equality = 'value' | 'identity' | 'none'

/** Of the running program that shows a value. */
export interface Installation {
  readonly uid: string
}

/** What most types need; the rest has its own maker. */
export interface Plan<T> extends Omit<Type<T>, 'equality' | 'literal'> {
  readonly equality?: Equality
  /** Never gets null or an `Unknown` itself. */
  normalize(value: Value): Value
}

/** A type for which null gives the zero value, as it does in Go. */
export function makeType<T, L extends Literal>(plan: Plan<T>): Type<T, L> {
  return {
    equality: 'value',
    ...plan,
    normalize: (value) => {
      if (value === null) return plan.zero
      if (!(value instanceof Unknown)) return plan.normalize(value)
      if (couldBe(value, plan.word)) return value
      throw misfit(value, plan.word)
    },
  }
}

/** The value that a literal of a declaration stands for. Whole numbers are int64. */
export function literalValue(literal: Literal): Value {
  if (typeof literal === 'number') return Number.isInteger(literal) ? BigInt(literal) : literal
  if (literal === null || typeof literal !== 'object') return literal
  if (Array.isArray(literal)) return literal.map(literalValue)
  return new Map(Object.entries(literal).map(([key, value]) => [key, literalValue(value)]))
}
