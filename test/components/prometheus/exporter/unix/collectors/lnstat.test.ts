import { expect, it } from 'vitest'
import { lnstat } from '../../../../../../src/components/prometheus/exporter/unix/collectors/lnstat.ts'
import { samplesOf } from '../../../../../support/unix_tree.ts'

it('gives every column of every cache by CPU', async () => {
  const tree = {
    'proc/net/stat/arp_cache': 'entries  allocs\n00000014  0000000a\n00000014  0000000b\n',
  }
  expect(await samplesOf(lnstat, tree)).toEqual([
    'node_lnstat_allocs_total{cpu="0",subsystem="arp_cache"} 10',
    'node_lnstat_allocs_total{cpu="1",subsystem="arp_cache"} 11',
    'node_lnstat_entries_total{cpu="0",subsystem="arp_cache"} 20',
    'node_lnstat_entries_total{cpu="1",subsystem="arp_cache"} 20',
  ])
})
