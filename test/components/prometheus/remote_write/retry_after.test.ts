import { describe, expect, it } from 'vitest'
import { retryAfterMs } from '../../../../src/components/prometheus/remote_write/retry_after.ts'

const now = Date.UTC(2026, 0, 1)

describe('Retry-After', () => {
  it.each([
    ['nothing', undefined, 0],
    ['seconds', '3', 3000],
    ['blanks around them', ' 3 ', 3000],
    ['zero', '0', 0],
    ['a negative number', '-5', 0],
    ['a fraction', '1.5', 0],
    ['more than can be counted', '9'.repeat(30), 0],
    ['a date to come', 'Thu, 01 Jan 2026 00:00:04 GMT', 4000],
    ['a date that has passed', 'Wed, 31 Dec 2025 23:59:59 GMT', 0],
    ['words', 'soon', 0],
  ])('reads %s', (_, header, expected) => {
    expect(retryAfterMs(header, now)).toBe(expected)
  })
})
