import { expect, it } from 'vitest'
import { netstat } from '../../../../../../src/components/prometheus/exporter/unix/collectors/netstat.ts'
import { samplesOf } from '../../../../../support/unix_tree.ts'

const tree = {
  'proc/net/netstat': 'TcpExt: ListenDrops Other\nTcpExt: 3 4\n',
  'proc/net/snmp': 'Tcp: MaxConn CurrEstab\nTcp: -1 7\nUdp: NoPorts\nUdp: 8\n',
  'proc/net/snmp6': 'Udp6InErrors   \t5\nUdpLite6NoPorts 6\nIp6InOctets 9\n',
}

it('takes the fields of the pattern', async () => {
  expect(await samplesOf(netstat, tree)).toEqual([
    'node_netstat_Ip6_InOctets 9',
    'node_netstat_TcpExt_ListenDrops 3',
    'node_netstat_Tcp_CurrEstab 7',
    'node_netstat_Udp6_InErrors 5',
    'node_netstat_Udp_NoPorts 8',
  ])
})

it('takes others where it is told to', async () => {
  const args = 'netstat { fields = "^(Tcp|UdpLite6_)" }'
  expect(await samplesOf(netstat, tree, { args })).toEqual([
    'node_netstat_TcpExt_ListenDrops 3',
    'node_netstat_TcpExt_Other 4',
    'node_netstat_Tcp_CurrEstab 7',
    'node_netstat_Tcp_MaxConn -1',
    'node_netstat_UdpLite6_NoPorts 6',
  ])
})

it('works without IPv6', async () => {
  const { 'proc/net/snmp6': _, ...rest } = tree
  expect((await samplesOf(netstat, rest)).length).toBe(3)
})

it.each([
  ['names without values', 'Tcp: A B\nTcp: 1\n'],
  ['values of another protocol', 'Tcp: A\nUdp: 1\n'],
])('refuses %s', async (_, text) => {
  const broken = samplesOf(netstat, { ...tree, 'proc/net/snmp': text })
  await expect(broken).rejects.toThrow('cannot read the statistics of "Tcp:"')
})
