// Values in the JSON of the API. JSON.stringify of it differs from the original's bytes only in
// the escapes of `<`, `>` and `&`.

import { floatOf, isNumber } from '../eval/coerce.ts'
import { OptionalSecret, Secret } from '../eval/secret.ts'
import { Bytes, Capsule, FunctionValue, type ObjectValue, type Value } from '../eval/value.ts'
import { entriesInOrder, showValue } from './show.ts'

export type JsonValue =
  | { readonly type: 'null'; readonly value: null }
  | { readonly type: 'number'; readonly value: number }
  | { readonly type: 'string' | 'function' | 'capsule'; readonly value: string }
  | { readonly type: 'bool'; readonly value: boolean }
  | { readonly type: 'array'; readonly value: readonly JsonValue[] }
  | { readonly type: 'object'; readonly value: readonly JsonEntry[] }

export interface JsonEntry {
  readonly key: string
  readonly value: JsonValue
}

/** Integers beyond 2^53 lose digits, as they do in the original. */
export function jsonOfValue(value: Value): JsonValue {
  if (value === null) return { type: 'null', value }
  if (typeof value === 'string') return { type: 'string', value }
  if (typeof value === 'boolean') return { type: 'bool', value }
  if (isNumber(value)) return { type: 'number', value: floatOf(value) }
  if (Array.isArray(value)) return { type: 'array', value: value.map(jsonOfValue) }
  if (value instanceof Bytes) {
    return {
      type: 'array',
      value: [...value.bytes].map((byte) => ({ type: 'number', value: byte })),
    }
  }
  if (value instanceof Map) return jsonOfObject(value)
  if (value instanceof FunctionValue) return { type: 'function', value: 'function' }
  if (value instanceof Capsule) return jsonOfCapsule(value)
  const isSecret = value instanceof Secret || value instanceof OptionalSecret
  return { type: 'capsule', value: isSecret ? showValue(value) : 'unknown' }
}

function jsonOfObject(object: ObjectValue): JsonValue {
  const entries = entriesInOrder(object).map(([key, value]) => ({ key, value: jsonOfValue(value) }))
  return { type: 'object', value: entries }
}

function jsonOfCapsule(capsule: Capsule): JsonValue {
  if (capsule.asObject !== undefined) return jsonOfObject(capsule.asObject())
  return { type: 'capsule', value: capsule.display || showValue(capsule) }
}
