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

  it.each<[string, string]>([
    ['user-name[', 'expected an index, got the end'],
    ['a.', 'expected a name, got the end'],
    ['a..b', 'expected a name, got .'],
    ['a b', 'expected the end, got b'],
    ['"a', 'unexpected "'],
    ['a[b, c]', 'expected an index, got b'],
    ['{a}', 'expected :, got }'],
    ['(a', 'expected ), got the end'],
    ['$.a.b[?', 'expected an expression, got the end'],
    ['a == ', 'expected an expression, got the end'],
    [`${'('.repeat(300)}a`, 'expected less nesting, got ('],
  ])('refuses %s', (text, message) => {
    expect(jmesPathProblem(text)?.message).toBe(message)
  })

  it('ends for any text', () => {
    fc.assert(fc.property(fc.string(), (text) => void jmesPathProblem(text)))
  })
})
