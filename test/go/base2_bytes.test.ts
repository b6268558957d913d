import fc from 'fast-check'
import { expect, test } from 'vitest'
import { formatBase2Bytes, parseBase2Bytes } from '../../src/go/base2_bytes.ts'

test.each<[string, bigint]>([
  ['0', 0n],
  ['5B', 5n],
  ['1.5KiB', 1536n],
  ['1KB', 1024n],
  ['1kiB', 1024n],
  ['1MiB1B', 1048577n],
  ['-2GiB', -2147483648n],
])('%s is %s', (text, bytes) => {
  expect(parseBase2Bytes(text)).toBe(bytes)
})

test('prints what it reads', () => {
  fc.assert(
    fc.property(fc.bigInt(0n, 2n ** 53n), (bytes) => {
      expect(parseBase2Bytes(formatBase2Bytes(bytes))).toBe(bytes)
    }),
  )
})
