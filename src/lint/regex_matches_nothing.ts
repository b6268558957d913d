// regex-matches-nothing

import { compileRe2 } from '../go/re2.ts'
import { factsOf } from './grammar/pattern.ts'
import type { Lint, Report } from './lint.ts'
import { patternSites } from './pattern_sites.ts'
import { type RuleSite, ruleLists } from './relabel_rules.ts'
import { attributeOf } from './visit.ts'

export const regexMatchesNothing: Lint = {
  code: 'regex-matches-nothing',
  severity: 'warning',
  summary: 'A regular expression cannot match any of the texts that it is given.',
  check(config, report) {
    for (const { pattern, attribute } of patternSites(config)) {
      if (factsOf(pattern).isImpossible) {
        report(attribute.value.span, 'no text matches this regular expression')
      }
    }
    for (const rule of ruleLists(config).flat()) checkSeparators(rule, report)
  },
}

/** Values of several labels have separators between them, which the pattern must take. */
function checkSeparators({ site, regex, sourceLabels, separator }: RuleSite, report: Report): void {
  const attribute = attributeOf(site.block, 'regex')
  if (attribute === undefined || regex === undefined || sourceLabels === undefined) return
  if (separator === undefined || [...separator].length !== 1 || !isPattern(regex)) return
  const { occurrencesMax, isImpossible } = factsOf(regex, separator)
  const needed = sourceLabels.length - 1
  if (isImpossible || occurrencesMax >= needed) return
  report(
    attribute.value.span,
    `this never matches: the values of ${sourceLabels.length} labels are joined by ` +
      `${JSON.stringify(separator)}, which the regular expression does not take`,
    `Write it as VALUE${separator}VALUE, in the order of source_labels.`,
  )
}

function isPattern(text: string): boolean {
  try {
    compileRe2(text)
    return true
  } catch {
    return false // which the checks before have said
  }
}
