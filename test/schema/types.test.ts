import { describe, expect, test } from 'vitest'
import { OptionalSecret, Secret } from '../../src/eval/secret.ts'
import { Bytes, Capsule, Uint64, Unknown, type Value } from '../../src/eval/value.ts'
import { target } from '../../src/model/targets.ts'
import { capsule, list, listOf, map, nullable, object } from '../../src/schema/composites.ts'
import * as scalars from '../../src/schema/scalars.ts'
import { showValue } from '../../src/schema/show.ts'
import {
  base2Bytes,
  duration,
  oneOf,
  patternProblem,
  relabelPattern,
  url,
} from '../../src/schema/texts.ts'
import type { Type } from '../../src/schema/type.ts'

const { any, bool, exactUint64, float, float32, int, int8, optionalSecret } = scalars
const { secret, string, uint, uint8, uint32 } = scalars

const action = oneOf(['keep', 'drop'], {
  otherwise: (written) => `no action ${written}`,
  aliases: { '': 'keep' },
  zero: { shown: 'Action(0)', means: 'drop' },
})
const thing = capsule<{ readonly id: number }>('pkg.Thing', 'Thing')
const point = object({ x: int, y: nullable(int) })
const bytes = new Bytes(new Uint8Array([104, 105]))

type Row = [string, Type<unknown>, Value, unknown]

describe('decode', () => {
  test.each<Row>([
    ['null is zero', int, null, 0],
    ['numbers become text in plain decimals', string, 1e21, '1000000000000000000000'],
    ['bytes become text', string, bytes, 'hi'],
    ['text becomes a number', int, '12', 12],
    ['floats are cut', int, -5.9, -5],
    ['integers wrap to their width', int8, 300n, 44],
    ['unsigned ones too', uint32, 5_000_000_000n, 705032704],
    ['a negative number is large without a sign', exactUint64, -1n, 2n ** 64n - 1n],
    ['a float out of range is the smallest', int, 1e20, Number(-(2n ** 63n))],
    ['float32 rounds', float32, 0.1, Math.fround(0.1)],
    ['a public optional secret is text', string, new OptionalSecret('a', false), 'a'],
    ['ms of a duration', duration, '1m0.5s', 60_500],
    ['ns of a duration', duration, '1ns', 0.000001],
    ['bytes of a size', base2Bytes, '1KiB512B', 1536],
    ['a word', action, 'drop', 'drop'],
    ['an alias', action, '', 'keep'],
    ['null means what the type says', action, null, 'drop'],
    ['lists', list(uint8), [1n, '2', 257n], [1, 2, 1]],
    ['bytes are a list too', list(int), bytes, [104, 105]],
    ['null is an empty list', list(int), null, []],
    ['maps', map(string), new Map([['a', 1n]]), new Map([['a', '1']])],
    [
      'a key may be __proto__',
      map(string),
      new Map([['__proto__', 'x']]),
      new Map([['__proto__', 'x']]),
    ],
    ['objects', point, new Map([['x', 1n]]), { x: 1, y: undefined }],
    ['pointers', nullable(bool), null, undefined],
    ['any keeps int64', any, new Uint64(5n), 5n],
    [
      'targets take every scalar',
      target,
      new Map<string, Value>([['a', true]]),
      new Map([['a', 'true']]),
    ],
  ])('%s', (_, type, value, expected) => {
    expect(type.decode(type.normalize(value))).toEqual(expected)
  })

  test('secrets stay secret', () => {
    expect(secret.decode(secret.normalize('x')).reveal()).toBe('x')
    expect(secret.decode(secret.normalize(new OptionalSecret('x', false))).reveal()).toBe('x')
    expect(optionalSecret.decode(optionalSecret.normalize(new Secret('x'))).isSecret).toBe(true)
  })

  test('a capsule gives back what is inside', () => {
    const content = { id: 1 }
    expect(thing.decode(thing.normalize(thing.encode(content)))).toBe(content)
  })
})

describe('what is shown', () => {
  test.each<[string, Type<unknown>, Value, string]>([
    ['all 64 bits', int, 9_223_372_036_854_775_807n, '9223372036854775807'],
    ['all 64 bits without a sign', uint, -1n, '18446744073709551615'],
    ['a duration as Go prints it', duration, '90s', '"1m30s"'],
    ['nanoseconds', duration, '100000h1ns', '"100000h0m0.000000001s"'],
    ['a size as it is printed', base2Bytes, '2048KiB', '"2MiB"'],
    ['a pattern as written', relabelPattern, 'a.*', '"a.*"'],
    ['what null holds', action, null, '"Action(0)"'],
    ['no secret', secret, 'x', '(secret)'],
    ['a string that is none', optionalSecret, 'x', '"x"'],
    ['floats without exponents', float, 1e-7, '0.0000001'],
    [
      'sorted keys',
      map(int),
      new Map([
        ['b', 1n],
        ['a-b', 2n],
      ]),
      '{\n\t"a-b" = 2,\n\tb = 1,\n}',
    ],
    ['fields in order', point, new Map([['y', 1n]]), '{\n\tx = 0,\n\ty = 1,\n}'],
    ['a capsule by its type', thing, thing.encode({ id: 1 }), 'capsule("pkg.Thing")'],
  ])('%s', (_, type, value, expected) => {
    expect(showValue(type.normalize(value))).toBe(expected)
  })

  test('a URL without its password', () => {
    const normal = url.normalize('http://u:secret@h/')
    expect(url.decode(normal)).toBe('http://u:secret@h/')
    expect(url.show?.(normal)).toBe('http://u:xxxxx@h/')
    expect(list(url).show?.([normal])).toEqual(['http://u:xxxxx@h/'])
  })
})

describe('what is refused', () => {
  test.each<[string, Type<unknown>, Value, string]>([
    ['a text that is no bool', bool, 'true', 'should be bool, got string'],
    ['a secret as text', string, new Secret('x'), 'secrets may not be converted into strings'],
    ['a number as secret', secret, 1n, 'should be capsule, got number'],
    ['a fraction after a minus', int, '-1.5', 'should be number, got string'],
    ['a duration without unit', duration, 5n, 'time: missing unit in duration "5"'],
    ['a size without unit', base2Bytes, -1n, 'units: unknown unit  in -1'],
    ['a size without number', base2Bytes, 'bogus', 'units: invalid bogus'],
    ['another word', action, 'x', 'no action x'],
    ['a URL without its bracket', url, 'http://[::1', 'parse "http://[::1": missing \']\' in host'],
    ['a wrong element', list(int), [1n, true], 'should be number, got bool'],
    ['a wrong length', listOf(2, int), [1n], 'array must have exactly 2 elements, got 1'],
    ['an unknown key', point, new Map([['z', 1n]]), 'does not have field named "z"'],
    [
      'a capsule of another type',
      thing,
      new Capsule('pkg.Other', {}),
      'expected capsule("pkg.Thing"), got capsule("pkg.Other")',
    ],
    ['what is no capsule', thing, [], 'should be capsule, got array'],
    [
      'a target that is no object',
      target,
      5n,
      "target::ConvertFrom: conversion from 'int64' is not supported",
    ],
  ])('%s', (_, type, value, expected) => {
    expect(() => type.normalize(value)).toThrow(expected)
  })

  test('patterns that RE2 does not know', () => {
    expect(patternProblem('(?=a)')).toMatch(/invalid or unsupported Perl syntax/)
    expect(patternProblem('a|b')).toBeUndefined()
  })
})

test('values that are not known yet pass where they could convert', () => {
  const unknown = new Unknown('number')
  expect(string.normalize(unknown)).toBe(unknown)
  expect(list(string).normalize([unknown])).toEqual([unknown])
  expect(() => bool.normalize(unknown)).toThrow('should be bool, got number')
  const other = new Unknown('capsule', { capsuleType: 'pkg.Other' })
  expect(() => thing.normalize(other)).toThrow()
})
