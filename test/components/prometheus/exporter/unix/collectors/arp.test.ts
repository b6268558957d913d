import { expect, it } from 'vitest'
import { arp } from '../../../../../../src/components/prometheus/exporter/unix/collectors/arp.ts'
import { samplesOf } from '../../../../../support/unix_tree.ts'

const table = [
  'IP address       HW type     Flags       HW address            Mask     Device',
  '192.168.1.1      0x1         0x2         cc:aa:dd:ee:aa:bb     *        eth0',
  '192.168.1.2      0x1         0x2         bb:cc:dd:ee:ff:aa     *        eth0',
  '10.0.0.1         0x1         0x2         de:ad:be:ef:00:00     *        br-lan',
  '',
].join('\n')
const tree = { 'proc/net/arp': table }

it.each([
  ['counts by device', '', ['br-lan"} 1', 'eth0"} 2']],
  ['leaves devices out', 'device_exclude = "^br"', ['eth0"} 2']],
  ['takes some devices only', 'device_include = "^br"', ['br-lan"} 1']],
  ['applies both patterns', 'device_include = "eth|br"\ndevice_exclude = "lan"', ['eth0"} 2']],
])('%s', async (_, block, expected) => {
  const samples = await samplesOf(arp, tree, { args: `arp {\n${block}\n}` })
  expect(samples).toEqual(expected.map((end) => `node_arp_entries{device="${end}`))
})

it.each([
  [
    'a pattern that is none',
    'device_exclude = "(a"',
    'error parsing regexp: missing closing ): `(a`',
  ],
  ['netlink', 'netlink = true', 'cannot collect arp by netlink'],
])('refuses %s', async (_, block, message) => {
  const samples = samplesOf(arp, tree, { args: `arp {\n${block}\n}` })
  await expect(samples).rejects.toThrow(message)
})
