import { describe, expect, it } from 'vitest'
import { bytesOf } from '../../src/go/text.ts'
import type { Diagnostic } from '../../src/syntax/diagnostics.ts'
import { renderReport } from '../../src/syntax/report.ts'
import { createSource } from '../../src/syntax/source.ts'

function at(text: string, part: string, message = 'wrong'): Diagnostic {
  const source = createSource('f.alloy', bytesOf(text))
  const start = Buffer.from(bytesOf(text)).indexOf(Buffer.from(bytesOf(part)))
  return {
    severity: 'error',
    message,
    span: { source, start, end: start + bytesOf(part).length },
  }
}

describe('report', () => {
  it.each<[string, Diagnostic, string[]]>([
    [
      'marks a range with one line around it',
      at('one\ntwo = 2\nthree\nfour', '= 2'),
      ['Error: f.alloy:2:5: wrong', '', '1 | one', '2 | two = 2', '  |     ^^^', '3 | three', ''],
    ],
    [
      'marks characters, not bytes',
      at('a = "é中"', '"é中"'),
      ['Error: f.alloy:1:5: wrong', '', '1 | a = "é中"', '  |     ^^^^', ''],
    ],
    [
      'shows tabs as four blanks',
      at('\ta = 1', 'a'),
      ['Error: f.alloy:1:2: wrong', '', '1 |     a = 1', '  |     ^', ''],
    ],
    [
      'draws a bracket over several lines',
      at('x = 1\na = b {\n\tc\n}\n', 'b {\n\tc\n}'),
      [
        'Error: f.alloy:2:5: wrong',
        '',
        '1 |   x = 1',
        '2 |   a = b {',
        '  |  _____^^^',
        '3 | |     c',
        '4 | | }',
        '  | |_^',
        '5 |   ',
        '',
      ],
    ],
    [
      'keeps the line of marks at the end of the file',
      at('a =\n', ''),
      ['Error: f.alloy:1:1: wrong', '', '1 | a =', '  | ^', '2 | ', ''],
    ],
    [
      'has no snippet without a place',
      { severity: 'warning', message: 'odd' },
      ['Warning: -: odd', ''],
    ],
  ])('%s', (_, diagnostic, lines) => {
    expect(renderReport([diagnostic])).toBe(lines.join('\n'))
  })

  it('separates diagnostics by an empty line', () => {
    const odd = { severity: 'error' as const, message: 'odd' }
    expect(renderReport([odd, odd])).toBe('Error: -: odd\n\nError: -: odd\n')
  })

  it('colours the header alone', () => {
    const wrap = (name: string) => (text: string) => `<${name}>${text}</>`
    const colors = { error: wrap('red'), warning: wrap('yellow'), bold: wrap('b') }
    const [header, , line] = renderReport([at('a', 'a')], colors).split('\n')
    expect(header).toBe('<red>Error: </><b>f.alloy:1:1: wrong</>')
    expect(line).toBe('1 | a')
  })
})
