// zoneinfo: memory by node and zone.

import { type BuildCollector, counter, gauge } from '../collector.ts'
import { fieldsOf, linesOf, numberOf } from '../proc_text.ts'

type Spec = ReturnType<typeof gauge>

function pages(name: string, help: string): Spec {
  return gauge(`node_zoneinfo_${name}_pages`, help)
}

function total(name: string, help: string): Spec {
  return counter(`node_zoneinfo_${name}_total`, help)
}

/** By the first word of a line. */
const families: ReadonlyMap<string, Spec> = new Map([
  ['min', pages('min', 'Zone watermark pages_min')],
  ['low', pages('low', 'Zone watermark pages_low')],
  ['high', pages('high', 'Zone watermark pages_high')],
  ['scanned', pages('scanned', 'Pages scanned since last reclaim')],
  ['spanned', pages('spanned', 'Total pages spanned by the zone, including holes')],
  ['present', pages('present', 'Physical pages existing within the zone')],
  ['managed', pages('managed', 'Present pages managed by the buddy system')],
  ['nr_active_anon', pages('nr_active_anon', 'Number of anonymous pages recently more used')],
  ['nr_inactive_anon', pages('nr_inactive_anon', 'Number of anonymous pages recently less used')],
  ['nr_isolated_anon', pages('nr_isolated_anon', 'Temporary isolated pages from anon lru')],
  ['nr_anon_pages', pages('nr_anon', 'Number of anonymous pages currently used by the system')],
  [
    'nr_anon_transparent_hugepages',
    gauge(
      'node_zoneinfo_nr_anon_transparent_hugepages',
      'Number of anonymous transparent huge pages currently used by the system',
    ),
  ],
  ['nr_active_file', pages('nr_active_file', 'Number of active pages with file-backing')],
  ['nr_inactive_file', pages('nr_inactive_file', 'Number of inactive pages with file-backing')],
  ['nr_isolated_file', pages('nr_isolated_file', 'Temporary isolated pages from file lru')],
  ['nr_file_pages', pages('nr_file', 'Number of file pages')],
  ['nr_free_pages', pages('nr_free', 'Total number of free pages in the zone')],
  ['nr_slab_reclaimable', pages('nr_slab_reclaimable', 'Number of reclaimable slab pages')],
  ['nr_slab_unreclaimable', pages('nr_slab_unreclaimable', 'Number of unreclaimable slab pages')],
  ['nr_mlock_stack', pages('nr_mlock_stack', 'mlock()ed pages found and moved off LRU')],
  ['nr_kernel_stack', gauge('node_zoneinfo_nr_kernel_stacks', 'Number of kernel stacks')],
  ['nr_mapped', pages('nr_mapped', 'Number of mapped pages')],
  ['nr_dirty', pages('nr_dirty', 'Number of dirty pages')],
  ['nr_writeback', pages('nr_writeback', 'Number of writeback pages')],
  ['nr_unevictable', pages('nr_unevictable', 'Number of unevictable pages')],
  ['nr_shmem', pages('nr_shmem', 'Number of shmem pages (included tmpfs/GEM pages)')],
  ['nr_dirtied', total('nr_dirtied', 'Page dirtyings since bootup')],
  ['nr_written', total('nr_written', 'Page writings since bootup')],
  ['numa_hit', total('numa_hit', 'Allocated in intended node')],
  ['numa_miss', total('numa_miss', 'Allocated in non intended node')],
  ['numa_foreign', total('numa_foreign', 'Was intended here, hit elsewhere')],
  ['numa_interleave', total('numa_interleave', 'Interleaver preferred this zone')],
  ['numa_local', total('numa_local', 'Allocation from local node')],
  ['numa_other', total('numa_other', 'Allocation from other node')],
])

export const zoneinfo: BuildCollector = ({ host }) => ({
  name: 'zoneinfo',
  async collect(page) {
    let labels = { node: '', zone: '' }
    for (const line of linesOf(await host.read(host.proc('zoneinfo')))) {
      const [, node, zone] = /^Node (\d+), zone +(\S+)/.exec(line) ?? []
      if (node !== undefined && zone !== undefined) labels = { node, zone }
      const [key = '', value, ...rest] = fieldsOf(line)
      const family = families.get(key)
      // Lists of each CPU have words of the same name, followed by a colon.
      if (family !== undefined && rest.length === 0) page.add(family, numberOf(value), labels)
      if (key !== 'protection:') continue
      for (const [i, number] of (line.match(/\d+/g) ?? []).entries()) {
        const help = `Protection array ${i}. field`
        page.add(gauge(`node_zoneinfo_protection_${i}`, help), numberOf(number), labels)
      }
    }
  },
})
