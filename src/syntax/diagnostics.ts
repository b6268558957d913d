// What is wrong with a configuration, collected instead of thrown, so that users see all of it.

import { positionOf, type Span } from './source.ts'

export type Severity = 'error' | 'warning'

export interface Diagnostic {
  readonly severity: Severity
  /** In the original's words, byte for byte, where it reports the same problem. */
  readonly message: string
  /** Absent where the original knows no position either. */
  readonly span?: Span | undefined
  /** The offending inner value as Alloy text, which the report prints below the message. */
  readonly value?: string | undefined
  /** What to do about it. Ours alone, so comparisons with the original leave it out. */
  readonly hint?: string | undefined
  /** Names the kind of problem, `wrong-signal`; docs/lints has a page for it. Ours alone too. */
  readonly code?: string | undefined
}

export class Diagnostics {
  readonly list: Diagnostic[] = []
  errors = 0

  add(diagnostic: Diagnostic): void {
    if (diagnostic.severity === 'error') this.errors++
    this.list.push(diagnostic)
  }

  error(message: string, span?: Span, hint?: string): void {
    this.add({ severity: 'error', message, span, hint })
  }

  warning(message: string, span?: Span, hint?: string): void {
    this.add({ severity: 'warning', message, span, hint })
  }
}

/** A failure that carries diagnostics, for callers that cannot go on. */
export class DiagnosticsError extends Error {
  readonly list: readonly Diagnostic[]

  constructor(list: readonly Diagnostic[]) {
    super(summarize(list))
    this.list = list
  }
}

/** `file:line:column: message`, or `-: message` where no position is known. */
export function describeDiagnostic({ span, message }: Diagnostic): string {
  return `${describeSpan(span)}: ${message}`
}

/** The first diagnostic, and how many more there are. */
export function summarize(list: readonly Diagnostic[]): string {
  const [first] = list
  if (first === undefined) return 'no errors'
  const more = list.length - 1
  return describeDiagnostic(first) + (more > 0 ? ` (and ${more} more diagnostics)` : '')
}

/** `file:line:column`, `line:column` without a file name, `-` without a position. */
export function describeSpan(span: Span | undefined): string {
  if (span === undefined) return '-'
  const { line, column } = positionOf(span.source, span.start)
  return `${span.source.name && `${span.source.name}:`}${line}:${column}`
}
