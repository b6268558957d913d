// bcache: caches of block devices on faster ones.

import type {
  FamilySpec,
  MetricPage,
  PageLabels,
} from '../../../../../wire/exposition/metric_page.ts'
import { type BuildCollector, counter, gauge } from '../collector.ts'
import type { Host } from '../host.ts'
import { linesOf, numberOf } from '../proc_text.ts'

/** By the file below the set's own directory. */
const setFiles: readonly (readonly [file: string, family: FamilySpec, unit: number])[] = [
  [
    'average_key_size',
    gauge('node_bcache_average_key_size_sectors', 'Average data per key in the btree (sectors).'),
    1,
  ],
  [
    'btree_cache_size',
    gauge(
      'node_bcache_btree_cache_size_bytes',
      'Amount of memory currently used by the btree cache.',
    ),
    1,
  ],
  [
    'cache_available_percent',
    gauge(
      'node_bcache_cache_available_percent',
      'Percentage of cache device without dirty data, usable for writeback (may contain ' +
        'clean cached data).',
    ),
    1,
  ],
  ['congested', gauge('node_bcache_congested', 'Congestion.'), 1],
  [
    'root_usage_percent',
    gauge(
      'node_bcache_root_usage_percent',
      'Percentage of the root btree node in use (tree depth increases if too high).',
    ),
    1,
  ],
  ['tree_depth', gauge('node_bcache_tree_depth', 'Depth of the btree.'), 1],
  [
    'internal/active_journal_entries',
    gauge(
      'node_bcache_active_journal_entries',
      'Number of journal entries that are newer than the index.',
    ),
    1,
  ],
  ['internal/btree_nodes', gauge('node_bcache_btree_nodes', 'Total nodes in the btree.'), 1],
  [
    'internal/btree_read_average_duration_us',
    gauge('node_bcache_btree_read_average_duration_seconds', 'Average btree read duration.'),
    // The file's name says microseconds; the original takes them for nanoseconds.
    1e-9,
  ],
  [
    'internal/cache_read_races',
    counter(
      'node_bcache_cache_read_races_total',
      'Counts instances where while data was being read from the cache, the bucket was ' +
        'reused and invalidated - i.e. where the pointer was stale after the read completed.',
    ),
    1,
  ],
]

/** By the file below `stats_total` of a backing device. */
const totals: { readonly [file: string]: FamilySpec } = {
  bypassed: counter(
    'node_bcache_bypassed_bytes_total',
    'Amount of IO (both reads and writes) that has bypassed the cache.',
  ),
  cache_hits: counter(
    'node_bcache_cache_hits_total',
    'Hits counted per individual IO as bcache sees them.',
  ),
  cache_misses: counter(
    'node_bcache_cache_misses_total',
    'Misses counted per individual IO as bcache sees them.',
  ),
  cache_bypass_hits: counter(
    'node_bcache_cache_bypass_hits_total',
    'Hits for IO intended to skip the cache.',
  ),
  cache_bypass_misses: counter(
    'node_bcache_cache_bypass_misses_total',
    'Misses for IO intended to skip the cache.',
  ),
  cache_miss_collisions: counter(
    'node_bcache_cache_miss_collisions_total',
    'Instances where data insertion from cache miss raced with write (data already present).',
  ),
  cache_readaheads: counter(
    'node_bcache_cache_readaheads_total',
    'Count of times readahead occurred.',
  ),
}

const dirtyData = gauge(
  'node_bcache_dirty_data_bytes',
  'Amount of dirty data for this backing device in the cache.',
)

/** By the line of `writeback_rate_debug`. */
const writeback: { readonly [line: string]: FamilySpec } = {
  rate: gauge(
    'node_bcache_writeback_rate',
    'Current writeback rate for this backing device in bytes.',
  ),
  target: gauge(
    'node_bcache_dirty_target_bytes',
    'Current dirty data target threshold for this backing device in bytes.',
  ),
  proportional: gauge(
    'node_bcache_writeback_rate_proportional_term',
    'Current result of proportional controller, part of writeback rate',
  ),
  integral: gauge(
    'node_bcache_writeback_rate_integral_term',
    'Current result of integral controller, part of writeback rate',
  ),
  change: gauge(
    'node_bcache_writeback_change',
    'Last writeback rate change step for this backing device.',
  ),
}

const cacheFiles: { readonly [file: string]: FamilySpec } = {
  io_errors: gauge(
    'node_bcache_io_errors',
    'Number of errors that have occurred, decayed by io_error_halflife.',
  ),
  metadata_written: counter(
    'node_bcache_metadata_written_bytes_total',
    'Sum of all non data writes (btree writes and all other metadata).',
  ),
  written: counter(
    'node_bcache_written_bytes_total',
    'Sum of all data that has been written to the cache.',
  ),
}

const priorityStats: { readonly [line: string]: FamilySpec } = {
  Unused: gauge(
    'node_bcache_priority_stats_unused_percent',
    "The percentage of the cache that doesn't contain any data.",
  ),
  Metadata: gauge('node_bcache_priority_stats_metadata_percent', "Bcache's metadata overhead."),
}

export const bcache: BuildCollector = ({ args, host }) => ({
  name: 'bcache',
  async collect(page) {
    const directory = host.sys('fs/bcache')
    for (const uuid of await host.listIfAny(directory)) {
      const path = `${directory}/${uuid}`
      if (!uuid.includes('-') || !(await host.isDirectory(path))) continue
      for (const [file, family, unit] of setFiles) {
        page.add(family, (await sizeIn(host, `${path}/${file}`)) * unit, { uuid })
      }
      for (const name of await host.list(path)) {
        if (/^bdev\d+$/.test(name)) {
          await addBacking(page, host, `${path}/${name}`, { uuid, backing_device: name })
        } else if (/^cache\d+$/.test(name)) {
          const labels = { uuid, cache_device: name }
          await addCache(page, host, `${path}/${name}`, labels)
          if (args.bcache.priority_stats) await addPriority(page, host, `${path}/${name}`, labels)
        }
      }
    }
  },
})

async function addBacking(
  page: MetricPage,
  host: Host,
  path: string,
  labels: PageLabels,
): Promise<void> {
  page.add(dirtyData, await sizeIn(host, `${path}/dirty_data`), labels)
  for (const [file, family] of Object.entries(totals)) {
    page.add(family, await sizeIn(host, `${path}/stats_total/${file}`), labels)
  }
  const lines = await host.read(`${path}/writeback_rate_debug`)
  for (const [line, value] of pairsOf(lines)) {
    const family = Object.hasOwn(writeback, line) ? writeback[line] : undefined
    if (family !== undefined) page.add(family, sizeOf(value.replace(/\/sec$/, '')), labels)
  }
}

async function addCache(
  page: MetricPage,
  host: Host,
  path: string,
  labels: PageLabels,
): Promise<void> {
  for (const [file, family] of Object.entries(cacheFiles)) {
    page.add(family, await sizeIn(host, `${path}/${file}`), labels)
  }
}

async function addPriority(
  page: MetricPage,
  host: Host,
  path: string,
  labels: PageLabels,
): Promise<void> {
  for (const [line, value] of pairsOf(await host.read(`${path}/priority_stats`))) {
    const family = Object.hasOwn(priorityStats, line) ? priorityStats[line] : undefined
    if (family !== undefined) page.add(family, numberOf(value.replace(/%$/, '')), labels)
  }
}

/** `rate:           1.1M/sec` */
function pairsOf(text: string): (readonly [name: string, value: string])[] {
  return linesOf(text).map((line) => {
    const colon = line.indexOf(':')
    return [line.slice(0, colon), line.slice(colon + 1).trim()]
  })
}

async function sizeIn(host: Host, path: string): Promise<number> {
  return sizeOf((await host.read(path)).trim())
}

/**
 * A size as the kernel rounds it: the digit behind the point counts hundreds of the unit below, so
 * `1.1M` is 1 MiB and 100 KiB.
 */
function sizeOf(text: string): number {
  const [, sign, whole, tenth = '0', unit] = /^(-?)(\d+)(?:\.(\d))?([kMGTPEZY]?)$/.exec(text) ?? []
  if (unit === undefined) throw new Error(`cannot read ${JSON.stringify(text)} as a size`)
  if (unit === '') return numberOf(text)
  const scale = 1024 ** ('kMGTPEZY'.indexOf(unit) + 1)
  const size = numberOf(whole) * scale + (numberOf(tenth) * 100 * scale) / 1024
  return sign === '-' ? -size : size
}
