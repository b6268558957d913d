// federate-labels

import type { Lint } from './lint.ts'
import { attributeOf, settingOf, textOf } from './visit.ts'

export const federateLabels: Lint = {
  code: 'federate-labels',
  severity: 'warning',
  summary: 'What is scraped has labels of its own, such as job, which honor_labels has to keep.',
  check({ blocks }, report) {
    for (const site of blocks) {
      const isScrape = site.node.block.name === 'prometheus.scrape' && site.path.length === 0
      if (!isScrape || settingOf(site, 'honor_labels').value !== false) continue
      const path = textOf(settingOf(site, 'metrics_path').value)
      const attribute = attributeOf(site.block, 'metrics_path')
      if (path === undefined || attribute === undefined || !/\/federate\/?$/.test(path)) continue
      report(
        attribute.span,
        'labels of federated series, such as job and instance, become exported_job and so on',
        'Add honor_labels = true.',
      )
    }
  },
}
