// Types of single values: booleans, numbers, strings, secrets.

import { OptionalSecret, Secret } from '../eval/secret.ts'
import { Bytes, Capsule, Uint64, type Value } from '../eval/value.ts'
import { int64OfFloat, uint64OfFloat } from '../go/number.ts'
import { textOf } from '../go/text.ts'
import { Mismatch, makeType, misfit, type Type } from './type.ts'

export const bool: Type<boolean, boolean> = makeType({
  word: 'bool',
  name: 'bool',
  zero: false,
  normalize: (value) => (typeof value === 'boolean' ? value : misfit('bool', value)),
  decode: (normal) => normal === true,
  encode: (value) => value,
})

export const string: Type<string, string> = makeType({
  word: 'string',
  name: 'string',
  zero: '',
  admits: ['number', 'capsule'],
  normalize: stringOf,
  decode: (normal) => normal as string, // what stringOf returns
  encode: (value) => value,
})

/** The text of a value that may stand where a string is wanted. */
export function stringOf(value: Exclude<Value, null>): string {
  if (typeof value === 'string') return value
  if (typeof value === 'bigint') return value.toString()
  if (typeof value === 'number') return formatFloat(value)
  if (value instanceof Uint64) return value.value.toString()
  if (value instanceof Bytes) return textOf(value.bytes)
  if (value instanceof OptionalSecret && !value.isSecret) return value.reveal()
  if (value instanceof Secret || value instanceof OptionalSecret) {
    throw new Mismatch('secrets may not be converted into strings', value)
  }
  return misfit('string', value)
}

/** Go's int. The component gets a number; beyond 2^53 only what is shown stays exact. */
export const int: Type<number, number | bigint> = signed('int', 64)
export const int32: Type<number, number | bigint> = signed('int32', 32)
export const int16: Type<number, number | bigint> = signed('int16', 16)
export const int8: Type<number, number | bigint> = signed('int8', 8)
export const uint: Type<number, number | bigint> = unsigned('uint', 64)
export const uint32: Type<number, number | bigint> = unsigned('uint32', 32)
export const uint16: Type<number, number | bigint> = unsigned('uint16', 16)
export const uint8: Type<number, number | bigint> = unsigned('uint8', 8)

/** For components that compute with all 64 bits, such as hashmod. */
export const exactUint64: Type<bigint, number | bigint> = {
  ...uint,
  decode: (normal) => (normal as Uint64).value,
  encode: (value) => new Uint64(value),
}

export const float: Type<number, number> = makeType({
  word: 'number',
  name: 'number',
  zero: 0,
  admits: ['string', 'capsule'],
  normalize: (value) => Number(numberOf(value)),
  decode: (normal) => normal as number, // what Number returned
  encode: (value) => value,
})

export const float32: Type<number, number> = {
  ...float,
  normalize: (value) => {
    const wide = float.normalize(value)
    return typeof wide === 'number' ? Math.fround(wide) : wide
  },
}

function signed(name: string, bits: number): Type<number, number | bigint> {
  return makeType({
    word: 'number',
    name,
    zero: 0n,
    admits: ['string', 'capsule'],
    normalize: (value) => BigInt.asIntN(bits, wholeOf(numberOf(value), int64OfFloat)),
    decode: (normal) => Number(normal),
    encode: (value) => BigInt(value),
  })
}

function unsigned(name: string, bits: number): Type<number, number | bigint> {
  return makeType({
    word: 'number',
    name,
    zero: new Uint64(0n),
    admits: ['string', 'capsule'],
    normalize: (value) => new Uint64(BigInt.asUintN(bits, wholeOf(numberOf(value), uint64OfFloat))),
    decode: (normal) => Number((normal as Uint64).value),
    encode: (value) => new Uint64(BigInt(value)),
  })
}

/** Casts as amd64 does it: towards zero, floats out of range by their own rule. */
function wholeOf(value: number | bigint, cast: (value: number) => bigint): bigint {
  return typeof value === 'bigint' ? value : cast(value)
}

/** A float64, or an integer within int64 and uint64. */
function numberOf(value: Exclude<Value, null>): number | bigint {
  if (typeof value === 'bigint' || typeof value === 'number') return value
  if (value instanceof Uint64) return value.value
  const text = value instanceof OptionalSecret && !value.isSecret ? value.reveal() : value
  const parsed = typeof text === 'string' ? parseNumber(text) : undefined
  return parsed ?? misfit('number', value)
}

/** A leading minus asks for an int64, a point or exponent for a float, all else is an uint64. */
function parseNumber(text: string): number | bigint | undefined {
  if (text.startsWith('-')) {
    const parsed = /^-\d+$/.test(text) ? BigInt(text) : undefined
    return parsed !== undefined && parsed >= -(2n ** 63n) ? parsed : undefined
  }
  if (/[.eE]/.test(text)) {
    return /^(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(text) ? finite(Number(text)) : undefined
  }
  const parsed = /^\d+$/.test(text) ? BigInt(text) : undefined
  return parsed !== undefined && parsed < 2n ** 64n ? parsed : undefined
}

function finite(value: number): number | undefined {
  return Number.isFinite(value) ? value : undefined
}

/** Shortest digits that read back as the same number, never with an exponent. */
export function formatFloat(value: number): string {
  const [mantissa = '', exponent] = String(value).split('e')
  if (exponent === undefined) return mantissa
  const digits = mantissa.replace(/[-.]/g, '')
  const point = Number(exponent) + 1
  const sign = value < 0 ? '-' : ''
  return point > 0
    ? sign + digits.padEnd(point, '0')
    : `${sign}0.${digits.padStart(digits.length - point, '0')}`
}

export const secret: Type<Secret, string> = makeType({
  word: 'capsule',
  name: 'secret',
  zero: new Secret(''),
  admits: ['string'],
  normalize: (value) => {
    if (value instanceof Secret) return value
    if (value instanceof OptionalSecret) return new Secret(value.reveal())
    if (value instanceof Bytes) return new Secret(textOf(value.bytes))
    return typeof value === 'string' ? new Secret(value) : misfitCapsule('alloytypes.Secret', value)
  },
  decode: (normal) => normal as Secret, // what normalize returns
  encode: (value) => value,
})

export const optionalSecret: Type<OptionalSecret, string> = makeType({
  word: 'capsule',
  name: 'secret',
  zero: new OptionalSecret('', false),
  admits: ['string'],
  normalize: (value) => {
    if (value instanceof OptionalSecret) return value
    if (value instanceof Secret) return new OptionalSecret(value.reveal(), true)
    if (value instanceof Bytes) return new OptionalSecret(textOf(value.bytes), false)
    if (typeof value === 'string') return new OptionalSecret(value, false)
    return misfitCapsule('alloytypes.OptionalSecret', value)
  },
  decode: (normal) => normal as OptionalSecret, // what normalize returns
  encode: (value) => value,
})

/** A capsule of another type is named with its type, all else with its kind. */
export function misfitCapsule(want: string, value: Value): never {
  if (!(value instanceof Capsule)) return misfit('capsule', value)
  throw new Mismatch(`expected capsule("${want}"), got capsule("${value.type}")`, value)
}

/** Whatever the user writes. */
export const any: Type<Value> = {
  word: 'capsule',
  name: 'any',
  zero: null,
  comparable: true,
  normalize: (value) => value,
  decode: (normal) => normal,
  encode: (value) => value,
}
