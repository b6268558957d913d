// Templates with the groups of a match in them: `$1`, `${name}`, `$$`.
// Source of the behaviour: Go's regexp.Expand.

import type { Re2, Re2Match } from './re2.ts'

const part = /\$(?:(\$)|([\p{L}\p{Nd}_]+)|\{([\p{L}\p{Nd}_]+)\})/gu

/**
 * The template with `$name` and `${name}` replaced; a name is as long as it can be. `$$` is one
 * `$`, any other `$` stays. Unknown groups, and those that did not take part, are empty.
 */
export function expand(template: string, match: Re2Match, names: Re2['groupNames']): string {
  if (!template.includes('$')) return template
  return template.replace(part, (_, dollar: string, plain: string, braced: string) => {
    if (dollar !== undefined) return '$'
    return group(plain ?? braced, match, names) ?? ''
  })
}

function group(name: string, match: Re2Match, names: Re2['groupNames']): string | undefined {
  if (/^(?:0|[1-9][0-9]*)$/.test(name)) return match[Number(name)]
  const number = names.get(name)
  return number === undefined ? undefined : match[number]
}
