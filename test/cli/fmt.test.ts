import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
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

function run(options: { file?: string; write?: boolean; test?: boolean }, stdin = '') {
  return fmt(
    { write: false, test: false, ...options },
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

  it.each<[string, { file?: string; write?: boolean; test?: boolean }, string]>([
    [
      'both flags',
      { write: true, test: true },
      'cannot use -w/--write and -t/--test at the same time',
    ],
    ['writing standard input', { write: true }, 'cannot use -w with standard input'],
    ['a directory', { file: '/' }, 'cannot format a directory'],
    ['a missing file', { file: 'missing.alloy' }, 'stat missing.alloy: no such file or directory'],
  ])('refuses %s', async (_, options, message) => {
    await expect(run(options)).rejects.toThrow(message)
  })
})
