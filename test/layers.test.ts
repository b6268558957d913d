import { readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import glob from 'fast-glob'
import { describe, expect, it } from 'vitest'

const root = fileURLToPath(new URL('..', import.meta.url))

/** A folder imports from its own row or the rows above. */
const rows = [
  ['go'],
  ['syntax'],
  ['eval'],
  ['schema'],
  ['model'],
  ['engine'],
  ['wire', 'storage', 'net'],
  ['cluster'],
  ['components', 'convert', 'services', 'lint'],
  ['graph', 'client'],
  ['server', 'tui', 'lsp', 'testing', 'cli'],
  ['commands'],
]

/** What a component's declaration may import: it runs in a browser too. */
const declarationFolders = new Set(['go', 'syntax', 'eval', 'schema', 'model', 'components'])

const files = glob.sync(['src/**/*.{ts,tsx}', 'commands/**/*.ts'], { cwd: root })

function importsOf(file: string): string[] {
  const text = readFileSync(join(root, file), 'utf8')
  const pattern =
    /^(?:import|export)\b[^'"]*?from\s+'([^']+)'|^import\s+'([^']+)'|\bimport\('([^']+)'\)/gm
  return [...text.matchAll(pattern)].map((match) => match[1] ?? match[2] ?? match[3] ?? '')
}

function folderOf(file: string): string {
  const [first, second] = file.split('/')
  return first === 'commands' ? 'commands' : (second ?? '')
}

function target(file: string, specifier: string): string {
  return relative(root, resolve(root, dirname(file), specifier))
}

/** `components/loki/write.ts` declares; `components/loki/write/run.ts`, beside it, runs. */
function isDeclaration(file: string): boolean {
  if (!file.startsWith('src/components/')) return false
  const folder = dirname(file)
  return !files.includes(`${folder}.ts`) && !file.endsWith('/all.ts')
}

describe('layers', () => {
  it('lists every folder of src', () => {
    const known = new Set(rows.flat())
    expect([...new Set(files.map(folderOf))].filter((folder) => !known.has(folder))).toEqual([])
  })

  it('never imports a lower row from a higher one', () => {
    const rowOf = new Map(rows.flatMap((row, i) => row.map((folder) => [folder, i] as const)))
    const wrong = files.flatMap((file) =>
      importsOf(file)
        .filter((specifier) => specifier.startsWith('.'))
        .filter((specifier) => {
          const to = rowOf.get(folderOf(target(file, specifier))) ?? 0
          return to > rowOf.get(folderOf(file))!
        })
        .map((specifier) => `${file} imports ${specifier}`),
    )
    expect(wrong).toEqual([])
  })

  it('lets the browser UI import of src only the graph and the client', () => {
    const ui = glob.sync('ui/src/**/*.{ts,tsx}', { cwd: root })
    const wrong = ui.flatMap((file) =>
      importsOf(file)
        .filter((specifier) => specifier.startsWith('.'))
        .map((specifier) => target(file, specifier))
        .filter((to) => !/^(ui\/src|src\/graph|src\/client)\//.test(to))
        .map((to) => `${file} imports ${to}`),
    )
    expect(ui.length).toBeGreaterThan(0)
    expect(wrong).toEqual([])
  })

  it('keeps declarations free of node and of what runs them', () => {
    const wrong = files.filter(isDeclaration).flatMap((file) =>
      importsOf(file)
        .filter((specifier) => {
          if (!specifier.startsWith('.')) return true
          const to = target(file, specifier)
          if (to.endsWith('/run.ts')) return false
          return (
            !declarationFolders.has(folderOf(to)) ||
            (folderOf(to) === 'components' && !isDeclaration(to))
          )
        })
        .map((specifier) => `${file} imports ${specifier}`),
    )
    expect(wrong).toEqual([])
  })
})
