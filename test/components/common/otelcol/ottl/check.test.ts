import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import {
  ottlProblem,
  prefixedOttlProblem,
} from '../../../../../src/components/common/otelcol/ottl/check.ts'

const pages =
  'https://github.com/open-telemetry/opentelemetry-collector-contrib/tree/main/pkg/ottl/contexts'

describe('syntax', () => {
  test.each([
    ['set(name, "x") where name == nil and not (kind == 1 or IsMatch(name, "a.*"))'],
    ['set(attributes["a"]["b"][0], [1, 2.5, 0x0a, true, {"k": [nil]}])'],
    ['replace_pattern(name, "a", "b", SHA256)'],
    ['limit(target = attributes, limit = 1 + 2 * (3 - Len(name)), keys = [])'],
    ['set(status.code, STATUS_CODE_OK) where ParseJSON(name)["a"] != 1'],
  ])('takes %s', (statement) => {
    expect(prefixedOttlProblem('statement', [statement], 'span')).toBeUndefined()
  })

  // Messages from the original.
  const field = '(expected Field ("." Field)*)'
  const callRest = '(expected "(" (Argument ("," Argument)*)? ")" Key*)'
  test.each([
    ['condition', 'x', '1:2: unexpected token "<EOF>" (expected <opcomparison> Value)'],
    ['condition', '12', '1:3: unexpected token "<EOF>" (expected <opcomparison> Value)'],
    ['condition', '', `1:1: unexpected token "<EOF>" ${field}`],
    ['condition', ' ', `1:2: unexpected token "<EOF>" ${field}`],
    ['condition', '(', `1:2: unexpected token "<EOF>" ${field}`],
    ['condition', '{{ .x', '1:2: unexpected token "{" (expected "}")'],
    ['condition', '%zz', '1:1: lexer: invalid input text "%zz"'],
    ['expression', '{{ .x', '1:2: unexpected token "{" (expected "}")'],
    ['statement', 'x', `1:2: unexpected token "<EOF>" ${callRest}`],
    ['statement', '0', '1:1: unexpected token "0"'],
    ['statement', 'set() set()', '1:7: unexpected token "set"'],
  ] as const)('of a %s refuses "%s"', (kind, text, message) => {
    const expected = `${kind} has invalid syntax: ${message}`
    expect(prefixedOttlProblem(kind, [text], undefined)).toBe(expected)
  })

  test.each([
    ['statement', 'Set(name, 1)', "editor names must start with a lowercase letter but got 'Set'"],
    [
      'condition',
      'int(1) == 1',
      "converter names must start with an uppercase letter but got 'int'",
    ],
    [
      'expression',
      'test(name)["kind"]',
      "converter names must start with an uppercase letter but got 'test'\n" +
        'only paths and converters may be indexed, not editors, but got test(name)["kind"]',
    ],
  ] as const)('of a %s tells editors from converters: %s', (kind, text, message) => {
    expect(prefixedOttlProblem(kind, [text], undefined)).toBe(message)
  })

  it('refuses what is nested too deeply for the stack, and takes time by length', () => {
    expect(prefixedOttlProblem('condition', ['('.repeat(100_000)], undefined)).toMatch(/syntax/)
    const nested = `${'A('.repeat(40)}1${' + 1)'.repeat(40)} == 1`
    expect(prefixedOttlProblem('condition', [nested], undefined)).toBeUndefined()
  })

  it('never fails in another way', () => {
    const word = fc.constantFrom(
      'a',
      'A',
      '(',
      ')',
      '[',
      ']',
      '"s"',
      '1',
      '.',
      ',',
      '==',
      'not',
      'or',
      '{',
      ':',
      '+',
    )
    fc.assert(
      fc.property(fc.array(word, { maxLength: 12 }), (words) => {
        const problem = prefixedOttlProblem('condition', [words.join(' ')], 'log')
        expect(problem ?? '').toMatch(/^$|invalid syntax|names must|may be indexed|unable to parse/)
      }),
    )
  })
})

describe('paths', () => {
  const unknown = (segment: string, path: string, context: string): string =>
    `segment "${segment}" from path "${path}" is not a valid path nor a valid OTTL keyword ` +
    `for the ${context} context - review ${pages}/ottl${context} to see all valid paths`

  test.each<[string, Parameters<typeof ottlProblem>[2], string]>([
    ['attributes["x"].anything == 1', 'span', ''],
    ['resource.attributes["x"] == metric.name', 'datapoint', ''],
    ['instrumentation_scope.name == scope.version', 'log', ''],
    ['status.code == kind.string', 'span', ''],
    ['x == 1', 'span', unknown('x', 'x', 'span')],
    ['span.name == "x"', 'log', unknown('span', 'span.name', 'log')],
    ['status.colour == 1', 'span', unknown('colour', 'status.colour', 'span')],
    ['resource.name == 1', 'span', unknown('name', 'resource.name', 'resource')],
    ['constructor == 1', 'log', unknown('constructor', 'constructor', 'log')],
  ])('%s in %s', (text, context, problem) => {
    const expected =
      problem === '' ? undefined : `unable to parse OTTL condition "${text}": ${problem}`
    expect(ottlProblem('condition', [text], context)?.replaceAll('\\"', '"')).toBe(expected)
  })

  it('get their context in front, and calls say where they are', () => {
    const statement = 'set(name, Concat([x, resource.schema_url], cache[y]))'
    expect(prefixedOttlProblem('statement', [statement], 'log')).toBe(
      'unable to parse OTTL statement ' +
        '"set(log.name, Concat([log.x, resource.schema_url], log.cache[log.y]))": ' +
        'error while parsing arguments for call to "set": invalid argument at position 0: ' +
        unknown('name', 'log.name', 'log'),
    )
    expect(prefixedOttlProblem('expression', ['Len(x)'], 'log')).toBe(
      'unable to parse OTTL value expression "Len(log.x)": ' +
        'error while parsing arguments for call to "Len": invalid argument at position 0: ' +
        unknown('x', 'log.x', 'log'),
    )
  })

  it('are reported for each text, syntax alone', () => {
    expect(ottlProblem('condition', ['x', 'name == 1', '12'], 'span')?.split('\n')).toHaveLength(2)
    expect(prefixedOttlProblem('condition', ['y == 1', 'x'], 'span')).toMatch(
      /^condition has invalid/,
    )
  })
})
