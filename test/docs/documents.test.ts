// What the hand-written documents say of each other, of package.json and of themselves.

import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import glob from 'fast-glob'
import { describe, expect, it } from 'vitest'
import manifest from '../../package.json' with { type: 'json' }

const root = fileURLToPath(new URL('../../', import.meta.url))
const documents = glob.sync(['*.md', 'docs/**/*.md'], { cwd: root })

function read(file: string): string {
  return readFileSync(join(root, file), 'utf8')
}

/** The cells of all rows, those of headings and rules left out. */
function tableRows(text: string): string[][] {
  const rows = text.split('\n').filter((line) => line.startsWith('|'))
  const cells = rows.map((row) => row.slice(1, row.lastIndexOf('|')).split(/(?<!\\)\|/))
  return cells
    .map((row) => row.map((cell) => cell.trim()))
    .filter((row, i, all) => !isRule(row) && !isRule(all[i + 1]))
}

function isRule(row: readonly string[] | undefined): boolean {
  return row?.every((cell) => /^-+$/.test(cell)) === true
}

/** What comes again, in whatever case. */
function repeated(texts: readonly string[]): string[] {
  const lower = texts.map((text) => text.toLowerCase())
  return texts.filter((_, i) => lower.indexOf(lower[i] ?? '') !== i)
}

describe('documents', () => {
  it('link to what exists', () => {
    const broken = documents.flatMap((file) =>
      [...read(file).matchAll(/\]\(([^)#]+)(?:#[^)]*)?\)/g)]
        .map(([, target = '']) => target)
        .filter((target) => !/^[a-z]+:/.test(target))
        .filter((target) => !existsSync(join(root, dirname(file), target)))
        .map((target) => `${file}: ${target}`),
    )
    expect(documents.length).toBeGreaterThan(20)
    expect(broken).toEqual([])
  })

  it('list every dependency', () => {
    const names = tableRows(read('docs/dependencies.md')).map(([name]) => name)
    const expected = [manifest.dependencies, manifest.devDependencies].flatMap((list) =>
      Object.keys(list).sort(),
    )
    expect(names).toEqual(expected)
  })
})

describe('CHANGELOG.md', () => {
  it('says nothing twice', () => {
    const entries = read('CHANGELOG.md').split('\n')
    expect(repeated(entries.filter((line) => line.startsWith('- ')))).toEqual([])
  })
})

describe('decision records', () => {
  const files = readdirSync(join(root, 'docs/decisions')).sort()

  it('are numbered without gaps and doublets', () => {
    const numbers = files.map((file) => /^(\d{3})-[a-z0-9-]+\.md$/.exec(file)?.[1])
    expect(numbers).toEqual(files.map((_, i) => String(i + 1).padStart(3, '0')))
  })

  it.each(files)('%s begins with its number', (file) => {
    expect(read(`docs/decisions/${file}`)).toMatch(new RegExp(`^# ${file.slice(0, 3)} · \\S`))
  })

  it('exist where code names them', () => {
    const sources = glob.sync(['src/**/*.ts', 'test/**/*.ts'], { cwd: root })
    const named = sources.flatMap((file) => read(file).match(/docs\/decisions\/[\w.-]+\.md/g) ?? [])
    expect(named.length).toBeGreaterThan(0)
    expect(named.filter((file) => !existsSync(join(root, file)))).toEqual([])
  })
})

describe('docs/differences.md', () => {
  const rows = tableRows(read('docs/differences.md'))

  it('gives area, both behaviours and the reason', () => {
    expect(rows.length).toBeGreaterThan(20)
    expect(rows.filter((row) => row.length !== 4 || row.includes(''))).toEqual([])
  })

  it('says nothing twice', () => {
    expect(repeated(rows.map(([area, , ours]) => `${area}: ${ours}`))).toEqual([])
    const theirs = rows.map(([, theirBehaviour = '']) => theirBehaviour)
    expect(repeated(theirs.filter((text) => text !== '–'))).toEqual([])
  })
})
