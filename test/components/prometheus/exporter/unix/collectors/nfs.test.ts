import { expect, it } from 'vitest'
import { nfs } from '../../../../../../src/components/prometheus/exporter/unix/collectors/nfs.ts'
import { samplesOf } from '../../../../../support/unix_tree.ts'

it('counts packets, calls and procedures by version', async () => {
  const text = 'net 70 71 69 45\nrpc 12 3 4\nproc2 18 16 57 74\nproc4 3 98 51 54\n'
  const samples = await samplesOf(nfs, { 'proc/net/rpc/nfs': text })
  expect(samples.filter((line) => !line.includes('requests'))).toEqual([
    'node_nfs_connections_total 45',
    'node_nfs_packets_total{protocol="tcp"} 69',
    'node_nfs_packets_total{protocol="udp"} 71',
    'node_nfs_rpc_authentication_refreshes_total 4',
    'node_nfs_rpc_retransmissions_total 3',
    'node_nfs_rpcs_total 12',
  ])
  const requests = (labels: string) => `node_nfs_requests_total{${labels}}`
  expect(samples).toContain(`${requests('method="GetAttr",proto="2"')} 57`)
  expect(samples).toContain(`${requests('method="Write",proto="4"')} 54`)
  // What an older kernel does not count is zero.
  expect(samples).toContain(`${requests('method="Clone",proto="4"')} 0`)
})

it('fails where the file is missing', async () => {
  await expect(samplesOf(nfs, {})).rejects.toThrow('ENOENT')
})
