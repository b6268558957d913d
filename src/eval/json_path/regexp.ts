import { RE2JS } from 're2js'

/** Whether a text holds a match. Throws where the pattern is not RE2 syntax. */
export function regexpMatcher(pattern: string): (text: string) => boolean {
  const regexp = RE2JS.compile(pattern)
  return (text) => regexp.matcher(text).find()
}
