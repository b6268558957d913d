import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bytesOf } from '../../src/go/text.ts'
import { Diagnostics } from '../../src/syntax/diagnostics.ts'
import { formatFile, printExpression } from '../../src/syntax/format.ts'
import { parseExpression, parseFile } from '../../src/syntax/parser.ts'
import { formatSafely } from '../../src/syntax/safe_format.ts'
import { createSource } from '../../src/syntax/source.ts'
import type { Expression, File } from '../../src/syntax/tree.ts'
import { configuration } from './generate.ts'

function parse(text: string): File | undefined {
  const diagnostics = new Diagnostics()
  const file = parseFile(createSource('f.alloy', bytesOf(text)), diagnostics)
  return diagnostics.errors === 0 ? file : undefined
}

function expressionOf(text: string): Expression {
  return parseExpression(createSource('', bytesOf(text)), new Diagnostics())
}

describe('formatter', () => {
  it.each<[string, string, string]>([
    ['prints nothing for nothing', '', ''],
    ['aligns attributes of adjacent lines', 'a=1\nlong=2', 'a    = 1\nlong = 2'],
    ['keeps one empty line of many', 'a=1\n\n\n\nb=2', 'a = 1\n\nb = 2'],
    ['puts an empty line before blocks', 'a=1\nb{}\nc{}', 'a = 1\n\nb { }\n\nc { }'],
    ['but not after them', 'b{}\na=1', 'b { }\na = 1'],
    ['expands blocks on one line', 'b "l" { a = 1 }', 'b "l" {\n\ta = 1\n}'],
    ['leaves out empty labels', 'b "" { }', 'b { }'],
    [
      'ends a run of aligned lines after a value of several',
      'a = [\n1]\nlong = 2',
      'a = [\n\t1]\nlong = 2',
    ],
    ['keeps lists on the lines they were on', 'a=[1,\n2, 3\n,]', ''],
    ['adds a comma before a bracket of its own line', 'a=[\n1,\n]', 'a = [\n\t1,\n]'],
    ['drops one before a bracket on the same line', 'a=[1,]', 'a = [1]'],
    ['aligns keys', 'a={\nb=1,\nccc=2}', 'a = {\n\tb   = 1,\n\tccc = 2}'],
    ['keeps objects on a line', 'a={ b=1,"c d"=2 }', 'a = {b = 1, "c d" = 2}'],
    ['joins lines of operators', 'a = 1 +\n2', 'a = 1 + 2'],
    ['spaces operators', 'a=!b&&-1+2*(3)', 'a = !b && -1 + 2 * (3)'],
    ['keeps a dot away from an integer', 'a = 1 .b', 'a = 1 .b'],
    ['indents arguments on lines of their own', 'a=f(\n1,\n2)', 'a = f(\n\t1,\n\t2)'],
    ['keeps comments at the end of a line', 'a=1 // x\nbb=2 // y', 'a  = 1 // x\nbb = 2 // y'],
    ['keeps comments on their own lines', '// x\n\na=1\n// y\nb=2', '// x\n\na = 1\n// y\nb = 2'],
    ['indents comments in blocks', 'b {\n// x\n}', 'b {\n\t// x\n}'],
    ['keeps comments inside of a line', 'a = /* x */ 1', 'a = /* x */ 1'],
    ['keeps raw strings of several lines', 'a=`x\n  y`\nb=1', 'a = `x\n  y`\nb = 1'],
  ])('%s', (_, text, expected) => {
    const file = parse(text)
    if (expected === '') expect(file === undefined || formatFile(file) === '').toBe(true)
    else expect(file && formatFile(file)).toBe(expected)
  })

  it('prints expressions on their own', () => {
    expect(printExpression(expressionOf('f( 1,[a ,"b" ] )["c"]'))).toBe('f(1, [a, "b"])["c"]')
  })

  it('hides expressions that must not be shown', () => {
    const isSecret = (node: Expression) => node.kind === 'literal'
    const text = printExpression(expressionOf('{ a = "x", b = c }'), { isSecret })
    expect(text).toBe('{a = (secret), b = c}')
  })
})

describe('safe formatting', () => {
  it.each<[string, string, string]>([
    ['a tab in a string', 'a = "x\ty"', 'a = "x\ty"'],
    ['blanks at line ends of a raw string', 'a = `x \n\t y`', 'a = `x \n\t y`'],
    ['a backslash in a key', 'a = {"b\\t"=1}', 'a = {"b\\t" = 1}'],
    ['an empty call over two lines', 'a = f(\n)', 'a = f()'],
    ['a comment behind the last argument', 'a = [f(\n1, // c\n)]', 'a = [f(\n\t1, // c\n)]'],
    ['a comment behind a dot', 'a = b. // c\nd + 1', 'a = b. // c\nd + 1'],
  ])('keeps %s', (_, text, expected) => {
    const { layout, text: formatted } = formatSafely(parse(text)!)
    expect({ layout, formatted }).toEqual({ layout: 'safe', formatted: expected })
  })

  it('tells which statement the other layout would change', () => {
    const { changed } = formatSafely(parse('a = 1\nb {\n\tc = 1\n\td = "x\ty"\n}')!)
    expect(changed && [changed.start, changed.end]).toEqual([18, 27])
  })

  it('leaves alone what it cannot print', () => {
    const text = 'a. // c\nb {\n}'
    expect(formatSafely(parse(text)!)).toMatchObject({ layout: 'kept', text })
  })

  it('prints texts of the same meaning, which stay as they are but for blanks and comments', () => {
    const layouts = { original: 0, safe: 0, kept: 0 }
    let settled = 0
    fc.assert(
      fc.property(configuration, (text) => {
        const file = parse(text)
        fc.pre(file !== undefined)
        const first = formatSafely(file)
        layouts[first.layout]++
        const printed = parse(`${first.text}\n`)
        expect(printed && meaning(printed)).toBe(meaning(file))
        if (first.layout === 'kept') return
        const second = formatSafely(printed!)
        expect(meaning(parse(`${second.text}\n`)!)).toBe(meaning(file))
        if (file.comments.length > 0) return
        settled++
        expect(withoutSpace(second.text)).toBe(withoutSpace(first.text))
      }),
      { numRuns: 1000 },
    )
    expect(layouts.original).toBeGreaterThan(100)
    expect(layouts.safe).toBeGreaterThan(20)
    expect(settled).toBeGreaterThan(50)
  })
})

/** The tree without places and the comments, as text. */
function meaning({ body, comments }: File): string {
  const places = new Set(['span', 'nameSpan', 'labelSpan', 'operatorSpan', 'open', 'close'])
  const texts = comments.flat().map(({ text }) => text)
  return JSON.stringify([body, texts], (key, value) => (places.has(key) ? undefined : value))
}

/** Commas before closing brackets depend on lines, as white space does. */
function withoutSpace(text: string): string {
  return text.replace(/\s+/g, '').replace(/,(?=[\])}])/g, '')
}
