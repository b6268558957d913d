import { expect, it } from 'vitest'
import {
  fieldsOf,
  linesOf,
  numberOf,
  optionalNumber,
  rangesOf,
} from '../../../../../src/components/prometheus/exporter/unix/proc_text.ts'

it('parts lines and fields', () => {
  expect(linesOf('a b\n\n c\td \n')).toEqual(['a b', ' c\td '])
  expect(fieldsOf(' c\t d  e ')).toEqual(['c', 'd', 'e'])
})

it.each([
  ['0', 0],
  ['18446744073709551615', 18446744073709552000],
  ['-1.5', -1.5],
  ['+3', 3],
  ['1e3', 1000],
  ['.5', 0.5],
])('reads %s', (text, expected) => {
  expect(numberOf(text)).toBe(expected)
})

it.each(['', ' ', '0x10', 'NaN', 'Infinity', '1 2', '12kB', '1_000', undefined])(
  'refuses %j',
  (text) => {
    expect(optionalNumber(text)).toBeUndefined()
    expect(() => numberOf(text)).toThrow('as a number')
  },
)

it.each([
  ['', []],
  ['3', [3]],
  ['0-2,8', [0, 1, 2, 8]],
])('reads the list %j', (text, expected) => {
  expect(rangesOf(text)).toEqual(expected)
})

it.each(['all', '0-9999999999'])('refuses the list %j', (text) => {
  expect(() => rangesOf(text)).toThrow(`cannot read "${text}" as`)
})
