import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { selectorProblem } from '../../../src/lint/grammar/logql_selector.ts'

describe('selectorProblem', () => {
  it.each([
    '{app="shop"}',
    '{app = "shop", level!="debug", env=~"a|b", pod!~"x.*"}',
    '{app="shop"} |= "timeout" != "retry" |~ "[0-9]+" !~ "ok"',
    '{a="with \\"quotes\\" and }"}',
    ' { a = "" } ',
  ])('takes %s', (text) => {
    expect(selectorProblem(text)).toBeUndefined()
  })

  it.each<[string, string, number]>([
    ['', 'expected {, got the end', 0],
    ['{}', 'expected the name of a label, got }', 1],
    ['{app="shop"', 'expected } or a comma, got the end', 11],
    ['{app="shop",}', 'expected the name of a label, got }', 12],
    ['{app=shop}', 'expected a text in double quotes, got shop', 5],
    ['{app=`shop`}', 'expected a text in double quotes, got `', 5],
    ['{app=="shop"}', 'expected a text in double quotes, got =', 5],
    ['{app="shop"} | json', 'expected |=, !=, |~ or !~, got |', 13],
    ['{app=~"("}', 'error parsing regexp: missing closing ): `^(?:()$`', 6],
    ['{app="\\q"}', '"\\q" has an escape that is none', 5],
  ])('refuses %s', (text, message, at) => {
    expect(selectorProblem(text)).toEqual({ message, at })
  })

  it('ends for any text', () => {
    fc.assert(fc.property(fc.string(), (text) => void selectorProblem(text)))
  })
})
