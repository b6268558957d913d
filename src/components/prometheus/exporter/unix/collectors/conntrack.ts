// conntrack: tracked connections, and what the tracking did, summed over the CPUs.

import { type BuildCollector, gauge } from '../collector.ts'
import { fieldsOf, linesOf, numberOf } from '../proc_text.ts'

const entries = gauge(
  'node_nf_conntrack_entries',
  'Number of currently allocated flow entries for connection tracking.',
)
const limit = gauge('node_nf_conntrack_entries_limit', 'Maximum size of connection tracking table.')

/** By the column's name. */
const statistics = {
  found: gauge('node_nf_conntrack_stat_found', 'Number of searched entries which were successful.'),
  invalid: gauge(
    'node_nf_conntrack_stat_invalid',
    'Number of packets seen which can not be tracked.',
  ),
  ignore: gauge(
    'node_nf_conntrack_stat_ignore',
    'Number of packets seen which are already connected to a conntrack entry.',
  ),
  insert: gauge('node_nf_conntrack_stat_insert', 'Number of entries inserted into the list.'),
  insert_failed: gauge(
    'node_nf_conntrack_stat_insert_failed',
    'Number of entries for which list insertion was attempted but failed.',
  ),
  drop: gauge('node_nf_conntrack_stat_drop', 'Number of packets dropped due to conntrack failure.'),
  early_drop: gauge(
    'node_nf_conntrack_stat_early_drop',
    'Number of dropped conntrack entries to make room for new ones, if maximum table size ' +
      'was reached.',
  ),
  search_restart: gauge(
    'node_nf_conntrack_stat_search_restart',
    'Number of conntrack table lookups which had to be restarted due to hashtable resizes.',
  ),
}

export const conntrack: BuildCollector = ({ host }) => ({
  name: 'conntrack',
  async collect(page) {
    const netfilter = host.proc('sys/net/netfilter')
    page.add(entries, numberOf((await host.read(`${netfilter}/nf_conntrack_count`)).trim()))
    page.add(limit, numberOf((await host.read(`${netfilter}/nf_conntrack_max`)).trim()))
    const [head = '', ...cpus] = linesOf(await host.read(host.proc('net/stat/nf_conntrack')))
    const columns = fieldsOf(head)
    const rows = cpus.map(fieldsOf)
    for (const [name, family] of Object.entries(statistics)) {
      const column = columns.indexOf(name)
      page.add(family, column < 0 ? 0 : sumOf(rows, column))
    }
  },
})

function sumOf(rows: readonly (readonly string[])[], column: number): number {
  let sum = 0
  for (const row of rows) sum += numberOf(`${Number.parseInt(row[column] ?? '', 16)}`)
  return sum
}
