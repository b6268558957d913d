import { expect, it } from 'vitest'
import { slabinfo } from '../../../../../../src/components/prometheus/exporter/unix/collectors/slabinfo.ts'
import { samplesOf } from '../../../../../support/unix_tree.ts'

it('gives each slab', async () => {
  const text =
    'slabinfo - version: 2.1\n# name <active_objs>\nkmalloc-8192 132 148 8192 4 8 : tunables 0 0 0\n'
  expect(await samplesOf(slabinfo, { 'proc/slabinfo': text })).toEqual([
    'node_slabinfo_active_objects{slab="kmalloc-8192"} 132',
    'node_slabinfo_object_size_bytes{slab="kmalloc-8192"} 8192',
    'node_slabinfo_objects{slab="kmalloc-8192"} 148',
    'node_slabinfo_objects_per_slab{slab="kmalloc-8192"} 4',
    'node_slabinfo_pages_per_slab{slab="kmalloc-8192"} 8',
  ])
})
