// replacement-group

import { compileRe2, type Re2 } from '../go/re2.ts'
import type { Lint, Report } from './lint.ts'
import { type RuleSite, ruleLists } from './relabel_rules.ts'
import { attributeOf } from './visit.ts'

export const replacementGroup: Lint = {
  code: 'replacement-group',
  severity: 'warning',
  summary: 'A replacement names a group that the regular expression does not have.',
  check(config, report) {
    for (const rule of ruleLists(config).flat()) checkRule(rule, report)
  },
}

function checkRule(rule: RuleSite, report: Report): void {
  const { site, action, regex, replacement, targetLabel } = rule
  if (action !== 'replace' && action !== 'labelmap') return
  const pattern = regex === undefined ? undefined : compiled(regex)
  if (pattern === undefined) return
  const written = attributeOf(site.block, 'replacement')
  const span = (written ?? attributeOf(site.block, 'regex'))?.value.span ?? site.block.nameSpan
  const missing = missingGroup(replacement ?? '', pattern)
  if (missing !== undefined) {
    const what = written === undefined ? 'the replacement is "$1" where none is written: ' : ''
    report(span, `${what}the regular expression has no group ${missing}`, hintFor(missing))
  }
  const target = attributeOf(site.block, 'target_label')
  const inTarget = missingGroup(targetLabel ?? '', pattern)
  if (target === undefined || inTarget === undefined) return
  const message = `the regular expression has no group ${inTarget}`
  report(target.value.span, message, hintFor(inTarget))
}

/** The first group that is named and does not exist: it stands for an empty text. */
function missingGroup(template: string, { groupCount, groupNames }: Re2): string | undefined {
  for (const [, braced, bare] of template.matchAll(/\$(?:\$|\{(\w+)\}|(\w+))/g)) {
    const name = braced ?? bare
    if (name === undefined) continue
    const isThere = /^\d+$/.test(name) ? Number(name) <= groupCount : groupNames.has(name)
    if (!isThere) return name
  }
  return undefined
}

function hintFor(name: string): string {
  const [, digits] = /^(\d+)\D/.exec(name) ?? []
  if (digits === undefined) return 'A group that does not exist stands for an empty text.'
  return `Write \${${digits}} where text follows: all of ${name} is taken for the group's name.`
}

function compiled(regex: string): Re2 | undefined {
  try {
    return compileRe2(regex)
  } catch {
    return undefined // which the checks before have said
  }
}
