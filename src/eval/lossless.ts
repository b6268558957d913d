// Values as JSON that keeps what JSON alone would lose, and back:
//
// | value                     | JSON                                                    |
// | ------------------------- | ------------------------------------------------------- |
// | int64, uint64             | a number; beyond 2^53 its decimal digits in a string     |
// | float64                   | `{"$float": 1.5}`; `"NaN"`, `"+Inf"`, `"-Inf"` inside     |
// | bytes that are no UTF-8   | `{"$base64": "/w=="}`                                    |
// | secret                    | `{"$secret": "(secret)"}`; its text only on the way in   |
// | maybe a secret            | `{"$optional_secret": "x", "is_secret": false}`          |
// | function, capsule         | `{"$function": "sys.env"}`, `{"$capsule": "TYPE"}`       |

import { bytesOf, isEscaped, textOf } from '../go/text.ts'
import { toArray } from './coerce.ts'
import { OptionalSecret, Secret } from './secret.ts'
import { Bytes, type Capsule, FunctionValue, Uint64, Unknown, type Value } from './value.ts'

export type Json =
  | null
  | boolean
  | number
  | string
  | readonly Json[]
  | { readonly [key: string]: Json }

export function losslessJson(value: Value): Json {
  if (value === null || typeof value === 'boolean') return value
  if (typeof value === 'string') return isEscaped(value) ? base64(value) : value
  if (typeof value === 'bigint') return integerJson(value)
  if (value instanceof Uint64) return integerJson(value.value)
  if (typeof value === 'number') return { $float: Number.isFinite(value) ? value : special(value) }
  if (Array.isArray(value) || value instanceof Bytes) return toArray(value).map(losslessJson)
  if (value instanceof Map) {
    return Object.fromEntries([...value].map(([key, element]) => [key, losslessJson(element)]))
  }
  if (value instanceof Secret) return { $secret: value.toString() }
  if (value instanceof OptionalSecret) {
    return { $optional_secret: value.toString(), is_secret: value.isSecret }
  }
  if (value instanceof FunctionValue) return { $function: value.name }
  return { $capsule: value instanceof Unknown ? 'unknown' : (value as Capsule).type }
}

/** Whole numbers are int64s; only the marked forms of secrets, floats and bytes are read. */
export function valueOfJson(json: Json): Value {
  if (json === null || typeof json === 'boolean' || typeof json === 'string') return json
  if (typeof json === 'number') return Number.isSafeInteger(json) ? BigInt(json) : json
  if (isList(json)) return json.map(valueOfJson)
  const { $float, $base64, $secret, $optional_secret: optional, is_secret: isSecret } = json
  if (typeof $float === 'number') return $float
  if (typeof $float === 'string') return Number($float.replace('Inf', 'Infinity'))
  if (typeof $base64 === 'string') return textOf(Buffer.from($base64, 'base64'))
  if (typeof $secret === 'string') return new Secret($secret)
  if (typeof optional === 'string') return new OptionalSecret(optional, isSecret === true)
  return new Map(Object.entries(json).map(([key, element]) => [key, valueOfJson(element)]))
}

function isList(json: Json): json is readonly Json[] {
  return Array.isArray(json)
}

function integerJson(number: bigint): Json {
  const isExact = Number.isSafeInteger(Number(number))
  return isExact ? Number(number) : String(number)
}

function special(number: number): string {
  return Number.isNaN(number) ? 'NaN' : number > 0 ? '+Inf' : '-Inf'
}

function base64(text: string): Json {
  return { $base64: Buffer.from(bytesOf(text)).toString('base64') }
}
