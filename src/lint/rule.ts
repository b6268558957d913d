// What is known of a kind of problem besides its occurrences.

import type { Severity } from '../syntax/diagnostics.ts'

export interface Rule {
  /** As `--disable` takes it: `empty-forward-to`. docs/lints/CODE.md explains it. */
  readonly code: string
  readonly severity: Severity
  /** What is wrong with what it reports, in one sentence. */
  readonly summary: string
}

/** What is reported besides lints, by the checks that a starting Alloy makes too. */
export const checkRules: readonly Rule[] = [
  {
    code: 'unreadable',
    severity: 'error',
    summary: 'The configuration cannot be read.',
  },
  {
    code: 'syntax',
    severity: 'error',
    summary: 'The text is not in the syntax of Alloy.',
  },
  {
    code: 'static',
    severity: 'error',
    summary: "Alloy's own validation reports it.",
  },
  {
    code: 'invalid-value',
    severity: 'error',
    summary: 'An expression has no value, or its value does not fit the argument.',
  },
  {
    code: 'refused-arguments',
    severity: 'error',
    summary: 'Each argument is fine by itself, but the component does not take them together.',
  },
  {
    code: 'wrong-signal',
    severity: 'error',
    summary: 'A receiver of one signal stands where one of another is wanted.',
  },
  {
    code: 'import-syntax',
    severity: 'error',
    summary: 'An imported text is not in the syntax of Alloy.',
  },
  {
    code: 'import-content',
    severity: 'error',
    summary: 'An imported text holds what modules may not hold.',
  },
  {
    code: 'import-mismatch',
    severity: 'error',
    summary: 'An instance does not fit what the import declares.',
  },
]
