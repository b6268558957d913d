import { expect, it } from 'vitest'
import { btrfs } from '../../../../../../src/components/prometheus/exporter/unix/collectors/btrfs.ts'
import { samplesOf } from '../../../../../support/unix_tree.ts'

function fileSystem(mode: string, devices: readonly string[]): Record<string, string> {
  const path = 'sys/fs/btrfs/aa-bb'
  const tree: Record<string, string> = {
    'sys/fs/btrfs/features/raid56': '0\n',
    [`${path}/label`]: 'data\n',
    [`${path}/allocation/global_rsv_size`]: '16777216\n',
  }
  for (const device of devices) tree[`${path}/devices/${device}/size`] = '2048\n'
  for (const group of ['data', 'metadata', 'system']) {
    tree[`${path}/allocation/${group}/bytes_reserved`] = '1\n'
    tree[`${path}/allocation/${group}/${mode}/used_bytes`] = '2\n'
    tree[`${path}/allocation/${group}/${mode}/total_bytes`] = '3\n'
  }
  return tree
}

it('gives devices, space and commits', async () => {
  const tree = {
    ...fileSystem('single', ['sda']),
    'sys/fs/btrfs/aa-bb/commit_stats':
      'commits 258051\nlast_commit_ms 1000\nmax_commit_ms 51462\ntotal_commit_ms 47836090\n',
  }
  const samples = await samplesOf(btrfs, tree)
  expect(samples.filter((line) => !line.includes('system') && !line.includes('metadata'))).toEqual([
    'node_btrfs_allocation_ratio{block_group_type="data",mode="single",uuid="aa-bb"} 1',
    'node_btrfs_commit_seconds_total{uuid="aa-bb"} 47836.09',
    'node_btrfs_commits_total{uuid="aa-bb"} 258051',
    'node_btrfs_device_size_bytes{device="sda",uuid="aa-bb"} 1.048576e+06',
    'node_btrfs_global_rsv_size_bytes{uuid="aa-bb"} 1.6777216e+07',
    'node_btrfs_info{label="data",uuid="aa-bb"} 1',
    'node_btrfs_last_commit_seconds{uuid="aa-bb"} 1',
    'node_btrfs_max_commit_seconds{uuid="aa-bb"} 51.462',
    'node_btrfs_reserved_bytes{block_group_type="data",uuid="aa-bb"} 1',
    'node_btrfs_size_bytes{block_group_type="data",mode="single",uuid="aa-bb"} 3',
    'node_btrfs_used_bytes{block_group_type="data",mode="single",uuid="aa-bb"} 2',
  ])
})

it.each([
  ['dup', ['a'], '2'],
  ['raid0', ['a', 'b'], '1'],
  ['raid1', ['a', 'b'], '2'],
  ['raid1c3', ['a', 'b', 'c'], '3'],
  ['raid1c4', ['a', 'b', 'c', 'd'], '4'],
  ['raid10', ['a', 'b', 'c', 'd'], '2'],
  ['raid5', ['a', 'b', 'c', 'd'], '1.3333333333333333'],
  ['raid6', ['a', 'b', 'c', 'd'], '2'],
])('%s on %j takes so many bytes for one', async (mode, devices, ratio) => {
  expect(await samplesOf(btrfs, fileSystem(mode, devices))).toContain(
    `node_btrfs_allocation_ratio{block_group_type="data",mode="${mode}",uuid="aa-bb"} ${ratio}`,
  )
})
