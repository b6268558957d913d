import { describe, expect, it } from 'vitest'
import { Diagnostics } from '../../src/syntax/diagnostics.ts'
import { parseFile } from '../../src/syntax/parser.ts'
import { formatSafely } from '../../src/syntax/safe_format.ts'
import { createSource } from '../../src/syntax/source.ts'

function format(text: string): string {
  return formatSafely(parseFile(createSource('', Buffer.from(text)), new Diagnostics())).text
}

describe('formatSafely', () => {
  it.each<[what: string, text: string, expected: string]>([
    ['a value on a line of its own', 'a =\n1\nbcd = 2', 'a   = 1\nbcd = 2'],
    ['a list over two lines', 'a = [\n]\nbcd = 2', 'a   = []\nbcd = 2'],
    ['a list that stays over lines', 'a = [\n1]\nbcd = 2', 'a = [\n\t1]\nbcd = 2'],
  ])('gives what stays when it is formatted again: %s', (_, text, expected) => {
    expect(format(text)).toBe(expected)
    expect(format(expected)).toBe(expected)
  })
})
