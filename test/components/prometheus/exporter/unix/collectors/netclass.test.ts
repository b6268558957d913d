import { expect, it } from 'vitest'
import { netclass } from '../../../../../../src/components/prometheus/exporter/unix/collectors/netclass.ts'
import { samplesOf } from '../../../../../support/unix_tree.ts'

const device = (name: string, files: Readonly<Record<string, string>>) =>
  Object.fromEntries(
    Object.entries(files).map(([file, text]) => [`sys/class/net/${name}/${file}`, `${text}\n`]),
  )

it('reads properties in decimal and hexadecimal', async () => {
  const files = {
    address: '02:00:00:00:00:01',
    broadcast: 'ff:ff:ff:ff:ff:ff',
    carrier_changes: '2',
    dev_id: '0x20',
    duplex: 'full',
    flags: '0x1303',
    ifalias: 'up "link"',
    mtu: '1500',
    operstate: 'up',
    speed: '1000',
  }
  expect(await samplesOf(netclass, device('eth0', files))).toEqual([
    'node_network_carrier_changes_total{device="eth0"} 2',
    'node_network_device_id{device="eth0"} 32',
    'node_network_flags{device="eth0"} 4867',
    'node_network_info{address="02:00:00:00:00:01",adminstate="up",broadcast="ff:ff:ff:ff:ff:ff",device="eth0",duplex="full",ifalias="up \\"link\\"",operstate="up"} 1',
    'node_network_mtu_bytes{device="eth0"} 1500',
    'node_network_speed_bytes{device="eth0"} 1.25e+08',
    'node_network_up{device="eth0"} 1',
  ])
})

it.each([
  [false, ['node_network_speed_bytes{device="eth0"} -125000']],
  [true, []],
])('may leave out a speed that the driver does not know: %s', async (skips, expected) => {
  const args = `netclass { ignore_invalid_speed_device = ${String(skips)} }`
  const tree = device('eth0', { speed: '-1', operstate: 'down', flags: '0x1002' })
  const samples = await samplesOf(netclass, tree, { args })
  expect(samples.filter((line) => line.includes('speed'))).toEqual(expected)
})

it('leaves out devices by pattern, and what is none', async () => {
  const tree = {
    ...device('eth0', { operstate: 'down', flags: '0x1002' }),
    ...device('dmz', { operstate: 'up' }),
    'sys/class/net/bonding_masters': 'dmz\n',
  }
  const samples = await samplesOf(netclass, tree, { args: 'netclass { ignored_devices = "dmz" }' })
  expect(samples).toEqual([
    'node_network_flags{device="eth0"} 4098',
    'node_network_info{address="",adminstate="down",broadcast="",device="eth0",duplex="",ifalias="",operstate="down"} 1',
    'node_network_up{device="eth0"} 0',
  ])
})
