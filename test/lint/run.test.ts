import { describe, expect, it } from 'vitest'
import { lints } from '../../src/lint/all.ts'
import { checkText } from '../support/check_text.ts'
import { lintText } from '../support/lint_text.ts'

const unread = 'local.file "f" { filename = "/x" }'
const found = (line: number) => [`${line}:1 unused-component: nothing reads local.file.f.content`]

describe('comments that switch lints off', () => {
  it.each<[what: string, text: string, findings: readonly string[]]>([
    ['none', unread, found(1)],
    ['on the line', `${unread} // alloyts:disable=unused-component`, []],
    ['on the line before', `// alloyts:disable=unused-component\n${unread}`, []],
    ['with a reason', `// alloyts:disable=unused-component for tests\n${unread}`, []],
    ['several codes', `// alloyts:disable=url-scheme, unused-component\n${unread}`, []],
    ['several comments', `// alloyts:disable=unused-component\n// Why.\n${unread}`, []],
    ['in a block comment', `/* alloyts:disable=unused-component */\n${unread}`, []],
    ['another code', `// alloyts:disable=url-scheme\n${unread}`, found(2)],
    ['two lines before', `// alloyts:disable=unused-component\n\n${unread}`, found(3)],
    [
      'behind something else',
      `logging { } // alloyts:disable=unused-component\n${unread}`,
      found(2),
    ],
    ['behind it', `${unread}\n// alloyts:disable=unused-component`, found(1)],
    [
      'what does not exist',
      `// alloyts:disable=unused-componnt\n${unread}`,
      ['1:1 unknown-disable: there is no lint unused-componnt', ...found(2)],
    ],
    [
      'what is no lint',
      '// alloyts:disable=wrong-signal',
      ['1:1 unknown-disable: there is no lint wrong-signal'],
    ],
  ])('%s', async (_, text, findings) => {
    expect(await lintText(text)).toEqual(findings)
  })

  it('leave alone what Alloy refuses', async () => {
    const text = '// alloyts:disable=static\nlocal.file "f" { }'
    const { diagnostics } = await checkText(text, { depth: 'load' })
    expect(diagnostics.map(({ code }) => code)).toEqual(['static'])
  })
})

it('switches lints off by their codes', async () => {
  const disabled = new Set(['unused-component'])
  const { diagnostics } = await checkText(unread, { depth: 'all', disabled })
  expect(diagnostics).toEqual([])
})

it('runs lints at depth all only', async () => {
  expect((await checkText(unread, { depth: 'load' })).diagnostics).toEqual([])
})

it('has each code once', () => {
  const codes = lints.map(({ code }) => code)
  expect(new Set(codes).size).toBe(codes.length)
})

it('repeats no secret', async () => {
  const text = 'loki.write "w" {\nendpoint {\nurl = "http://me:hunter22-hunter22@example.com"\n}\n}'
  const { diagnostics } = await checkText(text, { depth: 'all' })
  expect(diagnostics.length).toBeGreaterThan(1)
  expect(JSON.stringify(diagnostics.map(({ message, hint }) => [message, hint]))).not.toContain(
    'hunter22',
  )
})
