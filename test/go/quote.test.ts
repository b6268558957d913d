import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { toLower, toUpper, trimSpace } from '../../src/go/case.ts'
import {
  canBackquote,
  quote,
  quoteAscii,
  quoteRune,
  quoteRuneAscii,
  unquote,
} from '../../src/go/quote.ts'
import { bytesOf, textOf } from '../../src/go/text.ts'

/** Answers of Go 1.26; texts that may hold any byte are in base64. */
const answers: {
  /** Text, Quote, QuoteToASCII, CanBackquote, then ToLower, ToUpper, TrimSpace in base64. */
  quote: [string, string, string, string, string, string, string][]
  rune: [number, string, string][]
  /** Literal and value; null where it is invalid. */
  unquote: [string, string | null][]
} = JSON.parse(readFileSync(new URL('testdata/quote.json', import.meta.url), 'utf8'))

function decode(base64: string): string {
  return textOf(Buffer.from(base64, 'base64'))
}

function encode(text: string): string {
  return Buffer.from(bytesOf(text)).toString('base64')
}

describe('quoting', () => {
  it.each(answers.quote)('quotes %s as %s', (base64, quoted, ascii, backquotable) => {
    const text = decode(base64)
    expect(quote(text)).toBe(quoted)
    expect(quoteAscii(text)).toBe(ascii)
    expect(String(canBackquote(text))).toBe(backquotable)
  })

  it.each(answers.rune)('quotes rune %d as %s', (rune, quoted, ascii) => {
    expect(quoteRune(rune)).toBe(quoted)
    expect(quoteRuneAscii(rune)).toBe(ascii)
  })

  it.each(answers.unquote)('reads literal %s', (literal, value) => {
    if (value === null) expect(() => unquote(decode(literal))).toThrow('invalid syntax')
    else expect(encode(unquote(decode(literal)))).toBe(value)
  })

  it('reads what it quotes, whatever the bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        const text = textOf(bytes)
        expect(unquote(quote(text))).toBe(text)
        expect(unquote(quoteAscii(text))).toBe(text)
      }),
    )
  })
})

describe('case and blanks', () => {
  it.each(answers.quote)('maps %s', (base64, _quoted, _ascii, _can, lower, upper, trimmed) => {
    const text = decode(base64)
    expect([toLower(text), toUpper(text), trimSpace(text)].map(encode)).toEqual([
      lower,
      upper,
      trimmed,
    ])
  })
})
