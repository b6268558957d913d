import { expect, it } from 'vitest'
import { zoneinfo } from '../../../../../../src/components/prometheus/exporter/unix/collectors/zoneinfo.ts'
import { samplesOf } from '../../../../../support/unix_tree.ts'

it('tells zones and nodes apart', async () => {
  const text = [
    'Node 0, zone      DMA',
    '  per-node stats',
    '      nr_dirtied   1189097',
    '  pages free     2949',
    '        min      8',
    '        protection: (0, 2039)',
    '      nr_free_pages 2949',
    '  pagesets',
    '    cpu: 0',
    '              high:  6',
    'Node 1, zone   Normal',
    '        min      9',
    '      numa_hit     1',
    '',
  ].join('\n')
  expect(await samplesOf(zoneinfo, { 'proc/zoneinfo': text })).toEqual([
    'node_zoneinfo_min_pages{node="0",zone="DMA"} 8',
    'node_zoneinfo_min_pages{node="1",zone="Normal"} 9',
    'node_zoneinfo_nr_dirtied_total{node="0",zone="DMA"} 1.189097e+06',
    'node_zoneinfo_nr_free_pages{node="0",zone="DMA"} 2949',
    'node_zoneinfo_numa_hit_total{node="1",zone="Normal"} 1',
    'node_zoneinfo_protection_0{node="0",zone="DMA"} 0',
    'node_zoneinfo_protection_1{node="0",zone="DMA"} 2039',
  ])
})
