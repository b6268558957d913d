import { expect, it } from 'vitest'
import { xfrm } from '../../../../../../src/components/prometheus/exporter/unix/collectors/xfrm.ts'
import { samplesOf } from '../../../../../support/unix_tree.ts'

it("makes words of the kernel's names", async () => {
  const text = 'XfrmInError                     1\nXfrmOutStateSeqError 543\nXfrmNewOne 7\n'
  expect(await samplesOf(xfrm, { 'proc/net/xfrm_stat': text })).toEqual([
    'node_xfrm_in_error_packets_total 1',
    'node_xfrm_out_state_seq_error_packets_total 543',
  ])
})
