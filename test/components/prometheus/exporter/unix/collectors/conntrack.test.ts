import { expect, it } from 'vitest'
import { conntrack } from '../../../../../../src/components/prometheus/exporter/unix/collectors/conntrack.ts'
import { samplesOf } from '../../../../../support/unix_tree.ts'

it('sums hexadecimal counts over the CPUs, columns in any order', async () => {
  const tree = {
    'proc/sys/net/netfilter/nf_conntrack_count': '123\n',
    'proc/sys/net/netfilter/nf_conntrack_max': '65536\n',
    'proc/net/stat/nf_conntrack':
      'entries drop found\n00000021 0000000a 00000001\n00000021 00000010 00000002\n',
  }
  expect(await samplesOf(conntrack, tree)).toEqual([
    'node_nf_conntrack_entries 123',
    'node_nf_conntrack_entries_limit 65536',
    'node_nf_conntrack_stat_drop 26',
    'node_nf_conntrack_stat_early_drop 0',
    'node_nf_conntrack_stat_found 3',
    'node_nf_conntrack_stat_ignore 0',
    'node_nf_conntrack_stat_insert 0',
    'node_nf_conntrack_stat_insert_failed 0',
    'node_nf_conntrack_stat_invalid 0',
    'node_nf_conntrack_stat_search_restart 0',
  ])
})

it('has nothing to say without the kernel module', async () => {
  await expect(samplesOf(conntrack, {})).rejects.toThrow('ENOENT')
})
