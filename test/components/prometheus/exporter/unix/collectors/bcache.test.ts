import { expect, it } from 'vitest'
import { bcache } from '../../../../../../src/components/prometheus/exporter/unix/collectors/bcache.ts'
import { samplesOf } from '../../../../../support/unix_tree.ts'

const set = 'sys/fs/bcache/dead-beef'
const tree: Record<string, string> = {
  'sys/fs/bcache/register': '',
  [`${set}/bdev0/dirty_data`]: '1.5k\n',
  [`${set}/bdev0/writeback_rate_debug`]:
    'rate:           1.1M/sec\ndirty:          20.4G\ntarget:         20.4G\nproportional:   -427.5k\nintegral:       790.0k\nchange:         321.5k/sec\nnext io:        17ms\n',
  [`${set}/cache0/io_errors`]: '1\n',
  [`${set}/cache0/metadata_written`]: '512\n',
  [`${set}/cache0/written`]: '0\n',
  [`${set}/cache0/priority_stats`]: 'Unused:\t\t99%\nMetadata:\t1%\nAverage:\t10473\n',
}
for (const file of [
  'average_key_size',
  'btree_cache_size',
  'cache_available_percent',
  'congested',
  'root_usage_percent',
  'tree_depth',
  'internal/active_journal_entries',
  'internal/btree_nodes',
  'internal/cache_read_races',
]) {
  tree[`${set}/${file}`] = '7\n'
}
tree[`${set}/internal/btree_read_average_duration_us`] = '1305\n'
for (const file of [
  'bypassed',
  'cache_hits',
  'cache_misses',
  'cache_bypass_hits',
  'cache_bypass_misses',
  'cache_miss_collisions',
  'cache_readaheads',
]) {
  tree[`${set}/bdev0/stats_total/${file}`] = '546\n'
}

it('reads sizes as the kernel rounds them', async () => {
  const samples = await samplesOf(bcache, tree)
  const labels = '{backing_device="bdev0",uuid="dead-beef"}'
  expect(samples).toContain(`node_bcache_dirty_data_bytes${labels} 1524`)
  expect(samples).toContain(`node_bcache_dirty_target_bytes${labels} 2.189426688e+10`)
  expect(samples).toContain(`node_bcache_writeback_rate${labels} 1.150976e+06`)
  expect(samples).toContain(`node_bcache_writeback_rate_proportional_term${labels} -437748`)
  expect(samples).toContain(`node_bcache_writeback_change${labels} 329204`)
  expect(samples).toContain(
    'node_bcache_btree_read_average_duration_seconds{uuid="dead-beef"} 1.305e-06',
  )
  expect(samples).toHaveLength(26)
})

it('reads priorities, which costs the kernel much, on request', async () => {
  const args = 'bcache {\n priority_stats = true\n}'
  const samples = await samplesOf(bcache, tree, { args })
  expect(samples.filter((line) => line.includes('priority'))).toEqual([
    'node_bcache_priority_stats_metadata_percent{cache_device="cache0",uuid="dead-beef"} 1',
    'node_bcache_priority_stats_unused_percent{cache_device="cache0",uuid="dead-beef"} 99',
  ])
})

it('finds no caches where there are none', async () => {
  expect(await samplesOf(bcache, {})).toEqual([])
})
