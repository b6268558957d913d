// Prints diagnostics with the source lines they are about.
// Source: syntax/diag of Grafana Alloy, as measured.

import { type Concealed, concealedText } from './concealed.ts'
import { type Diagnostic, describeDiagnostic, type Severity } from './diagnostics.ts'
import { byteLength, type Position, positionOf, type Source, type Span } from './source.ts'

/** Ways to set off parts of the report, such as chalk's; the snippet is never coloured. */
export interface ReportColors {
  error(text: string): string
  warning(text: string): string
  bold(text: string): string
}

const labels: Record<Severity, string> = { error: 'Error: ', warning: 'Warning: ' }
const tab = '    '

/**
 * The report of all diagnostics, byte for byte as the original prints it; a text that escapes
 * invalid bytes where the source has some. Hints are not part of it. Snippets show stars in place
 * of what is concealed; messages are printed as they are.
 */
export function renderReport(
  list: readonly Diagnostic[],
  colors?: ReportColors,
  concealed: readonly Concealed[] = [],
): string {
  return list.map((diagnostic) => renderDiagnostic(diagnostic, colors, concealed)).join('\n')
}

function renderDiagnostic(
  diagnostic: Diagnostic,
  colors: ReportColors | undefined,
  concealed: readonly Concealed[],
): string {
  const { severity, span } = diagnostic
  const label = labels[severity]
  const description = describeDiagnostic(diagnostic)
  const header = colors ? colors[severity](label) + colors.bold(description) : label + description
  return span === undefined ? `${header}\n` : `${header}\n\n${renderSnippet(span, concealed)}`
}

/** The lines of the span, one before and one after, with marks below its start and end. */
function renderSnippet(span: Span, concealed: readonly Concealed[]): string {
  const { source } = span
  const start = positionOf(source, span.start)
  const end = positionOf(source, Math.max(span.start, span.end - 1))
  const firstLine = Math.max(1, start.line - 1)
  const lastLine = Math.min(source.lineStarts.length, end.line + 1)
  const width = String(lastLine).length
  const blankMargin = `${' '.repeat(width)} | `
  const isMultiline = start.line !== end.line
  let text = ''
  for (let line = firstLine; line <= lastLine; line++) {
    const raw = lineText(source, line)
    const shown = lineText(source, line, concealed)
    const inside = line > start.line && line <= end.line
    const gutter = isMultiline ? (inside ? '| ' : '  ') : ''
    const margin = `${String(line).padStart(width)} | `
    text += `${margin}${gutter}${shown.replaceAll('\r', '').replace(/[\t\v]/g, tab)}\n`
    if (line === start.line) {
      const marks = isMultiline ? ` _${startMarks(raw, start)}` : rangeMarks(raw, start, end)
      text += `${blankMargin}${marks}\n`
    } else if (line === end.line) {
      text += `${blankMargin}|_${endMarks(raw, end)}\n`
    }
  }
  return text
}

function lineText(source: Source, line: number, concealed: readonly Concealed[] = []): string {
  const start = source.lineStarts[line - 1]!
  const next = source.lineStarts[line]
  const end = next === undefined ? source.bytes.length : next - 1
  return concealedText(source, start, end, concealed)
}

/** Carets below the columns from start to end, one per character. */
function rangeMarks(line: string, start: Position, end: Position): string {
  let marks = ''
  for (const { column, character } of columnsOf(line)) {
    if (column > end.column) break
    const blank = character === '\t' ? tab : ' '
    marks += column < start.column ? blank : '^'
  }
  return marks
}

function startMarks(line: string, start: Position): string {
  let marks = ''
  for (const { column, character } of columnsOf(line)) {
    const blank = character === '\t' ? '____' : '_'
    marks += column < start.column ? blank : '^'
  }
  return marks
}

function endMarks(line: string, end: Position): string {
  let marks = ''
  for (const { column, character } of columnsOf(line)) {
    if (column > end.column) break
    marks += character === '\t' ? '____' : '^'
  }
  return marks
}

/** The characters of a line with the columns, in bytes, at which they start. */
function* columnsOf(line: string): Generator<{ column: number; character: string }> {
  let column = 1
  for (const character of line) {
    yield { column, character }
    column += byteLength(character)
  }
}
