// Go's integers in text and their casts: strconv.ParseInt and its kin, wrapping, amd64 conversions.

import { quote } from './quote.ts'

export const int64Min = -(1n << 63n)
export const uint64Max = (1n << 64n) - 1n

export interface IntegerOptions {
  /** 2 to 36, or 0: by the prefix (`0x`, `0o`, `0b`, `0`), with `_` between digits. Default 10. */
  readonly base?: number
  /** 8 to 64. Default 64. */
  readonly bits?: number
  /** The name in error messages. Default `ParseInt` or `ParseUint`. */
  readonly name?: string
}

/**
 * Throws `strconv.ParseInt: parsing "x": invalid syntax` or `…: value out of range`.
 */
export function parseInteger(text: string, options: IntegerOptions = {}): bigint {
  const { base = 10, bits = 64, name = 'ParseInt' } = options
  const isNegative = text.startsWith('-')
  const digits = isNegative || text.startsWith('+') ? text.slice(1) : text
  const size = magnitude(digits, text, { base, bits, name })
  const limit = 1n << BigInt(bits - 1)
  if (size > (isNegative ? limit : limit - 1n)) throw outOfRange(text, name)
  return isNegative ? -size : size
}

/** As `parseInteger`, without any sign: `strconv.ParseUint`. */
export function parseUnsigned(text: string, options: IntegerOptions = {}): bigint {
  const { base = 10, bits = 64, name = 'ParseUint' } = options
  return magnitude(text, text, { base, bits, name })
}

/** As `strconv.ParseBool`. Throws `strconv.ParseBool: parsing "x": invalid syntax`. */
export function parseBool(text: string): boolean {
  if (['1', 't', 'T', 'TRUE', 'true', 'True'].includes(text)) return true
  if (['0', 'f', 'F', 'FALSE', 'false', 'False'].includes(text)) return false
  throw invalidSyntax(text, 'ParseBool')
}

/** What Go says of a text that is no number: `strconv.NAME: parsing "x": invalid syntax`. */
export function invalidSyntax(text: string, name: string): Error {
  return new Error(`strconv.${name}: parsing ${quote(text)}: invalid syntax`)
}

/** What Go says of a number that does not fit: `strconv.NAME: parsing "x": value out of range`. */
export function outOfRange(text: string, name: string): Error {
  return new Error(`strconv.${name}: parsing ${quote(text)}: value out of range`)
}

function magnitude(digits: string, text: string, options: Required<IntegerOptions>): bigint {
  const { base, name } = options
  if (digits === '') throw invalidSyntax(text, name)
  if (base !== 0 && (base < 2 || base > 36)) {
    throw new Error(`strconv.${name}: parsing ${quote(text)}: invalid base ${base}`)
  }
  if (base !== 0) return digitsValue(digits, text, options)
  const [prefix = '', letter = ''] = /^0([xXoObB]?)(?=.)/.exec(digits) ?? []
  const radix = prefix === '' ? 10 : ({ x: 16, o: 8, b: 2 }[letter.toLowerCase()] ?? 8)
  const rest = digits.slice(prefix.length)
  const value = digitsValue(rest.replaceAll('_', ''), text, { ...options, base: radix })
  const separated = prefix === '' ? /^[^_]+(_[^_]+)*$/ : /^_?[^_]+(_[^_]+)*$/
  if (!separated.test(rest)) throw invalidSyntax(text, name)
  return value
}

function digitsValue(digits: string, text: string, options: Required<IntegerOptions>): bigint {
  const { base, bits, name } = options
  const limit = 1n << BigInt(bits)
  let value = 0n
  for (const char of digits) {
    const digit = /^[0-9a-zA-Z]$/.test(char) ? Number.parseInt(char, 36) : base
    if (digit >= base) throw invalidSyntax(text, name)
    value = value * BigInt(base) + BigInt(digit)
    // Go stops here, whatever follows.
    if (value >= limit) throw outOfRange(text, name)
  }
  return value
}

/** The low 64 bits as an uint64. */
export function wrapUint64(value: bigint): bigint {
  return BigInt.asUintN(64, value)
}

/** `int64(f)` on amd64: truncated; what does not fit, and NaN, is the smallest int64. */
export function int64OfFloat(value: number): bigint {
  const fits = value >= -(2 ** 63) && value < 2 ** 63
  return fits ? BigInt(Math.trunc(value)) : int64Min
}

/**
 * `uint64(f)` on amd64: truncated; negative values wrap; what does not fit, and NaN, is 2^63.
 */
export function uint64OfFloat(value: number): bigint {
  if (value >= 2 ** 63 && value < 2 ** 64) return BigInt(value)
  return wrapUint64(int64OfFloat(value))
}

/** A float cast to an int64, of which the low bits are kept, as the original casts. */
export function intOfFloat(value: number, bits: 8 | 16 | 32 | 64): bigint {
  return BigInt.asIntN(bits, int64OfFloat(value))
}

/** A float cast to an uint64, of which the low bits are kept, as the original casts. */
export function uintOfFloat(value: number, bits: 8 | 16 | 32 | 64): bigint {
  return BigInt.asUintN(bits, uint64OfFloat(value))
}
