import { expect, it } from 'vitest'
import { netdev } from '../../../../../../src/components/prometheus/exporter/unix/collectors/netdev.ts'
import { samplesOf } from '../../../../../support/unix_tree.ts'

const text = [
  'Inter-|   Receive                                                |  Transmit',
  ' face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs drop fifo colls carrier compressed',
  '  eth0: 10 11 12 13 14 15 16 17 20 21 22 23 24 25 26 27',
  'veth0@x:1 0 0 0 0 0 0 0 2 0 0 0 0 0 0 0',
  '',
].join('\n')
const tree = { 'proc/net/dev': text }

it('names each column of both directions', async () => {
  const samples = await samplesOf(netdev, tree, { args: 'netdev { device_include = "^eth" }' })
  expect(samples).toEqual([
    'node_network_receive_bytes_total{device="eth0"} 10',
    'node_network_receive_compressed_total{device="eth0"} 16',
    'node_network_receive_drop_total{device="eth0"} 13',
    'node_network_receive_errs_total{device="eth0"} 12',
    'node_network_receive_fifo_total{device="eth0"} 14',
    'node_network_receive_frame_total{device="eth0"} 15',
    'node_network_receive_multicast_total{device="eth0"} 17',
    'node_network_receive_packets_total{device="eth0"} 11',
    'node_network_transmit_bytes_total{device="eth0"} 20',
    'node_network_transmit_carrier_total{device="eth0"} 26',
    'node_network_transmit_colls_total{device="eth0"} 25',
    'node_network_transmit_compressed_total{device="eth0"} 27',
    'node_network_transmit_drop_total{device="eth0"} 23',
    'node_network_transmit_errs_total{device="eth0"} 22',
    'node_network_transmit_fifo_total{device="eth0"} 24',
    'node_network_transmit_packets_total{device="eth0"} 21',
  ])
})

it('leaves devices out', async () => {
  const samples = await samplesOf(netdev, tree, { args: 'netdev { device_exclude = "^eth" }' })
  expect(samples.length).toBe(16)
  expect(samples).toContain('node_network_transmit_bytes_total{device="veth0@x"} 2')
})

it('tells addresses where it is told to', async () => {
  const args = 'netdev {\n address_info = true\n device_include = "^lo$"\n}'
  const samples = await samplesOf(netdev, tree, { args })
  const expected = { address: '127.0.0.1', device: 'lo', netmask: '8', scope: 'link-local' }
  const labels = Object.entries(expected).map(([name, value]) => `${name}="${value}"`)
  expect(samples).toContain(`node_network_address_info{${labels.join(',')}} 1`)
})

it.each([
  ['a row of another length', 'a|b|c\n|x|y\n eth0: 1\n', 'cannot read the traffic of eth0'],
  ['a value that is none', 'a|b|c\n|x|y\n eth0: 1 z\n', 'cannot read "z" as a number'],
])('refuses %s', async (_, broken, message) => {
  await expect(samplesOf(netdev, { 'proc/net/dev': broken })).rejects.toThrow(message)
})

it('takes one pattern only', async () => {
  const args = 'netdev {\n device_exclude = "a"\n device_include = "b"\n}'
  await expect(samplesOf(netdev, tree, { args })).rejects.toThrow(
    'device-exclude & device-include are mutually exclusive',
  )
})
