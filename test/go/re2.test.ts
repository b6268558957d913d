import fc from 'fast-check'
import { RE2JS } from 're2js'
import { beforeAll, describe, expect, it } from 'vitest'
import { enableLinearFallback } from '../../src/go/linear_regexp.ts'
import { compileRe2 } from '../../src/go/re2.ts'
import { shapeOf } from '../../src/go/re2_shape.ts'
import { translateRe2 } from '../../src/go/re2_translate.ts'

beforeAll(() => {
  expect(enableLinearFallback()).toBe(true)
})

function oracle(pattern: string, text: string): (string | undefined)[] | undefined {
  const engine = RE2JS.compile(pattern)
  const matcher = engine.matcher(text)
  if (!matcher.find()) return undefined
  return Array.from({ length: engine.groupCount() + 1 }, (_, i) => matcher.group(i) ?? undefined)
}

const leaf = fc.constantFrom(
  ...['a', 'b', 'ab', '.', '^', '$', '\\b', '\\B', '\\d', '\\s', '\\w', '\\W', '\\.', '[ab]'],
  ...['[^a]', '[a-c1-]', '[[:alpha:]_]', '[^\\d\\n]', '-', '1', '\\n', '\\x61', 'é', '[é-ü]', 'k'],
)
const quantifier = fc.constantFrom(
  '*',
  '+',
  '?',
  '*?',
  '+?',
  '??',
  '{2}',
  '{1,3}',
  '{0,2}?',
  '{2,}',
)

/** Patterns of every construct that may be translated, and of those that may not. */
const pattern = fc.letrec<{ any: string }>((tie) => ({
  any: fc.oneof(
    { maxDepth: 4, depthIdentifier: 'pattern' },
    leaf,
    fc.tuple(tie('any'), tie('any')).map(([a, b]) => a + b),
    fc.tuple(tie('any'), tie('any')).map(([a, b]) => `${a}|${b}`),
    tie('any').map((inner) => `(${inner})`),
    tie('any').map((inner) => `(?P<n>${inner})`),
    tie('any').map((inner) => `(?i:${inner})`),
    tie('any').map((inner) => `(?s)${inner}`),
    tie('any').map((inner) => `(?U:${inner})`),
    fc.tuple(tie('any'), quantifier).map(([inner, q]) => `(?:${inner})${q}`),
    fc.tuple(leaf, quantifier).map(([inner, q]) => inner + q),
  ),
})).any

const subject = fc.string({
  unit: fc.constantFrom(
    'a',
    'b',
    'A',
    'B',
    'k',
    '\u212a',
    '1',
    '-',
    '.',
    '\n',
    ' ',
    'é',
    '_',
    '😀',
  ),
  maxLength: 12,
})

function isAccepted(text: string): boolean {
  try {
    RE2JS.compile(text)
    return true
  } catch {
    return false
  }
}

describe('re2', () => {
  it('answers as RE2 does, groups included', () => {
    fc.assert(
      fc.property(pattern, fc.array(subject, { minLength: 4, maxLength: 4 }), (text, subjects) => {
        if (!isAccepted(text)) return
        const compiled = compileRe2(text)
        for (const each of subjects) {
          const expected = oracle(text, each)
          const match = compiled.exec(each)
          expect(match && [...match]).toEqual(expected)
          expect(compiled.test(each)).toBe(expected !== undefined)
        }
      }),
      { numRuns: 1_500 },
    )
  })

  it('answers as RE2 does when anchored', () => {
    const simple = fc.oneof(
      pattern,
      fc
        .array(fc.constantFrom('a', 'b', '.*', '(.*)', '(.+)', '|', '\\.', '(', ')', '(?:', '-'), {
          maxLength: 6,
        })
        .map((parts) => parts.join('')),
    )
    fc.assert(
      fc.property(simple, fc.array(subject, { minLength: 4, maxLength: 4 }), (text, subjects) => {
        if (!isAccepted(`^(?s:${text})$`)) return
        const compiled = compileRe2(text, { anchored: true })
        for (const each of [...subjects, text, '']) {
          const match = compiled.exec(each)
          expect(match && [...match]).toEqual(oracle(`^(?s:${text})$`, each))
        }
      }),
      { numRuns: 1_500 },
    )
  })

  it.each([
    ['', 'literal'],
    ['node_cpu_seconds_total', 'literal'],
    ['a|b|c\\.d', 'choice'],
    ['(a|b)', 'choice with a group'],
    ['(.*)', 'anything'],
    ['go_.*', 'prefix'],
    ['(.+):9100', 'suffix'],
  ])('needs no engine for %s (%s)', (text) => {
    expect(shapeOf(text)).toBeDefined()
  })

  it.each([
    '^(?:(a)|b)*$',
    '(a*)*',
    '(?:a?)+',
    '(?m)^a$',
    '\\pL',
    '(?i)é',
    '(a){2}',
    'a{1000}'.repeat(9),
  ])('leaves %s to re2js', (text) => {
    expect(translateRe2(text)).toBeUndefined()
  })

  it('keeps what an earlier turn of a loop captured', () => {
    expect(compileRe2('^(?:(a)|b)*$').exec('ab')).toEqual(['ab', 'a'])
  })

  it('matches bytes that are not UTF-8 and astral characters as one', () => {
    expect(compileRe2('^.$').test('\udcff')).toBe(true)
    expect(compileRe2('^.$').test('😀')).toBe(true)
    expect(compileRe2('^..$').test('😀')).toBe(false)
  })

  it.each([
    ['(a', 'error parsing regexp: missing closing ): `(a`'],
    ['[a', 'error parsing regexp: missing closing ]: `[a`'],
    ['*', 'error parsing regexp: missing argument to repetition operator: `*`'],
    ['a**', 'error parsing regexp: invalid nested repetition operator: `**`'],
    ['a{1001}', 'error parsing regexp: invalid repeat count: `{1001}`'],
    ['(?=a)', 'error parsing regexp: invalid or unsupported Perl syntax: `(?=`'],
    ['\\8', 'error parsing regexp: invalid escape sequence: `\\8`'],
    ['\\C', 'error parsing regexp: invalid escape sequence: `\\C`'],
    ['\\', 'error parsing regexp: trailing backslash at end of expression: ``'],
    ['(?P<a', 'error parsing regexp: invalid named capture: `(?P<a`'],
    ['a)', 'error parsing regexp: unexpected ): `a)`'],
    ['[b-a]', 'error parsing regexp: invalid character class range: `b-a`'],
  ])('refuses %s as Go does', (text, message) => {
    expect(() => compileRe2(text)).toThrow(new Error(message))
  })
})

describe('hostile patterns', () => {
  const text = 'a'.repeat(16_000)
  it.each([
    '.*a.*b.*c.*d',
    '(a+)+$',
    '^(a+)+$',
    '(?:a|a)*b',
    '(?:a|aa)+$',
    '(?:a*)*b',
    '(a|a?)+b',
    '(?:a+b?){10}c',
    '(?:(?:a{0,9}){0,9}){0,9}b',
    '(.*)(.*)(.*)(.*)(.*)x',
    '\\b(?:a|aa)+?\\b$',
    '(?i)(?:a|A)*(?:a|A)*b',
  ])('finishes %s on 16,000 letters', (hostile) => {
    const compiled = compileRe2(hostile)
    const start = performance.now()
    compiled.test(`${text}!`)
    expect(performance.now() - start).toBeLessThan(2_000)
  })
})

describe('replacing', () => {
  /** Answers of Go's ReplaceAllStringFunc, where each match becomes itself in angle brackets. */
  it.each([
    ['a*', 'baaac', '<>b<aaa>c<>'],
    ['a*', '', '<>'],
    ['b', 'abc', 'a<b>c'],
    ['', 'é😀', '<>é<>😀<>'],
    ['.', 'a😀', '<a><😀>'],
    ['^a', 'aaa', '<a>aa'],
    ['\\b', 'ab c', '<>ab<> <>c<>'],
  ])('replaces %s in %s', (pattern, text, expected) => {
    expect(compileRe2(pattern).replaceAll(text, ([all]) => `<${all}>`)).toBe(expected)
  })

  it('tells where groups are', () => {
    const compiled = compileRe2('(?P<x>b)(c)?')
    expect(compiled.positions('abab', 2)).toEqual([3, 4, 3, 4, -1, -1])
    expect(compiled.find('abab', 2)).toMatchObject({ start: 3, end: 4 })
    expect(compiled.groupNames).toEqual(new Map([['x', 1]]))
    expect(compiled.positions('x')).toBeUndefined()
  })
})
