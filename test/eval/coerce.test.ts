import { describe, expect, it } from 'vitest'
import {
  couldBe,
  numberText,
  parseNumber,
  toAny,
  toArray,
  toInt,
  toNumber,
  toOptionalSecret,
  toSecret,
  toText,
  toUint,
} from '../../src/eval/coerce.ts'
import { describePath, ValueError, within } from '../../src/eval/errors.ts'
import { OptionalSecret, Secret } from '../../src/eval/secret.ts'
import { Bytes, Capsule, Uint64, Unknown, type Value } from '../../src/eval/value.ts'

const texts: readonly [string, Value, string][] = [
  ['null is empty', null, ''],
  ['integers are decimal', -5n, '-5'],
  ['unsigned ones too', new Uint64(2n ** 64n - 1n), '18446744073709551615'],
  ['large floats have no exponent', 1e21, '1000000000000000000000'],
  ['small floats have no exponent', 1e-7, '0.0000001'],
  ['bytes are text', new Bytes(Uint8Array.of(0x61, 0xff)), 'a\udcff'],
  ['what is not secret after all', new OptionalSecret('x', false), 'x'],
]

const wrong: readonly [string, () => unknown, string][] = [
  ['a bool is no string', () => toText(true), 'should be string, got bool'],
  [
    'a secret is no string',
    () => toText(new Secret('x')),
    'secrets may not be converted into strings',
  ],
  [
    'nor one that may be',
    () => toText(new OptionalSecret('x', true)),
    'secrets may not be converted into strings',
  ],
  ['an object is no string', () => toText(new Map()), 'should be string, got object'],
  ['the empty string is no number', () => toNumber(''), 'should be number, got string'],
  ['a secret is no number', () => toNumber(new Secret('1')), 'should be number, got capsule'],
  ['a number is no secret', () => toSecret(1n), 'should be capsule, got number'],
  ['a string is no array', () => toArray('a'), 'should be array, got string'],
]

const numbers: readonly [string, ReturnType<typeof parseNumber>][] = [
  ['12', new Uint64(12n)],
  ['-12', -12n],
  ['1.5', 1.5],
  ['.5', 0.5],
  ['1e3', 1000],
  ['-1.5', undefined],
  ['+5', undefined],
  [' 5', undefined],
  ['0x10', undefined],
  ['1_000', undefined],
  ['18446744073709551616', undefined],
  ['-9223372036854775809', undefined],
  ['1e999', undefined],
]

describe('coerce', () => {
  it.each(texts)('%s', (_, value, text) => {
    expect(toText(value)).toBe(text)
  })

  it.each(wrong)('%s', (_, convert, message) => {
    expect(convert).toThrow(new ValueError(message, null).message)
  })

  it.each(numbers)('reads %j as a number', (text, number) => {
    expect(parseNumber(text)).toEqual(number)
  })

  it('casts without a look at the range', () => {
    expect(toInt(300n, 8)).toBe(44n)
    expect(toInt(5.9, 64)).toBe(5n)
    expect(toUint(-1n, 64)).toBe(2n ** 64n - 1n)
  })

  it('keeps secrecy between the two kinds of secrets', () => {
    expect(toOptionalSecret(new Secret('x')).isSecret).toBe(true)
    expect(toSecret(new OptionalSecret('x', false)).reveal()).toBe('x')
  })

  it('makes bytes an array where anything is wanted', () => {
    expect(toAny(new Bytes(Uint8Array.of(97)))).toEqual([97n])
    expect(toAny(new Uint64(5n))).toBe(5n)
  })

  it('tells the way to a wrong value inside', () => {
    const convert = () => within('a', () => within(2, () => toText(true)))
    try {
      convert()
      expect.unreachable()
    } catch (error) {
      expect(error instanceof ValueError && describePath(error.path)).toBe('.a[2]')
    }
  })

  it('knows what an unknown value can become', () => {
    expect(couldBe(new Unknown('number'), 'string')).toBe(true)
    expect(couldBe(new Unknown('bool'), 'string')).toBe(false)
    expect(couldBe(new Unknown('capsule', { capsuleType: 'storage.Appendable' }), 'string')).toBe(
      false,
    )
    expect(couldBe(new Unknown('any'), 'function')).toBe(true)
  })

  it('takes the object that a capsule converts into only where it has one', () => {
    expect(numberText(Number.NEGATIVE_INFINITY)).toBe('-Inf')
    expect(() => toArray(new Capsule('x', {}))).toThrow('should be array, got capsule')
  })
})
