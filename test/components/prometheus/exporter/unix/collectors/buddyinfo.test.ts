import { expect, it } from 'vitest'
import { buddyinfo } from '../../../../../../src/components/prometheus/exporter/unix/collectors/buddyinfo.ts'
import { samplesOf } from '../../../../../support/unix_tree.ts'

it('gives blocks by node, zone and size', async () => {
  const tree = { 'proc/buddyinfo': 'Node 0, zone      DMA      1      0      2 \n' }
  expect(await samplesOf(buddyinfo, tree)).toEqual([
    'node_buddyinfo_blocks{node="0",size="0",zone="DMA"} 1',
    'node_buddyinfo_blocks{node="0",size="1",zone="DMA"} 0',
    'node_buddyinfo_blocks{node="0",size="2",zone="DMA"} 2',
  ])
})

it('fails on a file of another shape', async () => {
  await expect(samplesOf(buddyinfo, { 'proc/buddyinfo': 'x\n' })).rejects.toThrow('zone x')
})
