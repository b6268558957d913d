import { expect, it } from 'vitest'
import { ago, bytes, duration, shortNumber } from '../../../ui/src/text/format.ts'

it.each([
  [0, '0'],
  [0.05, '0.05'],
  [12, '12'],
  [999.6, '1k'],
  [4200, '4.2k'],
  [48_123, '48.1k'],
  [812_000, '812k'],
  [-1_300_000, '-1.3M'],
  [Number.NaN, 'NaN'],
])('shortNumber(%d) is %s', (value, expected) => expect(shortNumber(value)).toBe(expected))

it.each([
  [0, '0 B'],
  [1023, '1023 B'],
  [1536, '1.5 KiB'],
  [182e6, '174 MiB'],
])('bytes(%d) is %s', (value, expected) => expect(bytes(value)).toBe(expected))

it.each([
  [0, '0 s'],
  [0.0004, '< 1 ms'],
  [0.012, '12 ms'],
  [1.24, '1.2 s'],
  [59, '59 s'],
  [240, '4 min'],
  [12_000, '3 h 20 min'],
  [200_000, '2 d'],
])('duration(%d) is %s', (value, expected) => expect(duration(value)).toBe(expected))

it('calls what is new "now", and what never was nothing', () => {
  expect([ago(0, 5000), ago(4500, 5000), ago(5000, 65_000)]).toEqual(['', 'now', '1 min ago'])
})
