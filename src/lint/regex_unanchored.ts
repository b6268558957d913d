// regex-unanchored

import type { Lint } from './lint.ts'
import { patternSites } from './pattern_sites.ts'

export const regexUnanchored: Lint = {
  code: 'regex-unanchored',
  severity: 'warning',
  summary: 'A regular expression that excludes whole names matches parts of them too.',
  check(config, report) {
    for (const { node, pattern, attribute, isAnchored } of patternSites(config)) {
      if (isAnchored || node.block.name !== 'prometheus.exporter.unix') continue
      if (!excluding.test(attribute.name) || pattern === '' || pattern.includes('^')) continue
      report(
        attribute.value.span,
        'this excludes every name with such a text anywhere in it',
        `Write ^(${pattern})$ to exclude whole names.`,
      )
    }
  },
}

const excluding = /^(?:.*_exclude|ignored_devices)$/
