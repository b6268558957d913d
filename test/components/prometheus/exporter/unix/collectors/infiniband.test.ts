import { expect, it } from 'vitest'
import { infiniband } from '../../../../../../src/components/prometheus/exporter/unix/collectors/infiniband.ts'
import { samplesOf } from '../../../../../support/unix_tree.ts'

it('gives states, rates and counters that are numbers', async () => {
  const port = 'sys/class/infiniband/mlx4_0/ports/1'
  const tree = {
    'sys/class/infiniband/mlx4_0/fw_ver': '2.31.5050\n',
    [`${port}/state`]: '4: ACTIVE\n',
    [`${port}/phys_state`]: '5: LinkUp\n',
    [`${port}/rate`]: '2.5 Gb/sec (1X SDR)\n',
    [`${port}/counters/port_rcv_data`]: '100\n',
    [`${port}/counters/link_downed`]: 'N/A (no PMA)\n',
    [`${port}/counters_ext/port_xmit_data_64`]: '3\n',
  }
  expect(await samplesOf(infiniband, tree)).toEqual([
    'node_infiniband_info{board_id="",device="mlx4_0",firmware_version="2.31.5050",hca_type=""} 1',
    'node_infiniband_legacy_data_transmitted_bytes_total{device="mlx4_0",port="1"} 12',
    'node_infiniband_physical_state_id{device="mlx4_0",port="1"} 5',
    'node_infiniband_port_data_received_bytes_total{device="mlx4_0",port="1"} 400',
    'node_infiniband_rate_bytes_per_second{device="mlx4_0",port="1"} 3.125e+08',
    'node_infiniband_state_id{device="mlx4_0",port="1"} 4',
  ])
})
