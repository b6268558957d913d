// ksmd: the kernel's merging of equal pages.

import type { FamilySpec } from '../../../../../wire/exposition/metric_page.ts'
import { type BuildCollector, counter, gauge } from '../collector.ts'
import { optionalNumber } from '../proc_text.ts'

/** By the file; the help is the kernel's documentation of it. */
const families: { readonly [file: string]: FamilySpec } = {
  full_scans: counter(
    'node_ksmd_full_scans_total',
    'How many times all mergeable areas have been scanned.',
  ),
  general_profit: gauge(
    'node_ksmd_general_profit_bytes',
    'How effective is KSM. ksm_saved_pages * sizeof(page) - (all_rmap_items) * sizeof(rmap_item)',
  ),
  merge_across_nodes: gauge(
    'node_ksmd_merge_across_nodes',
    'Specifies if pages from different NUMA nodes can be merged.',
  ),
  pages_shared: gauge('node_ksmd_pages_shared', 'How many shared pages are being used.'),
  pages_sharing: gauge(
    'node_ksmd_pages_sharing',
    'How many more sites are sharing them i.e. how much saved.',
  ),
  pages_to_scan: gauge(
    'node_ksmd_pages_to_scan',
    'How many present pages to scan before ksmd goes to sleep.',
  ),
  pages_unshared: gauge(
    'node_ksmd_pages_unshared',
    'How many pages unique but repeatedly checked for merging.',
  ),
  pages_volatile: gauge(
    'node_ksmd_pages_volatile',
    'How many pages changing too fast to be placed in a tree.',
  ),
  run: gauge('node_ksmd_run', 'Whether ksmd daemon has run.'),
  sleep_millisecs: gauge(
    'node_ksmd_sleep_seconds',
    'How many seconds ksmd should sleep before next scan.',
  ),
}

export const ksmd: BuildCollector = ({ host }) => ({
  name: 'ksmd',
  async collect(page) {
    const directory = host.sys('kernel/mm/ksm')
    await host.list(directory)
    for (const [file, family] of Object.entries(families)) {
      const value = optionalNumber(await host.attribute(`${directory}/${file}`))
      if (value !== undefined) page.add(family, file === 'sleep_millisecs' ? value / 1000 : value)
    }
  },
})
