// Formatting that is proved not to change what a file means: the result is parsed again, and where
// the tree or the comments differ the layout departs from the original's as little as it takes.

import { bytesOf, textOf } from '../go/text.ts'
import { Diagnostics } from './diagnostics.ts'
import { formatFile } from './format.ts'
import { parseFile } from './parser.ts'
import { createSource, type Span } from './source.ts'
import type { File, Statement } from './tree.ts'

export interface SafelyFormatted {
  /** Without a newline at its end. */
  readonly text: string
  /** `kept` is the source as it stands, where not even the safe layout gives the same tree. */
  readonly layout: 'original' | 'safe' | 'kept'
  /** The first statement that the original's layout would have changed. */
  readonly changed?: Span
}

/** How often a result is formatted again to find one that stays. */
const passesMax = 4

/**
 * Formats a file that parsed without errors. What comes out stays as it is when it is formatted
 * again: the original's layout aligns attributes only the second time where the value of one stood
 * on a line of its own.
 */
export function formatSafely(file: File): SafelyFormatted {
  const first = formatOnce(file)
  let { text } = first
  for (let pass = 1; pass < passesMax; pass++) {
    const diagnostics = new Diagnostics()
    const again = parseFile(createSource(file.source.name, bytesOf(`${text}\n`)), diagnostics)
    if (diagnostics.errors > 0) break
    const next = formatOnce(again).text
    if (next === text) break
    text = next
  }
  return { ...first, text }
}

function formatOnce(file: File): SafelyFormatted {
  const original = formatFile(file)
  const changed = changedBy(original, file)
  if (changed === undefined) return { text: original, layout: 'original' }
  const safe = formatFile(file, { layout: 'safe' })
  if (changedBy(safe, file) === undefined) return { text: safe, layout: 'safe', changed }
  return { text: textOf(file.source.bytes).trimEnd(), layout: 'kept', changed }
}

/** Where the tree of `text` differs from the file's, if it does. */
function changedBy(text: string, file: File): Span | undefined {
  const diagnostics = new Diagnostics()
  const other = parseFile(createSource(file.source.name, bytesOf(text)), diagnostics)
  const whole = { source: file.source, start: 0, end: 0 }
  const statement = differing(file.body, other.body)
  if (statement !== undefined) return statement.span
  if (diagnostics.errors > 0 || file.body.length !== other.body.length) return whole
  return commentsOf(file) === commentsOf(other) ? undefined : whole
}

/** The first statement that has no equal counterpart, as deep inside of blocks as it goes. */
function differing(
  statements: readonly Statement[],
  others: readonly Statement[],
): Statement | undefined {
  for (const [i, statement] of statements.entries()) {
    const other = others[i]
    if (fingerprint(statement) === fingerprint(other)) continue
    const areBlocks = statement.kind === 'block' && other?.kind === 'block'
    return (areBlocks ? differing(statement.body, other.body) : undefined) ?? statement
  }
  return undefined
}

/** Everything about a statement but its places. */
function fingerprint(statement: Statement | undefined): string {
  return JSON.stringify(statement, (key, value) => (places.has(key) ? undefined : value)) ?? ''
}

const places = new Set(['span', 'nameSpan', 'labelSpan', 'operatorSpan', 'open', 'close'])

function commentsOf({ comments }: File): string {
  return JSON.stringify(comments.flat().map(({ text }) => text))
}
