import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import {
  OttlSyntaxError,
  tokensOf,
} from '../../../../../src/components/common/otelcol/ottl/lexer.ts'

test.each<[string, string, string]>([
  ['a sign belongs to its number', '1-2 - 3', 'int:1 int:-2 opaddsub:- int:3'],
  ['a number with a point is a float', '.5 1.5e3', 'float:.5 float:1.5e3'],
  ['bytes come before numbers', '0x0F 0', 'bytes:0x0F int:0'],
  ['names of converters are several', 'ParseJSON', 'uppercase:P lowercase:arse uppercase:JSON'],
  [
    'words are words only as a whole',
    'not note or order',
    'opnot:not lowercase:note opor:or lowercase:order',
  ],
  ['quotes hide everything', '"a\\" or" and', 'string:"a\\" or" opand:and'],
  ['comparison before equality', '<= = ==', 'opcomparison:<= equal:= opcomparison:=='],
])('%s', (_, text, expected) => {
  const tokens = tokensOf(text).map(({ kind, text }) => `${kind}:${text}`)
  expect(tokens.join(' ')).toBe(`${expected} eof:<EOF>`)
})

describe('what is no token', () => {
  it.each([
    ['%zz', '1:1: lexer: invalid input text "%zz"'],
    ['a\n é', '2:2: lexer: invalid input text "é"'],
    ['"open', '1:1: lexer: invalid input text "\\"open"'],
    ['a _234567890123456789', '1:3: lexer: invalid input text "_234567890123456..."'],
  ])('%s has a place', (text, message) => {
    expect(() => tokensOf(text)).toThrow(message)
  })

  it('is all that can go wrong, and tokens are the text without blanks', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        try {
          const tokens = tokensOf(text).slice(0, -1)
          for (const token of tokens) expect(text.startsWith(token.text, token.offset)).toBe(true)
          const joined = tokens.map((token) => token.text).join('')
          expect(joined.replace(/\s/g, '')).toBe(text.replace(/\s/g, ''))
        } catch (error) {
          expect(error).toBeInstanceOf(OttlSyntaxError)
        }
      }),
    )
  })
})
