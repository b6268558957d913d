// Go's target types and values as the tables of alloy-eval and alloy-minted write them.

import { toAny, toArray } from '../../src/eval/coerce.ts'
import { OptionalSecret, Secret } from '../../src/eval/secret.ts'
import { Bytes, Struct, Uint64, type Value } from '../../src/eval/value.ts'
import { textOf } from '../../src/go/text.ts'
import { type Into, type IntoField, typeOf } from './into.ts'

export type Json =
  | null
  | boolean
  | number
  | string
  | readonly Json[]
  | { readonly [key: string]: Json }

/** A value of a scope: numbers without a point are integers. */
export function valueOfJson(json: Json): Value {
  if (json === null || typeof json === 'boolean' || typeof json === 'string') return json
  if (typeof json === 'number') return Number.isInteger(json) ? BigInt(json) : json
  if (Array.isArray(json)) return json.map(valueOfJson)
  const { $secret, $optional_secret, is_secret, $float, $base64, $struct, value } = json as {
    readonly [key: string]: Json
  }
  if (typeof $secret === 'string') return new Secret($secret)
  if (typeof $optional_secret === 'string') {
    return new OptionalSecret($optional_secret, is_secret === true)
  }
  if (typeof $float === 'number') return $float
  if (typeof $base64 === 'string') return textOf(Buffer.from($base64, 'base64'))
  if ($struct !== undefined) return structOf($struct, value)
  return new Map(Object.entries(json).map(([key, element]) => [key, valueOfJson(element)]))
}

/** A Go struct in the scope; fields that the value leaves out are zero. */
function structOf(struct: Json, value: Json | undefined): Value {
  const { fields } = struct as unknown as { fields: readonly IntoField[] } // the tables' own form
  const given = (value ?? {}) as { readonly [key: string]: Json }
  const entries = fields.map(({ go, name, type }): [string, Value] => {
    const element = given[go]
    return [name, element === undefined ? typeOf(type).zero : valueOfJson(element)]
  })
  return new Struct(entries)
}

/** The value as the tables write it; `target` tells floats from integers and names Go's fields. */
export function jsonOfValue(value: Value, target: Into): Json {
  if (target === 'any') return jsonOfAny(toAny(value))
  if (typeof target === 'object' && target !== null) {
    if ('array' in target) return toArray(value).map((item) => jsonOfValue(item, target.array))
    if ('pointer' in target) return value === null ? null : jsonOfValue(value, target.pointer)
    if (!(value instanceof Map)) return jsonOfAny(value)
    if ('map' in target) {
      return Object.fromEntries(
        [...value].map(([key, item]) => [key, jsonOfValue(item, target.map)]),
      )
    }
    return jsonOfStruct(value, target.fields)
  }
  if (typeof value !== 'number') return jsonOfAny(value)
  // The shortest digits that mean the same float32.
  return target === 'float32' ? Number(value.toPrecision(7)) : value
}

/** Fields that are zero are left out, as the tables leave them out. */
function jsonOfStruct(value: ReadonlyMap<string, Value>, fields: readonly IntoField[]): Json {
  const shown = fields.map(({ go, name, type }): [string, Json] => {
    return [go, jsonOfValue(value.get(name) ?? null, type)]
  })
  return Object.fromEntries(shown.filter(([, item]) => item !== '' && item !== 0 && item !== null))
}

function jsonOfAny(value: Value): Json {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return value
  if (typeof value === 'number') return { $float: value }
  if (typeof value === 'bigint' || value instanceof Uint64) {
    const number = typeof value === 'bigint' ? value : value.value
    return Number.isSafeInteger(Number(number)) ? Number(number) : String(number)
  }
  if (value instanceof Bytes) return [...value.bytes]
  if (Array.isArray(value)) return value.map(jsonOfAny)
  if (value instanceof Secret) return { $secret: value.reveal() }
  if (value instanceof OptionalSecret) {
    return { $optional_secret: value.reveal(), is_secret: value.isSecret }
  }
  if (value instanceof Map) {
    return Object.fromEntries([...value].map(([key, item]) => [key, jsonOfAny(toAny(item))]))
  }
  return String(value)
}
