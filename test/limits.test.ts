import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import glob from 'fast-glob'
import { describe, expect, it } from 'vitest'
import limits from './limits.json' with { type: 'json' }

const root = fileURLToPath(new URL('..', import.meta.url))
const files = glob.sync(
  ['src/**/*.ts', 'commands/**/*.ts', 'ui/**/*.{ts,tsx}', 'bin/*.js', 'scripts/*.mjs'],
  { cwd: root },
)

const linesMax = 400
const columnsMax = 100

/** Longer files need a reason in limits.json, and only these folders may have up to 900 lines. */
const roomyFolders = /^src\/(go|syntax|wire|storage)\//
const roomyLinesMax = 900

const exceptions: Record<string, { lines: number; reason: string }> = limits.files

function linesOf(file: string): string[] {
  return readFileSync(join(root, file), 'utf8').split('\n')
}

describe('limits', () => {
  it('keeps files within 400 lines', () => {
    const long = files.filter((file) => {
      const max = exceptions[file]?.lines ?? linesMax
      return (
        linesOf(file).length - 1 >
        Math.min(max, roomyFolders.test(file) ? roomyLinesMax : 1_000_000)
      )
    })
    expect(long).toEqual([])
  })

  it('keeps lines within 100 columns', () => {
    const wide = files.flatMap((file) =>
      linesOf(file)
        .map((line, i) => ({ line, place: `${file}:${i + 1}` }))
        .filter(({ line }) => [...line].length > columnsMax && !/['"`/]\S{60}/.test(line))
        .map(({ place }) => place),
    )
    expect(wide).toEqual([])
  })

  it('lists no exception that is not needed', () => {
    const needless = Object.keys(exceptions).filter(
      (file) => !files.includes(file) || linesOf(file).length - 1 <= linesMax,
    )
    expect(needless).toEqual([])
  })

  it('leaves no reminders in the code', () => {
    const marker = new RegExp(['TO', 'DO|FIX', 'ME|XX', 'X\\b'].join(''))
    expect(files.filter((file) => linesOf(file).some((line) => marker.test(line)))).toEqual([])
  })
})
