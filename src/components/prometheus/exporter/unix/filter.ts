// Which devices a collector takes: not those of one pattern, and only those of another.

import { canBackquote, quote } from '../../../../go/quote.ts'
import { compileRe2, type Re2 } from '../../../../go/re2.ts'

export interface FilterPatterns {
  /** Empty: none is left out. */
  readonly exclude: string
  /** Empty: all are taken. */
  readonly include: string
}

/** Whether it takes a name. The patterns match anywhere in it. */
export type Filter = (name: string) => boolean

/** Throws for a pattern that is none. */
export function filterOf({ exclude, include }: FilterPatterns): Filter {
  const excluded = exclude === '' ? undefined : compilePattern(exclude)
  const included = include === '' ? undefined : compilePattern(include)
  return (name) => excluded?.test(name) !== true && included?.test(name) !== false
}

/** Throws where both patterns are there, too. */
export function exclusiveFilterOf(patterns: FilterPatterns): Filter {
  if (patterns.exclude !== '' && patterns.include !== '') {
    throw new Error('device-exclude & device-include are mutually exclusive')
  }
  return filterOf(patterns)
}

/** Throws with the words in which the original ends. */
export function compilePattern(pattern: string): Re2 {
  try {
    return compileRe2(pattern)
  } catch (error) {
    const { message } = error as Error
    throw new Error(`regexp: Compile(${backquoted(pattern)}): ${message}`)
  }
}

function backquoted(pattern: string): string {
  return canBackquote(pattern) ? `\`${pattern}\`` : quote(pattern)
}
