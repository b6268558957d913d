// Conversions between kinds that every typed target shares. Each takes any known value and throws
// a `ValueError` where it does not fit; null becomes the zero value of every target.

import { formatFloat } from '../go/float.ts'
import { intOfFloat, uintOfFloat } from '../go/number.ts'
import { textOf } from '../go/text.ts'
import { misfit, ValueError } from './errors.ts'
import { OptionalSecret, Secret } from './secret.ts'
import {
  Bytes,
  Capsule,
  type Kind,
  type ObjectValue,
  Uint64,
  type Unknown,
  type Value,
} from './value.ts'

/** A number of any of Go's three kinds. */
export type NumberValue = bigint | Uint64 | number

type Bits = 8 | 16 | 32 | 64

export function isNumber(value: Value): value is NumberValue {
  return typeof value === 'bigint' || typeof value === 'number' || value instanceof Uint64
}

export function toText(value: Value): string {
  if (typeof value === 'string') return value
  if (value === null) return ''
  if (isNumber(value)) return numberText(value)
  if (value instanceof Bytes) return textOf(value.bytes)
  if (value instanceof OptionalSecret && !value.isSecret) return value.reveal()
  if (value instanceof Secret || value instanceof OptionalSecret)
    throw new ValueError('secrets may not be converted into strings', value)
  throw misfit(value, 'string')
}

export function toBool(value: Value): boolean {
  if (typeof value === 'boolean') return value
  if (value === null) return false
  throw misfit(value, 'bool')
}

/** The number as it stands; `toInt` and its siblings cast it to the width of a target. */
export function toNumber(value: Value): NumberValue {
  if (isNumber(value)) return value
  if (value === null) return 0n
  const isText = typeof value === 'string'
  const text = isText || !(value instanceof OptionalSecret) ? value : publicText(value)
  const number = typeof text === 'string' ? parseNumber(text) : undefined
  if (number === undefined) throw misfit(value, 'number')
  return number
}

function publicText(secret: OptionalSecret): string | undefined {
  return secret.isSecret ? undefined : secret.reveal()
}

/**
 * What a string means where a number is wanted: nothing if it has a plus sign, blanks, underscores
 * or a prefix. After a minus sign only an integer is understood, as in the original.
 */
export function parseNumber(text: string): NumberValue | undefined {
  if (/^-\d+$/.test(text)) {
    const number = BigInt(text)
    return BigInt.asIntN(64, number) === number ? number : undefined
  }
  if (/^\d+$/.test(text)) {
    const number = BigInt(text)
    return BigInt.asUintN(64, number) === number ? new Uint64(number) : undefined
  }
  if (!/^\+?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text) || !/[.e]/i.test(text)) return undefined
  const number = Number(text)
  return Number.isFinite(number) ? number : undefined
}

/** Truncates as Go does: no check of the range. */
export function toInt(value: Value, bits: Bits): bigint {
  const number = toNumber(value)
  if (typeof number === 'number') return intOfFloat(number, bits)
  return BigInt.asIntN(bits, typeof number === 'bigint' ? number : number.value)
}

export function toUint(value: Value, bits: Bits): bigint {
  const number = toNumber(value)
  if (typeof number === 'number') return uintOfFloat(number, bits)
  return BigInt.asUintN(bits, typeof number === 'bigint' ? number : number.value)
}

export function toFloat(value: Value): number {
  return floatOf(toNumber(value))
}

export function floatOf(number: NumberValue): number {
  return typeof number === 'number'
    ? number
    : Number(typeof number === 'bigint' ? number : number.value)
}

export function toArray(value: Value): readonly Value[] {
  if (Array.isArray(value)) return value
  if (value === null) return []
  if (value instanceof Bytes) return Array.from(value.bytes, BigInt)
  throw misfit(value, 'array')
}

export function toObject(value: Value): ObjectValue {
  if (value instanceof Map) return value
  if (value === null) return new Map()
  if (value instanceof Capsule && value.asObject !== undefined) return value.asObject()
  throw misfit(value, 'object')
}

/** Numbers are not made into strings on the way to a secret. */
export function toSecret(value: Value): Secret {
  if (value instanceof Secret) return value
  if (typeof value === 'string') return new Secret(value)
  if (value instanceof OptionalSecret) return new Secret(value.reveal())
  if (value === null) return new Secret('')
  throw misfit(value, 'capsule')
}

export function toOptionalSecret(value: Value): OptionalSecret {
  if (value instanceof OptionalSecret) return value
  if (typeof value === 'string') return new OptionalSecret(value, false)
  if (value instanceof Secret) return new OptionalSecret(value.reveal(), true)
  if (value === null) return new OptionalSecret('', false)
  throw misfit(value, 'capsule')
}

/** What a target of any type holds: as given, but for forms that only conversions tell apart. */
export function toAny(value: Value): Value {
  if (value instanceof Uint64 && value.value < 2n ** 63n) return value.value
  if (value instanceof Bytes) return toArray(value)
  if (Array.isArray(value)) return value.map(toAny)
  return value
}

/** Whether what is known of a value leaves it possible that it converts to the kind. */
export function couldBe(unknown: Unknown, target: Kind): boolean {
  const { kind, capsuleType } = unknown
  if (kind === 'any' || kind === 'null' || kind === target) return true
  const isCapsule = kind === 'capsule'
  const isText =
    isCapsule && (capsuleType === undefined || capsuleType === 'alloytypes.OptionalSecret')
  switch (target) {
    case 'string':
      return kind === 'number' || kind === 'array' || isText
    case 'number':
      return kind === 'string' || isText
    case 'object':
      return isCapsule
    case 'capsule':
      return kind === 'string' || kind === 'object'
    default:
      return false
  }
}

/** A number as text: floats in plain decimals, never with an exponent. */
export function numberText(number: NumberValue): string {
  if (typeof number === 'bigint') return String(number)
  if (number instanceof Uint64) return String(number.value)
  return formatFloat(number, 'f')
}
