// regex-matches-everything

import { factsOf } from './grammar/pattern.ts'
import type { Lint, Report } from './lint.ts'
import { type PatternSite, patternSites } from './pattern_sites.ts'
import { type RuleSite, ruleLists } from './relabel_rules.ts'
import { attributeOf } from './visit.ts'

export const regexMatchesEverything: Lint = {
  code: 'regex-matches-everything',
  severity: 'warning',
  summary: 'A regular expression that selects matches every text.',
  check(config, report) {
    for (const rule of ruleLists(config).flat()) checkRule(rule, report)
    for (const site of patternSites(config)) checkSearch(site, report)
  },
}

/** What a rule that selects does to everything. */
const effects: Readonly<Record<string, string>> = {
  keep: 'keeps everything, as if it were not there',
  drop: 'drops everything',
  labeldrop: 'drops every label',
  labelkeep: 'keeps every label, as if it were not there',
}

/** Whether the whole of any text matches, in any of the usual spellings. */
export function takesAnyText(regex: string): boolean {
  return /^\^?(?:\((?:\?:|\?P?<\w+>)?\.\*\??\)|\.\*\??)\$?$/.test(regex)
}

function checkRule({ site, action = '', regex }: RuleSite, report: Report): void {
  const effect = Object.hasOwn(effects, action) ? effects[action] : undefined
  if (effect === undefined || regex === undefined || !takesAnyText(regex)) return
  const written = attributeOf(site.block, 'regex')
  const span = (written ?? attributeOf(site.block, 'action'))?.span ?? site.block.nameSpan
  const why = written === undefined ? 'without a regex ' : ''
  report(span, `${why}action "${action}" ${effect}`)
}

/** Those that take out what they match; others may want all of it. */
const excluding = /^(?:expression|firstline|skip_regex|.*_exclude|ignored_devices)$/
const capturing: ReadonlySet<string> = new Set(['stage.regex', 'stage.replace'])

function checkSearch({ isAnchored, path, attribute, pattern }: PatternSite, report: Report): void {
  if (isAnchored || capturing.has(path.at(-1) ?? '') || !excluding.test(attribute.name)) return
  if (pattern === '' || !(factsOf(pattern).isEverywhere || takesAnyText(pattern))) return
  report(
    attribute.value.span,
    'every text matches this regular expression, which is looked for anywhere in it',
  )
}
