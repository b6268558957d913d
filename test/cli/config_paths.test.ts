import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { expandPaths } from '../../src/cli/config_paths.ts'

const dir = mkdtempSync(join(tmpdir(), 'alloyts-paths-'))
const files = [
  'b.alloy',
  'a.alloy',
  'c.txt',
  'odd[1].alloy',
  'sub/z.alloy',
  'sub/deep/y.alloy',
  '.hidden/x.alloy',
  'node_modules/w.alloy',
]
for (const file of files) {
  mkdirSync(join(dir, file, '..'), { recursive: true })
  writeFileSync(join(dir, file), '')
}

afterAll(() => rmSync(dir, { recursive: true }))

/** The kinds and the paths, without the folder. */
async function expand(words: readonly string[], recursive = false): Promise<string[]> {
  const paths = words.map((word) => (word === '-' ? word : join(dir, word)))
  const found = await expandPaths(paths, recursive)
  return found.map(({ kind, path }) => `${kind} ${path.replace(`${dir}/`, '')}`)
}

describe('expandPaths', () => {
  it.each<[what: string, words: string[], expected: string[]]>([
    ['files as they are named', ['b.alloy', 'a.alloy'], ['file b.alloy', 'file a.alloy']],
    [
      'each once',
      ['a.alloy', '*.alloy', 'a.alloy'],
      ['file a.alloy', 'file b.alloy', 'file odd[1].alloy'],
    ],
    ['files whose names look like patterns', ['odd[1].alloy'], ['file odd[1].alloy']],
    ['a directory as one', ['sub'], ['directory sub']],
    ['standard input', ['-', 'a.alloy'], ['stdin <stdin>', 'file a.alloy']],
    [
      'patterns in the order of names',
      ['sub/**/[yz].alloy'],
      ['file sub/deep/y.alloy', 'file sub/z.alloy'],
    ],
    ['what is not there', ['missing.alloy'], ['unreadable missing.alloy']],
    ['patterns without files', ['x*.alloy'], ['unreadable x*.alloy']],
  ])('%s', async (_, words, expected) => {
    expect(await expand(words)).toEqual(expected)
  })

  it('takes the files below a directory one by one', async () => {
    const own = ['a.alloy', 'b.alloy', 'odd[1].alloy', 'sub/deep/y.alloy', 'sub/z.alloy']
    const found = await expandPaths([dir], true)
    expect(found.map(({ path }) => path)).toEqual(own.map((file) => join(dir, file)))
  })

  it('says why something cannot be read', async () => {
    const [missing, none] = await expandPaths(['missing.alloy', `${dir}/x*.alloy`], false)
    expect(missing).toMatchObject({ reason: 'stat missing.alloy: no such file or directory' })
    expect(none).toMatchObject({ reason: `no file matches ${dir}/x*.alloy` })
  })
})
