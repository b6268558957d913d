// The difference of two texts as `diff -u` prints it, which `patch -p0` and `git apply -p0` take.

import { structuredPatch } from 'diff'

/** Lines around changes. */
const context = 3

/** More edits than these are shown as one: their number squared is what finding them costs. */
const maxEditLength = 2_000

interface Hunk {
  readonly oldStart: number
  readonly oldLines: number
  readonly newStart: number
  readonly newLines: number
  readonly lines: readonly string[]
}

/** Empty where the texts are equal. Lines are compared byte by byte, their ends included. */
export function unifiedDiff(before: Uint8Array, after: Uint8Array, name: string): Buffer {
  // As Latin-1 each byte is a character, and every byte survives.
  const old = Buffer.from(before).toString('latin1')
  const fresh = Buffer.from(after).toString('latin1')
  if (old === fresh) return Buffer.alloc(0)
  const options = { context, maxEditLength, stripTrailingCr: false }
  const patch = structuredPatch(name, name, old, fresh, '', '', options)
  const hunks: readonly Hunk[] = patch?.hunks ?? [everything(old, fresh)]
  const body = hunks.map(hunkText).join('')
  return Buffer.concat([Buffer.from(`--- ${name}\n+++ ${name}\n`), Buffer.from(body, 'latin1')])
}

function everything(old: string, fresh: string): Hunk {
  const removed = editsOf('-', old)
  const added = editsOf('+', fresh)
  const oldLines = removed.filter((line) => line.startsWith('-')).length
  const newLines = added.filter((line) => line.startsWith('+')).length
  return { oldStart: 1, oldLines, newStart: 1, newLines, lines: [...removed, ...added] }
}

function editsOf(kind: '-' | '+', text: string): readonly string[] {
  if (text === '') return []
  const lines = text.split('\n').map((line) => `${kind}${line}`)
  return text.endsWith('\n') ? lines.slice(0, -1) : [...lines, '\\ No newline at end of file']
}

function hunkText({ oldStart, oldLines, newStart, newLines, lines }: Hunk): string {
  const header = `@@ -${range(oldStart, oldLines)} +${range(newStart, newLines)} @@\n`
  return header + lines.map((line) => `${line}\n`).join('')
}

/** Lines count from 1; no lines stand behind the one before them. */
function range(start: number, count: number): string {
  const first = count === 0 ? start - 1 : start
  return count === 1 ? String(first) : `${first},${count}`
}
