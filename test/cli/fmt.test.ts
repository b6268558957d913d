import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { fmt } from '../../src/cli/fmt.ts'

let dir = ''
let out = ''
let err = ''

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'alloyts-fmt-'))
  out = ''
  err = ''
})

afterEach(() => rmSync(dir, { recursive: true }))

interface Options {
  readonly file?: string
  readonly paths?: readonly string[]
  readonly write?: boolean
  readonly test?: boolean
  readonly diff?: boolean
}

function run({ file, ...options }: Options, stdin = '') {
  const paths = file === undefined ? [] : [file]
  return fmt(
    { paths, write: false, test: false, diff: false, ...options },
    {
      stdin: async () => Buffer.from(stdin),
      stdout: (bytes) => {
        out += Buffer.from(bytes).toString()
      },
      stderr: (text) => {
        err += text
      },
    },
  )
}

function fileWith(text: string): string {
  const file = join(dir, 'a.alloy')
  writeFileSync(file, text)
  return file
}

describe('fmt', () => {
  it('formats standard input, with or without a dash', async () => {
    await run({}, 'a=1')
    await run({ file: '-' }, '')
    expect(out).toBe('a = 1\n\n')
  })

  it('formats a file to standard output and leaves it alone', async () => {
    const file = fileWith('a=1')
    await run({ file })
    expect([out, readFileSync(file, 'utf8')]).toEqual(['a = 1\n', 'a=1'])
  })

  it('writes a file in place and keeps its mode', async () => {
    const file = fileWith('a=1')
    chmodSync(file, 0o640)
    await run({ file, write: true })
    expect([out, readFileSync(file, 'utf8'), statSync(file).mode & 0o777]).toEqual([
      '',
      'a = 1\n',
      0o640,
    ])
  })

  it('does not touch a file that is formatted', async () => {
    const file = fileWith('a = 1\n')
    chmodSync(file, 0o400)
    const before = statSync(file, { bigint: true }).mtimeNs
    await run({ file, write: true })
    expect(statSync(file, { bigint: true }).mtimeNs).toBe(before)
  })

  it('tests a file', async () => {
    await run({ file: fileWith('a = 1\n'), test: true })
    const wrong = run({ file: fileWith('a=1'), test: true })
    await expect(wrong).rejects.toThrow(`file ${dir}/a.alloy is not formatted correctly`)
    expect(out).toBe('')
  })

  it('says where the usual layout would change the meaning', async () => {
    await run({}, 'a = 1\nb = "x\ty"\n')
    expect(out).toBe('a = 1\nb = "x\ty"\n')
    expect(err).toMatch(/^<stdin>:2:1: Alloy's layout would change what the file means/)
  })

  it('prints one line per error', async () => {
    await expect(run({}, 'a = \nb c')).rejects.toThrow('encountered errors during formatting')
    expect(err.split('\n')).toEqual(['<stdin>:2:3: expected TERMINATOR, got IDENT', ''])
  })

  it('prints what would change', async () => {
    const file = fileWith('a=1')
    await run({ file, diff: true })
    expect(out).toBe(
      `--- ${file}\n+++ ${file}\n@@ -1 +1 @@\n-a=1\n\\ No newline at end of file\n+a = 1\n`,
    )
    expect(readFileSync(file, 'utf8')).toBe('a=1')
    out = ''
    await run({ diff: true }, 'a = 1\n')
    expect(out).toBe('')
  })

  describe('many files', () => {
    function folderWith(files: Readonly<Record<string, string>>): void {
      mkdirSync(join(dir, 'sub', 'node_modules'), { recursive: true })
      for (const [name, text] of Object.entries(files)) writeFileSync(join(dir, name), text)
    }

    const some = {
      'b.alloy': 'b=1',
      'a.alloy': 'a = 1\n',
      'sub/c.alloy': 'c=1',
      'sub/d.txt': 'd=1',
      'sub/node_modules/e.alloy': 'e=1',
    }
    const read = (name: string) => readFileSync(join(dir, name), 'utf8')

    it('writes those below a directory', async () => {
      folderWith(some)
      await run({ file: dir, write: true })
      expect(Object.keys(some).map(read)).toEqual(['b = 1\n', 'a = 1\n', 'c = 1\n', 'd=1', 'e=1'])
      expect([out, err]).toEqual(['', '3 files: 2 changed, 0 with errors\n'])
    })

    it('tests those that a pattern matches, in the order of their names', async () => {
      folderWith(some)
      const wrong = run({ file: `${dir}/**/*.alloy`, test: true })
      await expect(wrong).rejects.toThrow('3 of 4 files are not formatted correctly')
      expect(err.replaceAll(`${dir}/`, '').split('\n')).toEqual([
        'file b.alloy is not formatted correctly',
        'file sub/c.alloy is not formatted correctly',
        'file sub/node_modules/e.alloy is not formatted correctly',
        '4 files: 3 not formatted, 0 with errors',
        '',
      ])
    })

    it('goes on after one that has errors', async () => {
      folderWith({ 'a.alloy': 'a = ', 'b.alloy': 'b=1' })
      const wrong = run({ paths: [join(dir, 'a.alloy'), join(dir, 'b.alloy')], write: true })
      await expect(wrong).rejects.toThrow('encountered errors during formatting')
      expect(read('b.alloy')).toBe('b = 1\n')
    })

    it('prints the differences of all', async () => {
      folderWith(some)
      await run({ file: dir, diff: true })
      expect(out.match(/^[+-][^+-].*$/gm)).toEqual(['-b=1', '+b = 1', '-c=1', '+c = 1'])
    })

    it('does not print several files one behind the other', async () => {
      folderWith(some)
      const wrong = run({ paths: [join(dir, 'a.alloy'), join(dir, 'b.alloy')] })
      await expect(wrong).rejects.toThrow('cannot print several files: use -w')
    })
  })

  it.each<[string, Options, string]>([
    [
      'both flags',
      { write: true, test: true },
      'cannot use -w/--write and -t/--test at the same time',
    ],
    ['writing standard input', { write: true }, 'cannot use -w with standard input'],
    ['a directory', { file: '/' }, 'cannot format a directory'],
    ['input and files', { paths: ['-', 'a'] }, 'cannot format standard input together with files'],
    ['a pattern without files', { file: 'nothing-*.alloy' }, 'no file matches nothing-*.alloy'],
    ['a missing file', { file: 'missing.alloy' }, 'stat missing.alloy: no such file or directory'],
  ])('refuses %s', async (_, options, message) => {
    await expect(run(options)).rejects.toThrow(message)
  })
})
