// Places as tools outside count them: lines and columns from 1, columns in UTF-16 units.

import { textOf } from '../../go/text.ts'
import { type Position, positionOf, type Source, type Span } from '../../syntax/source.ts'

export interface Place {
  readonly file: string
  readonly line: number
  readonly column: number
  readonly endLine: number
  /** Behind the last character. */
  readonly endColumn: number
}

export function placeOf({ source, start, end }: Span): Place {
  const first = positionOf(source, start)
  const last = positionOf(source, Math.max(start, end - 1))
  return {
    file: source.name,
    line: first.line,
    column: unitsBefore(source, first) + 1,
    endLine: last.line,
    endColumn: unitsBefore(source, { ...last, column: last.column + 1 }) + 1,
  }
}

/** How many UTF-16 units stand before the place on its line. */
function unitsBefore({ bytes, lineStarts }: Source, { line, column }: Position): number {
  const start = lineStarts[line - 1] ?? 0
  return textOf(bytes.subarray(start, start + column - 1)).length
}
