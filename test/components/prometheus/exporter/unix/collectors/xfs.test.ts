import { expect, it } from 'vitest'
import { xfs } from '../../../../../../src/components/prometheus/exporter/unix/collectors/xfs.ts'
import { samplesOf } from '../../../../../support/unix_tree.ts'

it('gives the counts of each file system', async () => {
  const tree = {
    'sys/fs/xfs/sda1/stats/stats': 'extent_alloc 1 872 0 5\nig 5 1 0 4 0 0 1\nrw 28 3\nxpc 9 9\n',
    'sys/fs/xfs/stats/stats': 'rw 1 1\n',
  }
  expect(await samplesOf(xfs, tree)).toEqual([
    'node_xfs_extent_allocation_blocks_allocated_total{device="sda1"} 872',
    'node_xfs_extent_allocation_blocks_freed_total{device="sda1"} 5',
    'node_xfs_extent_allocation_extents_allocated_total{device="sda1"} 1',
    'node_xfs_extent_allocation_extents_freed_total{device="sda1"} 0',
    'node_xfs_inode_operation_attempts_total{device="sda1"} 5',
    'node_xfs_inode_operation_attribute_changes_total{device="sda1"} 1',
    'node_xfs_inode_operation_duplicates_total{device="sda1"} 0',
    'node_xfs_inode_operation_found_total{device="sda1"} 1',
    'node_xfs_inode_operation_missed_total{device="sda1"} 4',
    'node_xfs_inode_operation_reclaims_total{device="sda1"} 0',
    'node_xfs_inode_operation_recycled_total{device="sda1"} 0',
    'node_xfs_read_calls_total{device="sda1"} 3',
    'node_xfs_write_calls_total{device="sda1"} 28',
  ])
})

it('gives nothing where there is none', async () => {
  expect(await samplesOf(xfs, {})).toEqual([])
})
