// The report for scripts and editors. Lines and columns count from 1, columns in bytes; the end is
// that of the last byte, as in the report for people.

import type { Diagnostic } from '../../syntax/diagnostics.ts'
import { positionOf } from '../../syntax/source.ts'
import { allDiagnostics, type Findings } from './findings.ts'

export function jsonReport(findings: Findings): string {
  const { configs } = findings
  const all = allDiagnostics(findings)
  const bySeverity = (severity: string) => all.filter((each) => each.severity === severity).length
  const report = {
    valid: all.length === 0,
    checked: configs.length,
    errors: bySeverity('error'),
    warnings: bySeverity('warning'),
    diagnostics: all.map(jsonDiagnostic),
    unread: configs.flatMap(({ unread }) => unread),
  }
  return `${JSON.stringify(report, undefined, 2)}\n`
}

interface JsonDiagnostic {
  readonly severity: string
  readonly code?: string
  readonly message: string
  readonly file?: string
  readonly line?: number
  readonly column?: number
  readonly endLine?: number
  readonly endColumn?: number
  readonly hint?: string
}

function jsonDiagnostic({ severity, code, message, span, hint }: Diagnostic): JsonDiagnostic {
  const what = { severity, ...(code !== undefined && { code }), message }
  const advice = hint === undefined ? {} : { hint }
  if (span === undefined) return { ...what, ...advice }
  const start = positionOf(span.source, span.start)
  const end = positionOf(span.source, Math.max(span.start, span.end - 1))
  return {
    ...what,
    file: span.source.name,
    line: start.line,
    column: start.column,
    endLine: end.line,
    endColumn: end.column,
    ...advice,
  }
}
