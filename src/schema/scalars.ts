// Types of single values: booleans, numbers, strings, secrets.

import {
  floatOf,
  type NumberValue,
  toAny,
  toBool,
  toFloat,
  toInt,
  toOptionalSecret,
  toSecret,
  toText,
  toUint,
} from '../eval/coerce.ts'
import { OptionalSecret, Secret } from '../eval/secret.ts'
import { Uint64, type Value } from '../eval/value.ts'
import { type Literal, makeType, type Type } from './type.ts'

type Bits = 8 | 16 | 32 | 64

export const bool: Type<boolean, boolean> = makeType({
  word: 'bool',
  name: 'bool',
  zero: false,
  normalize: toBool,
  decode: (normal) => normal === true,
  encode: (value) => value,
})

export const string: Type<string, string> = makeType({
  word: 'string',
  name: 'string',
  zero: '',
  normalize: toText,
  decode: (normal) => normal as string, // what toText returns
  encode: (value) => value,
})

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
  decode: (normal) => (normal as Uint64).value, // what unsigned normalizes to
  encode: (value) => new Uint64(value),
}

export const float: Type<number, number> = makeType({
  word: 'number',
  name: 'number',
  zero: 0,
  normalize: toFloat,
  decode: (normal) => normal as number, // what toFloat returns
  encode: (value) => value,
})

export const float32: Type<number, number> = {
  ...float,
  normalize: (value) => {
    const wide = float.normalize(value)
    return typeof wide === 'number' ? Math.fround(wide) : wide
  },
}

function signed(name: string, bits: Bits): Type<number, number | bigint> {
  return makeType({
    word: 'number',
    name,
    zero: 0n,
    normalize: (value) => toInt(value, bits),
    decode: (normal) => floatOf(normal as NumberValue), // what toInt returns
    encode: (value) => BigInt(value),
  })
}

function unsigned(name: string, bits: Bits): Type<number, number | bigint> {
  return makeType({
    word: 'number',
    name,
    zero: new Uint64(0n),
    normalize: (value) => new Uint64(toUint(value, bits)),
    decode: (normal) => floatOf(normal as NumberValue), // an Uint64
    encode: (value) => new Uint64(BigInt(value)),
  })
}

export const secret: Type<Secret, string> = makeType({
  word: 'capsule',
  name: 'secret',
  capsule: 'alloytypes.Secret',
  zero: new Secret(''),
  normalize: toSecret,
  decode: (normal) => normal as Secret, // what toSecret returns
  encode: (value) => value,
})

/** A string that is secret only where it came from one. */
export const optionalSecret: Type<OptionalSecret, string> = makeType({
  word: 'capsule',
  name: 'secret',
  capsule: 'alloytypes.OptionalSecret',
  zero: new OptionalSecret('', false),
  normalize: toOptionalSecret,
  decode: (normal) => normal as OptionalSecret, // what toOptionalSecret returns
  encode: (value) => value,
})

/** Whatever the user writes. */
export const any: Type<Value, Literal> = {
  word: 'capsule',
  name: 'any',
  zero: null,
  equality: 'value',
  normalize: toAny,
  decode: (normal) => normal,
  encode: (value) => value,
}
