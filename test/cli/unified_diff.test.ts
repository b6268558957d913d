import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { unifiedDiff } from '../../src/cli/unified_diff.ts'

const diff = (before: string, after: string) =>
  unifiedDiff(Buffer.from(before), Buffer.from(after), 'a').toString()

/** Applies a diff of one file, to the letter. */
function apply(before: string, patch: string): string {
  const lines = before.match(/[^\n]*\n|[^\n]+$/g) ?? []
  let result = ''
  let at = 0
  for (const hunk of patch.split(/^(?=@@ )/m).slice(1)) {
    const [, start = '', count = '1'] = /^@@ -(\d+)(?:,(\d+))?/.exec(hunk) ?? []
    const first = count === '0' ? Number(start) : Number(start) - 1
    result += lines.slice(at, first).join('')
    at = first
    const body = hunk.split('\n').slice(1, -1)
    for (const [i, edit] of body.entries()) {
      if (edit.startsWith('\\')) continue
      const line = edit.slice(1) + (body[i + 1]?.startsWith('\\') ? '' : '\n')
      if (edit[0] !== '+') expect(lines[at++]).toBe(line)
      if (edit[0] !== '-') result += line
    }
  }
  return result + lines.slice(at).join('')
}

describe('unifiedDiff', () => {
  it.each<[what: string, before: string, after: string, expected: string]>([
    ['nothing', 'a\n', 'a\n', ''],
    ['a change', 'a\nb\nc\n', 'a\nB\nc\n', '--- a\n+++ a\n@@ -1,3 +1,3 @@\n a\n-b\n+B\n c\n'],
    ['from nothing', '', 'a\n', '--- a\n+++ a\n@@ -0,0 +1 @@\n+a\n'],
    [
      'no line feed',
      'a',
      'a\n',
      '--- a\n+++ a\n@@ -1 +1 @@\n-a\n\\ No newline at end of file\n+a\n',
    ],
  ])('%s', (_, before, after, expected) => {
    expect(diff(before, after)).toBe(expected)
  })

  it('shows three lines around, and two changes far apart as two', () => {
    const before = Array.from({ length: 20 }, (_, i) => `${i}\n`)
    const after = before.with(2, 'x\n').with(15, 'y\n')
    const headers = diff(before.join(''), after.join('')).match(/^@@.*$/gm)
    expect(headers).toEqual(['@@ -1,6 +1,6 @@', '@@ -13,7 +13,7 @@'])
  })

  it('keeps bytes that are not UTF-8', () => {
    const patch = unifiedDiff(Buffer.of(0xff, 10), Buffer.of(0xfe, 10), 'ä')
    expect(patch.includes(Buffer.of(0x2d, 0xff, 10, 0x2b, 0xfe, 10))).toBe(true)
    expect(patch.toString()).toContain('--- ä\n')
  })

  it('takes a bounded time for texts without a common line', () => {
    const text = (mark: string) =>
      Array.from({ length: 20_000 }, (_, i) => `${mark}${i}\n`).join('')
    const startMs = performance.now()
    diff(text('a'), text('b'))
    expect(performance.now() - startMs).toBeLessThan(5_000)
  })

  const line = fc.constantFrom('a', 'b', 'c', '', '  a')
  const text = fc
    .tuple(fc.array(line), fc.boolean())
    .map(([lines, ends]) => lines.join('\n') + (ends && lines.length > 0 ? '\n' : ''))

  it('leads from one text to the other', () => {
    fc.assert(
      fc.property(text, text, (before, after) => {
        expect(apply(before, diff(before, after))).toBe(after)
      }),
      { numRuns: 500 },
    )
  })

  const hasPatch = spawnSync('patch', ['--version']).status === 0
  it.runIf(hasPatch)('is what patch takes', () => {
    const folder = mkdtempSync(join(tmpdir(), 'alloyts-diff-'))
    const before = 'a\nb\nc\nd\n'
    const after = 'a\nc\nd\ne'
    writeFileSync(join(folder, 'a'), before)
    execFileSync('patch', ['-p0'], { cwd: folder, input: diff(before, after), stdio: 'pipe' })
    expect(readFileSync(join(folder, 'a'), 'utf8')).toBe(after)
    rmSync(folder, { recursive: true })
  })
})
