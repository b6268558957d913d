import { expect, it } from 'vitest'
import { fibrechannel } from '../../../../../../src/components/prometheus/exporter/unix/collectors/fibrechannel.ts'
import { samplesOf } from '../../../../../support/unix_tree.ts'

it('gives texts without 0x and counts but those that do not count', async () => {
  const host = 'sys/class/fc_host/host0'
  const tree = {
    [`${host}/port_name`]: '0x1000e0071bce95f2\n',
    [`${host}/speed`]: '16 Gbit\n',
    [`${host}/statistics/rx_frames`]: '0x10\n',
    [`${host}/statistics/tx_words`]: '0xfffffffffffffffe\n',
    [`${host}/statistics/dumped_frames`]: '0xffffffffffffffff\n',
  }
  expect(await samplesOf(fibrechannel, tree)).toEqual([
    'node_fibrechannel_info{dev_loss_tmo="",fabric_name="",fc_host="host0",port_id="",port_name="1000e0071bce95f2",port_state="",port_type="",speed="16 Gbit",supported_classes="",supported_speeds="",symbolic_name=""} 1',
    'node_fibrechannel_rx_frames_total{fc_host="host0"} 16',
    'node_fibrechannel_tx_words_total{fc_host="host0"} 1.8446744073709552e+19',
  ])
})
