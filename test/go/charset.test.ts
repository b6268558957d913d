import { expect, it } from 'vitest'
import { isCharset } from '../../src/go/charset.ts'

it.each([
  'utf-8',
  'UTF-16le',
  'ISO-8859-1',
  'latin1',
  'windows-1252',
  'Shift_JIS',
  'Big5',
  'cp437',
])('knows %s', (name) => {
  expect(isCharset(name)).toBe(true)
})

it.each(['', ' ', 'x', 'utf', 'a b', '12', '1.5', '{{ .x', ' utf-8', 'constructor'])(
  'does not know %j',
  (name) => {
    expect(isCharset(name)).toBe(false)
  },
)
