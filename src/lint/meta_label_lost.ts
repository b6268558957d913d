// meta-label-lost

import type { Lint } from './lint.ts'
import { ruleLists } from './relabel_rules.ts'
import { attributeOf } from './visit.ts'

export const metaLabelLost: Lint = {
  code: 'meta-label-lost',
  severity: 'warning',
  summary: 'A rule for samples reads a label that only targets have.',
  check(config, report) {
    for (const { site, sourceLabels } of ruleLists(config).flat()) {
      const isForSamples =
        site.node.block.name === 'prometheus.relabel' || site.path.at(-1) === 'write_relabel_config'
      const lost = sourceLabels?.find((name) => name.startsWith('__meta_'))
      const attribute = attributeOf(site.block, 'source_labels')
      if (!isForSamples || lost === undefined || attribute === undefined) continue
      report(
        attribute.value.span,
        `samples have no label ${lost}: labels that begin with "__" end at the scrape`,
        'Copy it to a label without "__" in discovery.relabel, before the scrape.',
      )
    }
  },
}
