import { expect, it } from 'vitest'
import { formatRfc3339 } from '../../src/go/rfc3339.ts'

it.each([
  [0, '1970-01-01T00:00:00Z'],
  [1500, '1970-01-01T00:00:01.5Z'],
  [1001, '1970-01-01T00:00:01.001Z'],
  [10_000, '1970-01-01T00:00:10Z'],
])('prints %i ms as %s', (ms, expected) => {
  expect(formatRfc3339(ms)).toBe(expected)
})
