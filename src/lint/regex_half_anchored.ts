// regex-half-anchored

import type { Lint } from './lint.ts'
import { patternSites } from './pattern_sites.ts'

export const regexHalfAnchored: Lint = {
  code: 'regex-half-anchored',
  severity: 'warning',
  summary: 'An anchor of a regular expression holds for one of its alternatives only.',
  check(config, report) {
    for (const { isAnchored, pattern, attribute } of patternSites(config)) {
      if (isAnchored) continue
      const parts = alternatives(pattern)
      if (parts.length < 2) continue
      const starts = parts.filter((part) => part.startsWith('^')).length
      const ends = parts.filter((part) => /(?<!\\)\$$/.test(part)).length
      const isOdd = (count: number, outer: boolean) => outer && count === 1
      const first = isOdd(starts, parts[0]!.startsWith('^'))
      const last = isOdd(ends, /(?<!\\)\$$/.test(parts.at(-1)!))
      if (!first && !last) continue
      const anchor = first ? '^' : '$'
      report(
        attribute.value.span,
        `"${anchor}" holds for the alternative beside it only`,
        'Put the alternatives in brackets: ^(a|b)$.',
      )
    }
  },
}

/** The parts between bars that stand in no bracket. */
function alternatives(pattern: string): string[] {
  const parts = ['']
  let depth = 0
  for (const [token] of pattern.matchAll(/\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|./gs)) {
    if (token === '(') depth++
    if (token === ')') depth--
    if (token === '|' && depth === 0) parts.push('')
    else parts[parts.length - 1] += token
  }
  return parts
}
