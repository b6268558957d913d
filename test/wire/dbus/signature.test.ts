import { expect, it } from 'vitest'
import { alignmentOf, parseSignature } from '../../../src/wire/dbus/signature.ts'

it('parses one type after the other', () => {
  expect(parseSignature('ua{sv}(so)')).toEqual([
    { code: 'u' },
    { code: 'a', element: { code: '(', fields: [{ code: 's' }, { code: 'v' }] } },
    { code: '(', fields: [{ code: 's' }, { code: 'o' }] },
  ])
  expect(parseSignature('')).toEqual([])
})

it.each([
  ['ygv', 1],
  ['nq', 2],
  ['iubsoha', 4],
  ['xtd(', 8],
])('aligns %s to %d', (codes, expected) => {
  const whole: Readonly<Record<string, string>> = { a: 'as', '(': '(s)' }
  const types = [...codes].flatMap((code) => parseSignature(whole[code] ?? code))
  expect(types.map(alignmentOf)).toEqual(types.map(() => expected))
})
