// The one door to RE2 patterns.

import { RE2JS } from 're2js'

/** The whole match, then its groups; undefined where a group did not take part. */
export type Re2Match = readonly (string | undefined)[]

export interface Re2 {
  readonly pattern: string
  readonly groupCount: number
  readonly groupNames: ReadonlyMap<string, number>
  test(text: string): boolean
  exec(text: string): Re2Match | undefined
}

export interface Re2Options {
  /** Matches whole texts only, and `.` matches line breaks, as `^(?s:PATTERN)$` does. */
  readonly anchored?: boolean
}

/** Throws an Error that says what is wrong with the pattern. */
export function compileRe2(pattern: string, { anchored = false }: Re2Options = {}): Re2 {
  const compiled = RE2JS.compile(anchored ? `^(?s:${pattern})$` : pattern)
  const groupCount = compiled.groupCount()
  const groupNames = new Map(Object.entries(compiled.namedGroups() as Record<string, number>))
  return {
    pattern,
    groupCount,
    groupNames,
    test: (text) => compiled.matcher(text).find(),
    exec: (text) => {
      const matcher = compiled.matcher(text)
      if (!matcher.find()) return undefined
      return Array.from({ length: groupCount + 1 }, (_, i) => matcher.group(i) ?? undefined)
    },
  }
}
