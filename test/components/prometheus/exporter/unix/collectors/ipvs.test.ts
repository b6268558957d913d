import { expect, it } from 'vitest'
import { ipvs } from '../../../../../../src/components/prometheus/exporter/unix/collectors/ipvs.ts'
import { samplesOf } from '../../../../../support/unix_tree.ts'

const tree = {
  'proc/net/ip_vs': `IP Virtual Server version 1.2.1 (size=4096)
Prot LocalAddress:Port Scheduler Flags
  -> RemoteAddress:Port Forward Weight ActiveConn InActConn
TCP  C0A80016:0CEA wlc
  -> C0A85216:0CEA      Tunnel  100    248        2
  -> C0A85318:0CEA      Tunnel  50     1          3
UDP  [2001:0db8:0000:0000:0000:0000:0000:0001]:0035 rr
  -> [2001:0db8:0000:0000:0000:0000:0000:0002]:0035 Masq 1 2 3
FWM  10001000 wlc
  -> C0A8321A:0CEA      Tunnel  20     64         1
`,
  'proc/net/ip_vs_stats': `   Total Incoming Outgoing         Incoming         Outgoing
   Conns  Packets  Packets            Bytes            Bytes
 16AA370 E33656E5        0     51D8C8883AB3                F

 Conns/s   Pkts/s   Pkts/s          Bytes/s          Bytes/s
       4    1FB3C        0          1282A8F                0
`,
}

it('sums up', async () => {
  const samples = await samplesOf(ipvs, tree)
  expect(samples.filter((line) => line.includes('total'))).toEqual([
    'node_ipvs_connections_total 2.3765872e+07',
    'node_ipvs_incoming_bytes_total 8.9991519156915e+13',
    'node_ipvs_incoming_packets_total 3.811989221e+09',
    'node_ipvs_outgoing_bytes_total 15',
    'node_ipvs_outgoing_packets_total 0',
  ])
})

it('tells backends apart by address, port, protocol and mark', async () => {
  const samples = await samplesOf(ipvs, tree)
  expect(samples.filter((line) => line.includes('weight'))).toEqual([
    'node_ipvs_backend_weight{local_address="",local_mark="10001000",local_port="0",proto="FWM",remote_address="192.168.50.26",remote_port="3306"} 20',
    'node_ipvs_backend_weight{local_address="192.168.0.22",local_mark="",local_port="3306",proto="TCP",remote_address="192.168.82.22",remote_port="3306"} 100',
    'node_ipvs_backend_weight{local_address="192.168.0.22",local_mark="",local_port="3306",proto="TCP",remote_address="192.168.83.24",remote_port="3306"} 50',
    'node_ipvs_backend_weight{local_address="2001:db8::1",local_mark="",local_port="53",proto="UDP",remote_address="2001:db8::2",remote_port="53"} 1',
  ])
})

it('sums backends that the chosen labels do not tell apart', async () => {
  const args = 'ipvs {\n backend_labels = ["proto", "local_port"]\n}'
  const samples = await samplesOf(ipvs, tree, { args })
  expect(samples.filter((line) => line.includes('backend') && line.includes('TCP'))).toEqual([
    'node_ipvs_backend_connections_active{local_port="3306",proto="TCP"} 249',
    'node_ipvs_backend_connections_inactive{local_port="3306",proto="TCP"} 5',
    'node_ipvs_backend_weight{local_port="3306",proto="TCP"} 150',
  ])
})

it('refuses labels that backends do not have', async () => {
  const samples = samplesOf(ipvs, tree, { args: 'ipvs {\n backend_labels = ["foo"]\n}' })
  await expect(samples).rejects.toThrow('unknown IPVS backend labels: "foo"')
})
