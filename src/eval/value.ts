// Values of the configuration language, with Go's three kinds of numbers.

import type { OptionalSecret, Secret } from './secret.ts'

/**
 * `bigint` is an int64 (always within its range), `Uint64` an uint64, `number` a float64.
 * A string may hold bytes that are not UTF-8 (src/go/text.ts).
 */
export type Value =
  | null
  | boolean
  | bigint
  | Uint64
  | number
  | string
  | Bytes
  | readonly Value[]
  | ObjectValue
  | FunctionValue
  | Secret
  | OptionalSecret
  | Capsule
  | Unknown

/** Maps print their keys sorted. A `Struct` prints them in the order of its fields. */
export type ObjectValue = ReadonlyMap<string, Value>

export class Struct extends Map<string, Value> {}

/** Within 0 and 2^64 - 1. */
export class Uint64 {
  readonly value: bigint

  constructor(value: bigint) {
    this.value = value
  }
}

/** What base64 decodes to: an array of numbers, but a string wherever one is wanted. */
export class Bytes {
  readonly bytes: Uint8Array

  constructor(bytes: Uint8Array) {
    this.bytes = bytes
  }
}

export class FunctionValue {
  readonly name: string
  /** Throws an `ArgumentError` or a `CallError`. What it makes of an unknown value is unknown. */
  readonly call: (args: readonly Value[]) => Value
  /** The result has the elements of the arguments, which are arrays, one after the other. */
  readonly concatenates: boolean

  constructor(
    name: string,
    call: (args: readonly Value[]) => Value,
    options: { concatenates?: boolean } = {},
  ) {
    this.name = name
    this.call = call
    this.concatenates = options.concatenates ?? false
  }
}

/** An opaque value that components hand to each other, such as a receiver of metrics. */
export class Capsule {
  /** Go's name of the type, which messages show: `storage.Appendable`. */
  readonly type: string
  /** What is inside; equal contents make equal capsules. */
  readonly content: unknown
  /** How the UI and printed configuration show it; `capsule("TYPE")` where absent. */
  readonly display?: string
  /** The object that `.name` and `["name"]` read, for capsules that convert into one. */
  readonly asObject?: () => ObjectValue

  constructor(
    type: string,
    content: unknown,
    options: { display?: string; asObject?: () => ObjectValue } = {},
  ) {
    this.type = type
    this.content = content
    if (options.display !== undefined) this.display = options.display
    if (options.asObject !== undefined) this.asObject = options.asObject
  }
}

/**
 * A value that only a running component knows. Linting rests on it: it decodes wherever its type
 * could convert, and whatever is computed from it is unknown too.
 */
export class Unknown {
  /** What is known of it: the kind, and for capsules Go's name of the type. */
  readonly kind: Kind | 'any'
  readonly capsuleType?: string
  /** The type of `.name`, where the kind is object or a capsule that converts into one. */
  readonly field?: (name: string) => Unknown | undefined

  constructor(
    kind: Kind | 'any',
    options: { capsuleType?: string; field?: (name: string) => Unknown | undefined } = {},
  ) {
    this.kind = kind
    if (options.capsuleType !== undefined) this.capsuleType = options.capsuleType
    if (options.field !== undefined) this.field = options.field
  }
}

/** The words of error messages. */
export type Kind =
  | 'null'
  | 'number'
  | 'string'
  | 'bool'
  | 'array'
  | 'object'
  | 'function'
  | 'capsule'

/** The kind that messages name. Secrets are capsules, bytes an array. */
export function kindOf(value: Value): Kind | 'any' {
  if (value === null) return 'null'
  if (typeof value === 'string') return 'string'
  if (typeof value === 'boolean') return 'bool'
  if (typeof value === 'bigint' || typeof value === 'number') return 'number'
  if (value instanceof Uint64) return 'number'
  if (value instanceof Map) return 'object'
  if (Array.isArray(value) || value instanceof Bytes) return 'array'
  if (value instanceof FunctionValue) return 'function'
  if (value instanceof Unknown) return value.kind
  return 'capsule'
}

/** Whether the value, or anything inside, is only known once components run. */
export function containsUnknown(value: Value): boolean {
  if (value instanceof Unknown) return true
  if (Array.isArray(value)) return value.some(containsUnknown)
  if (!(value instanceof Map)) return false
  for (const element of value.values()) if (containsUnknown(element)) return true
  return false
}
