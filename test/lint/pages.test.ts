// The pages of docs/lints: each code has one, and its examples do what it says they do.

import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { lints } from '../../src/lint/all.ts'
import { checkRules } from '../../src/lint/rule.ts'
import { describeDiagnostic } from '../../src/syntax/diagnostics.ts'
import { checkText } from '../support/check_text.ts'

const folder = fileURLToPath(new URL('../../docs/lints/', import.meta.url))
const rules = [...lints, ...checkRules].toSorted((a, b) => (a.code < b.code ? -1 : 1))

function pageOf(code: string): string {
  return readFileSync(`${folder}${code}.md`, 'utf8')
}

/** The configurations below a heading. */
function examples(page: string, heading: string): string[] {
  const [, section = ''] = page.split(`\n## ${heading}\n`)
  const own = section.split('\n## ')[0] ?? ''
  return [...own.matchAll(/```alloy\n([\s\S]*?)```/g)].map(([, text = '']) => text)
}

describe('docs/lints', () => {
  it('has a page for each code and a list of them', () => {
    const files = rules.map(({ code }) => `${code}.md`)
    expect(readdirSync(folder).sort()).toEqual(['README.md', ...files])
    const rows = rules.map(({ code, severity, summary }) => {
      return `| [${code}](${code}.md) | ${severity} | ${summary} |`
    })
    expect(pageOf('README')).toContain(rows.join('\n'))
  })

  it.each(rules)('$code: the page says what the code is', ({ code, severity, summary }) => {
    const word = severity === 'error' ? 'Error' : 'Warning'
    expect(pageOf(code).startsWith(`# ${code}\n\n${word}. ${summary}\n\n`)).toBe(true)
  })

  it.each(lints)('$code: a code is in kebab-case', ({ code }) => {
    expect(code).toMatch(/^[a-z]+(-[a-z]+)*$/)
  })
})

describe.each(rules.filter(({ code }) => code !== 'unreadable'))('$code', ({ code }) => {
  const page = pageOf(code)
  // Lints do not run over what does not load.
  const depth = lints.some((lint) => lint.code === code) ? 'all' : 'load'

  it('reports what the page says it reports', async () => {
    const texts = examples(page, 'Reported')
    expect(texts).not.toEqual([])
    for (const text of texts) {
      const { diagnostics } = await checkText(text, { depth })
      const errors = diagnostics.filter((each) => each.severity === 'error' || each.code === code)
      expect(errors.map((each) => each.code)).toContain(code)
      expect(new Set(errors.map((each) => each.code))).toEqual(new Set([code]))
    }
  })

  it('leaves alone what the page says it does', async () => {
    const texts = examples(page, 'Not reported')
    expect(texts).not.toEqual([])
    for (const text of texts) {
      const { diagnostics } = await checkText(text, { depth })
      const found = diagnostics.filter((each) => each.severity === 'error' || each.code === code)
      expect(found.map(describeDiagnostic)).toEqual([])
    }
  })
})
