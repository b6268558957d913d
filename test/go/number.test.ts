import { describe, expect, it } from 'vitest'
import {
  int64OfFloat,
  intOfFloat,
  parseBool,
  parseInteger,
  parseUnsigned,
  uint64OfFloat,
  uintOfFloat,
} from '../../src/go/number.ts'

const syntax = 'invalid syntax'
const range = 'value out of range'

/** Answers of Go 1.26: text, base, bits, ParseInt, ParseUint. */
const integers: [string, number, number, bigint | string, bigint | string][] = [
  ['', 10, 64, syntax, syntax],
  ['-', 10, 64, syntax, syntax],
  ['+5', 10, 64, 5n, syntax],
  ['-9223372036854775808', 10, 64, -9223372036854775808n, syntax],
  ['9223372036854775808', 10, 64, range, 9223372036854775808n],
  ['18446744073709551615', 10, 64, range, 18446744073709551615n],
  ['99999999999999999999', 10, 64, range, range],
  ['99999999999999999999x', 10, 64, range, range],
  ['0x1F', 0, 64, 31n, 31n],
  ['0X1', 0, 64, 1n, 1n],
  ['0x', 0, 64, syntax, syntax],
  ['010', 0, 64, 8n, 8n],
  ['08', 0, 64, syntax, syntax],
  ['0_7', 0, 64, 7n, 7n],
  ['0__7', 0, 64, syntax, syntax],
  ['1_000', 0, 64, 1000n, 1000n],
  ['1_000', 10, 64, syntax, syntax],
  ['_1', 0, 64, syntax, syntax],
  ['1_', 0, 64, syntax, syntax],
  ['0x_1f', 0, 64, 31n, 31n],
  ['0x1_', 0, 64, syntax, syntax],
  ['0b11', 0, 64, 3n, 3n],
  ['0b2', 0, 64, syntax, syntax],
  ['0o17', 0, 64, 15n, 15n],
  ['0', 0, 64, 0n, 0n],
  ['00', 0, 64, 0n, 0n],
  ['0_', 0, 64, syntax, syntax],
  ['-0x1', 0, 64, -1n, syntax],
  ['12', 37, 64, 'invalid base 37', 'invalid base 37'],
  ['12', 1, 64, 'invalid base 1', 'invalid base 1'],
  ['zz', 36, 64, 1295n, 1295n],
  ['128', 10, 8, range, 128n],
  ['-129', 10, 8, range, syntax],
  [' 1', 10, 64, syntax, syntax],
  ['é', 10, 64, syntax, syntax],
  ['İ', 36, 64, syntax, syntax],
]

function outcome(read: () => bigint, prefix: string): bigint | string {
  try {
    return read()
  } catch (error) {
    const { message } = error as Error
    expect(message.startsWith(prefix)).toBe(true)
    return message.slice(prefix.length)
  }
}

describe('integers in text', () => {
  it.each(integers)('reads %j, base %d, %d bits', (text, base, bits, signed, unsigned) => {
    const options = { base, bits }
    const quoted = `parsing "${text}": `
    expect(outcome(() => parseInteger(text, options), `strconv.ParseInt: ${quoted}`)).toBe(signed)
    expect(outcome(() => parseUnsigned(text, options), `strconv.ParseUint: ${quoted}`)).toBe(
      unsigned,
    )
  })

  it('reads booleans', () => {
    expect(parseBool('T')).toBe(true)
    expect(parseBool('False')).toBe(false)
    expect(() => parseBool('yes')).toThrow('strconv.ParseBool: parsing "yes": invalid syntax')
  })
})

const low = -9223372036854775808n
const top = 9223372036854775808n

/** int64 and uint64 as Go answers on amd64; then their low bits, first signed, then unsigned. */
const casts: [number, ...bigint[]][] = [
  [1.9, 1n, 1n, 1n, 1n, 1n, 1n, 1n, 1n],
  [-1.9, -1n, 18446744073709551615n, -1n, -1n, -1n, 4294967295n, 65535n, 255n],
  [1e19, low, 10000000000000000000n, 0n, 0n, 0n, 2313682944n, 0n, 0n],
  [-1e19, low, top, 0n, 0n, 0n, 0n, 0n, 0n],
  [Number.NaN, low, top, 0n, 0n, 0n, 0n, 0n, 0n],
  [Number.POSITIVE_INFINITY, low, top, 0n, 0n, 0n, 0n, 0n, 0n],
  [1e300, low, top, 0n, 0n, 0n, 0n, 0n, 0n],
  [300, 300n, 300n, 300n, 300n, 44n, 300n, 300n, 44n],
  [3e9, 3000000000n, 3000000000n, -1294967296n, 24064n, 0n, 3000000000n, 24064n, 0n],
  [-3e9, -3000000000n, 18446744070709551616n, 1294967296n, -24064n, 0n, 1294967296n, 41472n, 0n],
  [5e9, 5000000000n, 5000000000n, 705032704n, -3584n, 0n, 705032704n, 61952n, 0n],
  [70000.5, 70000n, 70000n, 70000n, 4464n, 112n, 70000n, 4464n, 112n],
  [-70000.5, -70000n, 18446744073709481616n, -70000n, -4464n, -112n, 4294897296n, 61072n, 144n],
]

describe('casts of floats', () => {
  it.each(casts)('casts %d as the original does on amd64', (value, ...expected) => {
    expect([
      int64OfFloat(value),
      uint64OfFloat(value),
      intOfFloat(value, 32),
      intOfFloat(value, 16),
      intOfFloat(value, 8),
      uintOfFloat(value, 32),
      uintOfFloat(value, 16),
      uintOfFloat(value, 8),
    ]).toEqual(expected)
  })
})
