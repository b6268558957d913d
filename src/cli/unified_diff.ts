// The difference of two texts as `diff -u` prints it, which `patch -p0` and `git apply -p0` take.

/** Lines around changes. */
const contextLines = 3

/** More edits than these are shown as one: their number squared is what finding them costs. */
const editsMax = 2_000

/** Empty where the texts are equal. Lines are compared byte by byte, their ends included. */
export function unifiedDiff(before: Uint8Array, after: Uint8Array, name: string): Buffer {
  // As Latin-1 each byte is a character, and every byte survives.
  const old = linesOf(Buffer.from(before).toString('latin1'))
  const fresh = linesOf(Buffer.from(after).toString('latin1'))
  const hunks = hunksOf(editsBetween(old, fresh))
  if (hunks.length === 0) return Buffer.alloc(0)
  const body = hunks.map((hunk) => hunkText(hunk)).join('')
  return Buffer.concat([Buffer.from(`--- ${name}\n+++ ${name}\n`), Buffer.from(body, 'latin1')])
}

/** One line, and whether it is in both texts. */
interface Edit {
  readonly kind: ' ' | '-' | '+'
  readonly line: string
}

interface Hunk {
  /** Lines before it, of each text. */
  readonly oldStart: number
  readonly newStart: number
  readonly edits: readonly Edit[]
}

function linesOf(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? []
}

function editsBetween(old: readonly string[], fresh: readonly string[]): readonly Edit[] {
  let start = 0
  while (start < old.length && start < fresh.length && old[start] === fresh[start]) start++
  let end = 0
  while (
    end < Math.min(old.length, fresh.length) - start &&
    old[old.length - 1 - end] === fresh[fresh.length - 1 - end]
  ) {
    end++
  }
  const same = (lines: readonly string[]) => lines.map((line): Edit => ({ kind: ' ', line }))
  return [
    ...same(old.slice(0, start)),
    ...shortest(old.slice(start, old.length - end), fresh.slice(start, fresh.length - end)),
    ...same(old.slice(old.length - end)),
  ]
}

/**
 * The shortest way from one text to the other, by Myers: `reach[k]` is how far along the first text
 * `edits` edits come on diagonal k. All of them are kept, to find the way back.
 */
function shortest(old: readonly string[], fresh: readonly string[]): readonly Edit[] {
  const max = Math.min(old.length + fresh.length, editsMax)
  const reach = new Map<number, number>([[1, 0]])
  const trace: ReadonlyMap<number, number>[] = []
  for (let edits = 0; edits <= max; edits++) {
    trace.push(new Map(reach))
    for (let k = -edits; k <= edits; k += 2) {
      let x = isDown(reach, k, edits) ? reach.get(k + 1)! : reach.get(k - 1)! + 1
      while (x < old.length && x - k < fresh.length && old[x] === fresh[x - k]) x++
      reach.set(k, x)
      if (x >= old.length && x - k >= fresh.length) return wayBack(trace, old, fresh)
    }
  }
  return [
    ...old.map((line): Edit => ({ kind: '-', line })),
    ...fresh.map((line): Edit => ({ kind: '+', line })),
  ]
}

/** Whether the best way to diagonal k inserts a line. */
function isDown(reach: ReadonlyMap<number, number>, k: number, edits: number): boolean {
  if (k === -edits) return true
  return k !== edits && (reach.get(k - 1) ?? -1) < (reach.get(k + 1) ?? -1)
}

function wayBack(
  trace: readonly ReadonlyMap<number, number>[],
  old: readonly string[],
  fresh: readonly string[],
): readonly Edit[] {
  const edits: Edit[] = []
  let x = old.length
  let y = fresh.length
  for (let count = trace.length - 1; count > 0; count--) {
    const reach = trace[count]!
    const k = x - y
    const down = isDown(reach, k, count)
    const previous = down ? reach.get(k + 1)! : reach.get(k - 1)!
    const start = down ? previous : previous + 1
    while (x > start) {
      x--
      y--
      edits.push({ kind: ' ', line: old[x]! })
    }
    if (down) edits.push({ kind: '+', line: fresh[--y]! })
    else edits.push({ kind: '-', line: old[--x]! })
  }
  while (x > 0) edits.push({ kind: ' ', line: old[--x]! })
  return edits.reverse()
}

function hunksOf(edits: readonly Edit[]): readonly Hunk[] {
  const hunks: Hunk[] = []
  let at = 0
  while (at < edits.length) {
    const change = edits.findIndex(({ kind }, i) => i >= at && kind !== ' ')
    if (change < 0) break
    const start = Math.max(at, change - contextLines)
    let end = change
    for (let i = change; i < edits.length && i <= end + 2 * contextLines; i++) {
      if (edits[i]!.kind !== ' ') end = i
    }
    const stop = Math.min(edits.length, end + contextLines + 1)
    const before = edits.slice(0, start)
    hunks.push({
      oldStart: before.filter(({ kind }) => kind !== '+').length,
      newStart: before.filter(({ kind }) => kind !== '-').length,
      edits: edits.slice(start, stop),
    })
    at = stop
  }
  return hunks
}

function hunkText({ oldStart, newStart, edits }: Hunk): string {
  const oldCount = edits.filter(({ kind }) => kind !== '+').length
  const newCount = edits.filter(({ kind }) => kind !== '-').length
  const body = edits.map(({ kind, line }) => {
    return line.endsWith('\n') ? `${kind}${line}` : `${kind}${line}\n\\ No newline at end of file\n`
  })
  return `@@ -${range(oldStart, oldCount)} +${range(newStart, newCount)} @@\n${body.join('')}`
}

/** Lines count from 1; no lines stand behind the one before them. */
function range(start: number, count: number): string {
  const first = count === 0 ? start : start + 1
  return count === 1 ? String(first) : `${first},${count}`
}
