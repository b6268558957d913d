// unknown-disable

import { closest } from '../schema/closest.ts'
import type { Lint } from './lint.ts'
import { switchesOf } from './run.ts'

/** `codes` are those of all lints. */
export function unknownDisable(codes: readonly string[]): Lint {
  return {
    code: 'unknown-disable',
    severity: 'warning',
    summary: 'A comment switches off a lint that does not exist.',
    check({ files }, report) {
      for (const { comment, codes: named } of files.flatMap(switchesOf)) {
        for (const code of named) {
          if (codes.includes(code)) continue
          const near = closest(code, codes)
          const hint = near === undefined ? undefined : `Did you mean ${near}?`
          report(comment.span, `there is no lint ${code}`, hint)
        }
      }
    },
  }
}
