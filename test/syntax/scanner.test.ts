import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bytesOf } from '../../src/go/text.ts'
import { Scanner } from '../../src/syntax/scanner.ts'

function scan(text: string | Uint8Array): { tokens: string[]; errors: string[] } {
  const errors: string[] = []
  const bytes = typeof text === 'string' ? bytesOf(text) : text
  const scanner = new Scanner(bytes, (message, offset) => errors.push(`${offset} ${message}`))
  const tokens: string[] = []
  for (;;) {
    const token = scanner.scan()
    if (token.kind === 'EOF') return { tokens, errors }
    tokens.push(token.text === '' || token.text === '\n' ? token.kind : token.text)
  }
}

const T = 'TERMINATOR'

describe('scanner', () => {
  it.each<[string, string, string[]]>([
    ['ends a statement at the end of the source', 'a', ['a', T]],
    ['ends a statement at a line feed', 'a\nb', ['a', T, 'b', T]],
    ['joins lines after an operator', 'a +\nb', ['a', '+', 'b', T]],
    ['does not join lines before an operator', 'a\n+ b', ['a', T, '+', 'b', T]],
    ['skips a byte order mark at the start', '\ufeffa', ['a', T]],
    ['ends a statement before a line comment', 'a // b\n', ['a', T, '// b']],
    ['leaves a comment inside of a line', 'a /* b */ c', ['a', '/* b */', 'c', T]],
    ['ends a statement before a comment over lines', 'a /*\n*/ c', ['a', T, '/*\n*/', 'c', T]],
    ['looks past comments for the end of the line', 'a /**/ // b', ['a', T, '/**/', '// b']],
    ['forgets the end of a statement after a comment', 'a /*b*/ = 1', ['a', '/*b*/', '=', '1', T]],
    ['drops carriage returns from comments', '// a\r\n/*\r*/', ['// a', '/**/']],
    ['keeps one that would end the comment', '/**\r/*/', ['/**\r/*/']],
    ['has floats that end or begin with a dot', '1. .5 5.e3', ['1.', '.5', '5.e3', T]],
    ['splits what looks like hexadecimal', '0x10', ['0', 'x10', T]],
    ['takes letters and digits of any script', 'é۰', ['é۰', T]],
    ['keeps raw strings as they are', '`a\r\n\tb`', ['`a\r\n\tb`', T]],
  ])('%s', (_, text, tokens) => {
    expect(scan(text)).toEqual({ tokens, errors: [] })
  })

  it.each<[string, string | Uint8Array, string[]]>([
    ['a string without an end', '"a\nb', ['0 string literal not terminated']],
    ['a raw string without an end', '`a', ['0 string literal not terminated']],
    ['a comment without an end', '/* a', ['0 block comment not terminated']],
    ['single quotes', "'a'", ['0 illegal single-quoted string; use double quotes']],
    ['an unknown escape', '"\\q"', ['2 unknown escape sequence']],
    ['an escaped single quote', '"\\\'"', ['2 unknown escape sequence']],
    ['a short escape', '"\\x1g"', [`2 illegal character U+0067 'g' in escape sequence`]],
    ['a surrogate', '"\\ud800"', ['2 escape sequence is invalid Unicode code point']],
    [
      'an octal escape above a byte',
      '"\\400"',
      ['2 escape sequence is invalid Unicode code point'],
    ],
    ['a single bar', 'a | b', ['3 missing second | in ||']],
    ['an exponent without digits', '1e+', ['0 exponent has no digits']],
    ['a character of no use', 'a;', [`1 illegal character U+003B ';'`]],
    ['one that cannot be shown', '\x07', ['0 illegal character U+0007']],
    ['a zero byte', '"\0"', ['1 illegal character NUL']],
    ['a late byte order mark', '"\ufeff"', ['1 illegal byte order mark']],
    ['bad UTF-8', Uint8Array.of(0x22, 0x80, 0x22), ['1 illegal UTF-8 encoding']],
  ])('reports %s', (_, text, errors) => {
    expect(scan(text).errors).toEqual(errors)
  })

  it('covers any bytes with tokens in order', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        const scanner = new Scanner(bytes, () => {})
        let last = 0
        for (let token = scanner.scan(); token.kind !== 'EOF'; token = scanner.scan()) {
          expect(token.start).toBeGreaterThanOrEqual(last)
          expect(token.end).toBeGreaterThanOrEqual(token.start)
          last = token.kind === 'TERMINATOR' ? token.start : token.end
        }
      }),
    )
  })
})
