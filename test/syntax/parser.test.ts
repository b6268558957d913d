import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bytesOf } from '../../src/go/text.ts'
import { Diagnostics, describeDiagnostic } from '../../src/syntax/diagnostics.ts'
import { parseExpression, parseFile } from '../../src/syntax/parser.ts'
import { createSource } from '../../src/syntax/source.ts'
import type { Expression } from '../../src/syntax/tree.ts'

function errorsOf(text: string): string[] {
  const diagnostics = new Diagnostics()
  parseFile(createSource('', bytesOf(text)), diagnostics)
  return diagnostics.list.map(describeDiagnostic)
}

/** Operators in prefix form, which shows what binds to what. */
function shape(node: Expression): string {
  switch (node.kind) {
    case 'literal':
      return node.text
    case 'identifier':
      return node.name
    case 'array':
      return `[${node.elements.map(shape).join(' ')}]`
    case 'object':
      return `{${node.fields.map(({ name, value }) => `${name}=${shape(value)}`).join(' ')}}`
    case 'access':
      return `(. ${shape(node.value)} ${node.name})`
    case 'index':
      return `(at ${shape(node.value)} ${shape(node.index)})`
    case 'call':
      return `(call ${[node.callee, ...node.args].map(shape).join(' ')})`
    case 'unary':
      return `(${node.operator} ${shape(node.value)})`
    case 'binary':
      return `(${node.operator} ${shape(node.left)} ${shape(node.right)})`
    case 'paren':
      return `(paren ${shape(node.value)})`
  }
}

describe('parser', () => {
  it.each<[string, string, string]>([
    ['multiplies before it adds', '1 + 2 * 3', '(+ 1 (* 2 3))'],
    ['groups from the left', '1 - 2 - 3', '(- (- 1 2) 3)'],
    ['raises to powers from the right', '2 ^ 3 ^ 2', '(^ 2 (^ 3 2))'],
    ['negates before it raises', '-2 ^ 2', '(^ (- 2) 2)'],
    ['negates the exponent', '2 ^ -1', '(^ 2 (- 1))'],
    ['compares in a row', '1 < 2 == true', '(== (< 1 2) true)'],
    ['ands before it ors', 'a || b && c', '(|| a (&& b c))'],
    ['chains accessors', 'a.b["c"](1, 2).d', '(. (call (at (. a b) "c") 1 2) d)'],
    ['keeps parentheses', '!(a)', '(! (paren a))'],
    ['allows a comma at the end', '[1, 2,]', '[1 2]'],
    ['leaves escapes in keys', '{ "a\\tb" = 1, c = 2 }', '{a\\tb=1 c=2}'],
    ['keeps the quotes of the empty key', '{ "" = 1 }', '{""=1}'],
  ])('%s', (_, text, expected) => {
    const diagnostics = new Diagnostics()
    const tree = parseExpression(createSource('', bytesOf(text)), diagnostics)
    expect(diagnostics.list).toEqual([])
    expect(shape(tree)).toBe(expected)
  })

  it.each<[string, string, string[]]>([
    ['a missing value', 'a =\n', ['2:1: expected expression, got EOF']],
    ['a missing brace', 'a {\n', ['2:1: expected }, got EOF']],
    ['a second statement on a line', 'a {} b {}', ['1:6: expected TERMINATOR, got IDENT']],
    [
      'a label in backquotes',
      'a `x` {}',
      ['1:3: expected block label to be a double quoted string, but got "`x`"'],
    ],
    [
      'a label that is no identifier',
      'a "x-y" {}',
      ['1:3: expected block label to be a valid identifier, but got "x-y"'],
    ],
    [
      'a dotted attribute',
      'a.b = 1',
      ['1:1: attribute names may only consist of a single identifier with no "."'],
    ],
    ['an attribute with a label', 'a "b" = 1', ['1:3: attribute names may not have labels']],
    ['a block as a value', 'a = b "c" {\n\td = 1\n}', ['1:5: cannot use a block as an expression']],
    ['a missing comma', 'a = [1 2]', ["1:8: missing ',' in expression list"]],
    ['a missing comma between fields', 'a = {b = 1 c = 2}', ["1:12: missing ',' in field list"]],
    [
      'one error of the parser per line',
      'a = ) ) )\nb = )',
      ['1:5: expected expression, got )', '2:5: expected expression, got )'],
    ],
    [
      'every error of the scanner',
      'a = @ $',
      [
        "1:5: illegal character U+0040 '@'",
        '1:5: expected expression, got ILLEGAL',
        "1:7: illegal character U+0024 '$'",
      ],
    ],
    [
      'columns in bytes',
      'a = "中" @',
      ["1:11: illegal character U+0040 '@'", '1:11: expected TERMINATOR, got ILLEGAL'],
    ],
    [
      'errors after a broken statement',
      'a = 1 2\nb = [\n\t1\n]',
      ['1:7: expected TERMINATOR, got NUMBER', "3:3: missing ',' in expression list"],
    ],
  ])('reports %s', (_, text, errors) => {
    expect(errorsOf(text)).toEqual(errors)
  })

  it.each<[string, (depth: number) => string]>([
    ['parentheses', (depth) => `a = ${'('.repeat(depth)}1${')'.repeat(depth)}`],
    ['signs', (depth) => `a = ${'-'.repeat(depth)}1`],
    ['powers', (depth) => `a = 1${' ^ 1'.repeat(depth)}`],
    ['sums', (depth) => `a = 1${' + 1'.repeat(depth)}`],
    ['accessors', (depth) => `a = b${'.b'.repeat(depth)}`],
    ['blocks', (depth) => `${'b {\n'.repeat(depth)}${'}\n'.repeat(depth)}`],
  ])('takes 400 %s and refuses 100,000', (_, text) => {
    expect(errorsOf(text(400))).toEqual([])
    expect(errorsOf(text(100_000)).join()).toMatch(
      /^1?\d*:\d+: expressions and blocks may be nested/,
    )
  })

  it('survives any bytes', () => {
    const soup = fc
      .array(
        fc.constantFrom(
          ...'a b.c = { } ( ) [ ] , "l" "s 1 2.5 + - ^ ! && // /* */ ` \n'.split(' '),
          '\n',
        ),
      )
      .map((words) => bytesOf(words.join(' ')))
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array({ maxLength: 300 }), soup), (bytes) => {
        const diagnostics = new Diagnostics()
        const { body } = parseFile(createSource('', bytes), diagnostics)
        for (const { span } of body) expect(span.start).toBeLessThan(span.end)
        for (const { span } of diagnostics.list)
          expect(span?.start).toBeLessThanOrEqual(bytes.length)
      }),
      { numRuns: 500 },
    )
  })

  it('groups comments on adjacent lines', () => {
    const text = '// a\n// b\n\n/* c\n*/ // d\n'
    const { comments } = parseFile(createSource('', bytesOf(text)), new Diagnostics())
    expect(comments.map((group) => group.map((comment) => comment.text))).toEqual([
      ['// a', '// b'],
      ['/* c\n*/', '// d'],
    ])
  })
})
