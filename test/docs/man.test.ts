import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import glob from 'fast-glob'
import { describe, expect, it } from 'vitest'
import manifest from '../../package.json' with { type: 'json' }
import { commands } from './commands.ts'
import { manPages } from './man.ts'
import { entry, paragraphs, plain, verbatim } from './roff.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))
const pages = manPages()
const hasGroff = spawnSync('groff', ['--version']).status === 0

describe('man pages', () => {
  it('are what `npm run docs` writes', () => {
    expect(readdirSync(`${root}man`).sort()).toEqual([...pages.keys()].sort())
    for (const [file, text] of pages) expect(readFileSync(`${root}man/${file}`, 'utf8')).toBe(text)
  })

  it('are listed in package.json', () => {
    expect(manifest.man).toEqual([...pages.keys()].sort().map((file) => `man/${file}`))
  })

  it('exist for every command', () => {
    const files = glob.sync('**/*.ts', { cwd: `${root}commands` })
    const words = files.map((file) => file.replace(/\.ts$/, '').replaceAll('/', ' '))
    expect(Object.keys(commands).sort()).toEqual(words.sort())
  })

  it.each([...pages.keys()])('%s names the version and has its sections', (file) => {
    const text = pages.get(file) ?? ''
    expect(text).toContain(`"alloyts ${manifest.version}"`)
    for (const title of ['NAME', 'SYNOPSIS', 'OPTIONS', 'EXIT STATUS', 'SEE ALSO']) {
      expect(text).toContain(`\n.SH ${title}\n`)
    }
    expect(text).not.toContain('[object')
  })

  it.skipIf(!hasGroff).each([...pages.keys()])('groff has nothing to say about %s', (file) => {
    const run = spawnSync('groff', ['-man', '-Tutf8', '-ww', '-z'], {
      input: pages.get(file),
      encoding: 'utf8',
    })
    expect(run.stderr).toBe('')
    expect(run.status).toBe(0)
  })
})

describe('roff', () => {
  it.each<[what: string, lines: string[], expected: string[]]>([
    ['a backslash and a hyphen', [plain('a\\b -x')], ['a\\eb \\-x']],
    ['a dot at the start of a line', [plain('.SH is text')], ['\\&.SH is text']],
    ['a quote at the start of a line', [plain("'x'")], ['\\(aqx\\(aq']],
    ['characters beyond ASCII', [plain('…')], ['\\[u2026]']],
    ['paragraphs', paragraphs('a\nb\n\nc'), ['a b', '.PP', 'c']],
    ['an entry', entry('x', 'y'), ['.TP', 'x', 'y']],
    ['lines as they stand', verbatim(['a', '.b']), ['.nf', 'a', '\\&.b', '.fi']],
  ])('writes %s', (_, lines, expected) => {
    expect(lines).toEqual(expected)
  })
})
