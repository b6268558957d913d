import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  formatDurationMs,
  formatDurationNs,
  nsOfMs,
  parseDurationMs,
  parseDurationNs,
} from '../../src/go/duration.ts'

/** Answers of Go 1.26: input, ns, printed again. */
const valid: [string, bigint, string][] = [
  ['0', 0n, '0s'],
  ['+0', 0n, '0s'],
  ['-0', 0n, '0s'],
  ['5s', 5_000_000_000n, '5s'],
  ['-5s', -5_000_000_000n, '-5s'],
  ['1.5h', 5_400_000_000_000n, '1h30m0s'],
  ['.5s', 500_000_000n, '500ms'],
  ['5.s', 5_000_000_000n, '5s'],
  ['1us2µs3μs', 6_000n, '6µs'],
  ['9223372036854775807ns', 9223372036854775807n, '2562047h47m16.854775807s'],
  ['-9223372036854775808ns', -9223372036854775808n, '-2562047h47m16.854775808s'],
  ['9223372036854775.807us', 9223372036854775807n, '2562047h47m16.854775807s'],
  ['0.3333333333333333333h', 1_200_000_000_000n, '20m0s'],
  ['0.9223372036854775807h', 3_320_413_933_267n, '55m20.413933267s'],
  ['0.100000000000000000000001s', 100_000_000n, '100ms'],
  ['0.830103483285477580700h', 2_988_372_539_827n, '49m48.372539827s'],
]

const invalid: [string, string][] = [
  ['', 'time: invalid duration ""'],
  ['5', 'time: missing unit in duration "5"'],
  ['1.2.3s', 'time: missing unit in duration "1.2.3s"'],
  ['1d', 'time: unknown unit "d" in duration "1d"'],
  ['5 s', 'time: unknown unit " s" in duration "5 s"'],
  ['5s 3m', 'time: unknown unit "s " in duration "5s 3m"'],
  ['1h-2m', 'time: unknown unit "h-" in duration "1h-2m"'],
  ['abc', 'time: invalid duration "abc"'],
  ['é5s', 'time: invalid duration "\\xc3\\xa95s"'],
  ['5\udcff', 'time: unknown unit "\\xff" in duration "5\\xff"'],
  ['1\n', 'time: unknown unit "\\x0a" in duration "1\\x0a"'],
  ['"', 'time: invalid duration "\\""'],
  ['.s', 'time: invalid duration ".s"'],
  ['.', 'time: invalid duration "."'],
  ['--5s', 'time: invalid duration "--5s"'],
  ['+ 5s', 'time: invalid duration "+ 5s"'],
  ['9223372036854775808ns', 'time: invalid duration "9223372036854775808ns"'],
  ['2562047h47m16.854775808s', 'time: invalid duration "2562047h47m16.854775808s"'],
  ['99999999999999999999h', 'time: invalid duration "99999999999999999999h"'],
]

describe('durations', () => {
  it.each(valid)('reads %s', (text, ns, printed) => {
    expect(parseDurationNs(text)).toBe(ns)
    expect(formatDurationNs(ns)).toBe(printed)
  })

  it.each(invalid)('refuses %j', (text, message) => {
    expect(() => parseDurationNs(text)).toThrow(new Error(message))
  })

  it('reads what it prints', () => {
    fc.assert(
      fc.property(fc.bigInt(-(2n ** 63n), 2n ** 63n - 1n), (ns) => {
        expect(parseDurationNs(formatDurationNs(ns))).toBe(ns)
      }),
    )
  })

  it('keeps fractions of a millisecond', () => {
    expect(parseDurationMs('1.5µs')).toBe(0.0015)
    expect(formatDurationMs(0.0015)).toBe('1.5µs')
    expect(formatDurationMs(-1_500)).toBe('-1.5s')
  })

  it('stays within an int64', () => {
    expect(nsOfMs(1e300)).toBe(2n ** 63n - 1n)
    expect(nsOfMs(-1e300)).toBe(-(2n ** 63n))
  })
})
