import { describe, expect, it } from 'vitest'
import { parseContent, sameContent } from '../../../src/engine/modules/import_content.ts'
import type { Concealed } from '../../../src/syntax/concealed.ts'

const catalog = { component: async () => undefined, block: () => undefined }

function contentOf(texts: Record<string, string>, modulePath = '.') {
  const entries = Object.entries(texts).map(([name, text]): [string, Uint8Array] => {
    return [name, Buffer.from(text)]
  })
  return { texts: new Map(entries), modulePath }
}

function parse(kind: string, texts: Record<string, string>, found: Concealed[] = []) {
  return parseContent(contentOf(texts), {
    id: `${kind}.m`,
    kind,
    label: 'm',
    catalog,
    remember: (concealed) => found.push(...concealed),
  })
}

describe('parseContent', () => {
  it('joins files', async () => {
    const { declares, imports } = await parse('import.file', {
      a: 'declare "x" { }\nimport.string "s" { content = "" }',
      b: 'declare "y" { }',
    })
    expect(declares.map(({ label }) => label)).toEqual(['x', 'y'])
    expect(imports.map(({ label }) => label)).toEqual(['s'])
  })

  it.each<[string, string, Record<string, string>, string]>([
    [
      'a file named by its path',
      'import.file',
      { 'd/a.alloy': 'declare' },
      'imported content from "d/a.alloy" cannot be parsed: d/a.alloy:1:8: expected block label, got TERMINATOR',
    ],
    [
      'a file of a repository',
      'import.git',
      { 'd/a.alloy': 'declare' },
      'imported content from "d/a.alloy" cannot be parsed: m/d/a.alloy:1:8: expected block label, got TERMINATOR',
    ],
    [
      'an answer, named by the label',
      'import.http',
      { 'import.http.m': 'declare' },
      'imported content from "import.http.m" cannot be parsed: m:1:8: expected block label, got TERMINATOR',
    ],
    [
      'local files in what a server sends',
      'import.http',
      { 'import.http.m': 'import.file "x" { filename = "/etc/passwd" }' },
      'imported content from "import.http.m" is invalid: importing a module via import.http (nodeID: import.http.m) that contains an import.file block is not supported',
    ],
    [
      'attributes',
      'import.string',
      { s: 'x = 1' },
      'imported content from "s" is invalid: only declare and import blocks are allowed in a module, got x',
    ],
    [
      'one name in two files',
      'import.file',
      { a: 'declare "x" { }', b: 'declare "x" { }' },
      'imported content from "b" is invalid: declare block redefined x',
    ],
  ])('refuses %s', async (_, kind, texts, expected) => {
    await expect(parse(kind, texts)).rejects.toMatchObject({
      name: 'UnfitContent',
      message: expect.stringContaining(expected),
    })
  })

  it('remembers what is written as a secret', async () => {
    const found: Concealed[] = []
    await parse('import.string', { s: 'declare "x" { a.b "c" { password = "hunter2" } }' }, found)
    expect(found.flatMap(({ texts }) => texts)).toContain('hunter2')
  })
})

it('tells content apart by names, bytes and where it lies', () => {
  const one = contentOf({ a: 'x' })
  expect(sameContent(one, contentOf({ a: 'x' }))).toBe(true)
  for (const other of [
    contentOf({ a: 'y' }),
    contentOf({ b: 'x' }),
    contentOf({ a: 'x', b: '' }),
    contentOf({ a: 'x' }, 'elsewhere'),
  ]) {
    expect(sameContent(one, other)).toBe(false)
  }
})
