import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compileRe2 } from '../../../src/go/re2.ts'
import { factsOf, type PatternFacts } from '../../../src/lint/grammar/pattern.ts'

const infinite = Number.POSITIVE_INFINITY

describe('factsOf', () => {
  it.each<[string, Partial<PatternFacts>]>([
    ['abc', { lengthMin: 3, occurrencesMax: 0, isEverywhere: false, isImpossible: false }],
    ['a;b;c', { lengthMin: 5, occurrencesMax: 2 }],
    ['a|bc;', { lengthMin: 1, occurrencesMax: 1 }],
    ['.*', { lengthMin: 0, occurrencesMax: infinite, isEverywhere: true }],
    ['(a)*', { lengthMin: 0, occurrencesMax: 0, isEverywhere: true }],
    ['^a*', { lengthMin: 0, isEverywhere: false }],
    ['a{2,3}', { lengthMin: 2 }],
    ['[^a]', { lengthMin: 1, occurrencesMax: 1 }],
    ['[a-z]+', { lengthMin: 1, occurrencesMax: 0 }],
    ['[:-<]', { occurrencesMax: 1 }],
    ['[]a]', { lengthMin: 1 }],
    ['\\d+\\S', { lengthMin: 2, occurrencesMax: 1 }],
    ['\\Qa;b\\E', { lengthMin: 3, occurrencesMax: 1 }],
    ['(?P<x>a)(?i:b)(?i)c', { lengthMin: 3 }],
    ['a^b', { isImpossible: true }],
    ['a$b', { isImpossible: true }],
    ['(?m)a$\\n^b', { isImpossible: false }],
    ['a^b|c', { isImpossible: false, lengthMin: 1 }],
    ['(a^)?', { isImpossible: false, lengthMin: 0 }],
    ['^^a$$', { isImpossible: false }],
  ])('%s', (pattern, facts) => {
    expect(factsOf(pattern)).toMatchObject(facts)
  })

  const part = fc.constantFrom('a', ';', '.', '[a;]', '[^a]', '^', '$', '(a|;)', 'a*', ';?', '|')

  it('never denies a match that there is', () => {
    fc.assert(
      fc.property(
        fc.array(part),
        fc.string({ unit: fc.constantFrom('a', ';', 'b') }),
        (parts, text) => {
          const pattern = `(?:${parts.join('')})`
          const found = compileRe2(pattern).exec(text)?.[0]
          if (found === undefined) return
          const facts = factsOf(pattern)
          expect(facts.isImpossible).toBe(false)
          expect(found.length).toBeGreaterThanOrEqual(facts.lengthMin)
          expect(found.split(';').length - 1).toBeLessThanOrEqual(facts.occurrencesMax)
        },
      ),
    )
  })

  it('ends for any text', () => {
    fc.assert(fc.property(fc.string(), (text) => void factsOf(text)))
  })
})
