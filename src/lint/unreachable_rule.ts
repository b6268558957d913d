// unreachable-rule

import { factsOf } from './grammar/pattern.ts'
import type { Lint } from './lint.ts'
import { takesAnyText } from './regex_matches_everything.ts'
import { type RuleSite, ruleLists } from './relabel_rules.ts'

export const unreachableRule: Lint = {
  code: 'unreachable-rule',
  severity: 'warning',
  summary: 'A relabeling rule stands behind one that lets nothing through.',
  check(config, report) {
    for (const rules of ruleLists(config)) {
      const last = rules.findIndex(letsNothingThrough)
      const next = last < 0 ? undefined : rules[last + 1]
      if (next === undefined) continue
      report(next.site.block.nameSpan, 'nothing reaches this rule: the one before drops everything')
    }
  },
}

function letsNothingThrough({ action, regex }: RuleSite): boolean {
  if (regex === undefined) return false
  if (action === 'drop') return takesAnyText(regex)
  return action === 'keep' && factsOf(regex).isImpossible
}
