import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { jmesPathProblem } from '../../../src/lint/grammar/jmespath.ts'

describe('jmesPathProblem', () => {
  it.each([
    'a',
    'a.b."c d"',
    'a[0].b[-1]',
    'a[*].b | [0]',
    "a[?b == `1` && c != 'x'].d[]",
    '*.a',
    '[a, b]',
    '{x: a, y: b.c}',
    'length(a) > `2`',
    'sort_by(@, &age)[::2]',
    '!a || b',
    'a - b + b * c // `2`',
    'let $x = a, $y = b in $x',
    '@',
    'a[1:2:3]',
    'let',
  ])('takes %s', (text) => {
    expect(jmesPathProblem(text)).toBeUndefined()
  })

  it.each([
    'user-name[',
    'a.',
    'a..b',
    'a b',
    '"a',
    'a[b, c]',
    '{a}',
    '(a',
    '$.a.b[?',
    'a == ',
    `${'('.repeat(5_000)}a`,
    `${'('.repeat(20_000)}a`,
  ])('refuses %s', (text) => {
    expect(jmesPathProblem(text)).toMatch(/./)
  })

  it('says why', () => {
    expect(jmesPathProblem('a..b')).toBe('unexpected token: .(Dot)')
  })

  it('ends for any text', () => {
    fc.assert(fc.property(fc.string(), (text) => void jmesPathProblem(text)))
  })
})
