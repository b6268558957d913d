// What a type of the configuration language is: how a value becomes what a component receives.

import { OptionalSecret, Secret } from '../eval/secret.ts'
import { Bytes, Capsule, FunctionValue, type Kind, Unknown, type Value } from '../eval/value.ts'

/** A value as declarations write it: `5`, `'1m'`, `['a']`, `{ k: 'v' }`. */
export type Literal =
  | null
  | boolean
  | number
  | bigint
  | string
  | readonly Literal[]
  | { readonly [key: string]: Literal }

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
  /** Name in the reference docs: `list(string)`. */
  readonly name: string
  /** Go's zero value: what null gives, and what an argument without a default holds. */
  readonly zero: Value
  /** False where the original compares by identity, so that its JSON always shows the value. */
  readonly comparable: boolean
  /** Of lists and maps. */
  readonly element?: Type<unknown>
  /** All that a type of a few words takes. */
  readonly words?: readonly string[]
  /** Throws `Mismatch`. An `Unknown` that could fit passes through. */
  normalize(value: Value): Value
  /** Of a normalized value without `Unknown` in it. */
  decode(normal: Value): T
  /** The inverse of `decode`, for exports. */
  encode(value: T): Value
  /** Carries `L` for inference; never set. */
  readonly literal?: L
}

/** A value that doesn't fit. */
export class Mismatch extends Error {
  override readonly name = 'Mismatch'
  /** From the expression to the misfit: `['rules', 2]` for `.rules[2]`. */
  path: (string | number)[] = []
  /** The misfit itself, which reports print below the message where it is part of the whole. */
  readonly value: Value

  constructor(message: string, value: Value) {
    super(message)
    this.value = value
  }
}

/** The kind of a value, in the words of messages. */
export function kindOf(value: Value): Kind {
  if (value === null) return 'null'
  switch (typeof value) {
    case 'boolean':
      return 'bool'
    case 'number':
    case 'bigint':
      return 'number'
    case 'string':
      return 'string'
  }
  if (Array.isArray(value) || value instanceof Bytes) return 'array'
  if (value instanceof Map) return 'object'
  if (value instanceof FunctionValue) return 'function'
  if (value instanceof Unknown) return value.kind === 'any' ? 'null' : value.kind
  if (value instanceof Capsule || value instanceof Secret || value instanceof OptionalSecret) {
    return 'capsule'
  }
  return 'number'
}

export function misfit(want: string, value: Value): never {
  throw new Mismatch(`should be ${want}, got ${kindOf(value)}`, value)
}

/** What most types need; the rest has its own maker. */
export interface Plan<T> {
  readonly word: Kind
  readonly name: string
  readonly zero: Value
  readonly comparable?: boolean
  readonly element?: Type<unknown>
  readonly words?: readonly string[]
  /** Kinds that could convert, besides `word`; for values that are not known yet. */
  readonly admits?: readonly Kind[]
  /** Never gets null or an `Unknown` itself. */
  normalize(value: Exclude<Value, null | Unknown>): Value
  decode(normal: Value): T
  encode(value: T): Value
}

/** A type for which null gives the zero value, as it does in Go. */
export function makeType<T, L extends Literal>(plan: Plan<T>): Type<T, L> {
  const { word, admits = [] } = plan
  const kinds: ReadonlySet<string> = new Set(['any', 'null', word, ...admits])
  return {
    comparable: true,
    ...plan,
    normalize: (value) => {
      if (value === null) return plan.zero
      if (!(value instanceof Unknown)) return plan.normalize(value)
      return kinds.has(value.kind) ? value : misfit(word, value)
    },
  }
}

/** Adds a step to the path of a mismatch inside a list or map. */
export function within<T>(step: string | number, convert: () => T): T {
  try {
    return convert()
  } catch (error) {
    if (error instanceof Mismatch) error.path.unshift(step)
    throw error
  }
}

/** The value that a literal of a declaration stands for. Whole numbers are int64. */
export function literalValue(literal: Literal): Value {
  if (typeof literal === 'number') return Number.isInteger(literal) ? BigInt(literal) : literal
  if (literal === null || typeof literal !== 'object') return literal
  if (Array.isArray(literal)) return literal.map(literalValue)
  return new Map(Object.entries(literal).map(([key, value]) => [key, literalValue(value)]))
}
