import { expect, it } from 'vitest'
import { nfsd } from '../../../../../../src/components/prometheus/exporter/unix/collectors/nfsd.ts'
import { samplesOf } from '../../../../../support/unix_tree.ts'

it('counts calls, errors and operations', async () => {
  const text = [
    'rc 0 6 18622',
    'fh 1 0 0 0 0',
    'io 157286400 72864',
    'th 8 0 0.000',
    'ra 32 0 0 0 0 0 0 0 0 0 0 7',
    'net 18628 55 917 1',
    'rpc 18628 3 1 2 4',
    'proc2 18 2 69 0',
    'proc4 2 2 10853',
    'proc4ops 6 0 0 0 1098 2 5',
    'wdeleg_getattr 15',
    '',
  ].join('\n')
  const samples = await samplesOf(nfsd, { 'proc/net/rpc/nfsd': text })
  expect(samples.filter((line) => !line.includes('requests'))).toEqual([
    'node_nfsd_connections_total 1',
    'node_nfsd_disk_bytes_read_total 1.572864e+08',
    'node_nfsd_disk_bytes_written_total 72864',
    'node_nfsd_file_handles_stale_total 1',
    'node_nfsd_packets_total{proto="tcp"} 917',
    'node_nfsd_packets_total{proto="udp"} 55',
    'node_nfsd_read_ahead_cache_not_found_total 7',
    'node_nfsd_read_ahead_cache_size_blocks 32',
    'node_nfsd_reply_cache_hits_total 0',
    'node_nfsd_reply_cache_misses_total 6',
    'node_nfsd_reply_cache_nocache_total 18622',
    'node_nfsd_rpc_errors_total{error="auth"} 2',
    'node_nfsd_rpc_errors_total{error="cInt"} 4',
    'node_nfsd_rpc_errors_total{error="fmt"} 1',
    'node_nfsd_server_rpcs_total 18628',
    'node_nfsd_server_threads 8',
  ])
  const requests = (labels: string) => `node_nfsd_requests_total{${labels}}`
  expect(samples).toContain(`${requests('method="GetAttr",proto="2"')} 69`)
  expect(samples).toContain(`${requests('method="Access",proto="4"')} 1098`)
  expect(samples).toContain(`${requests('method="Commit",proto="4"')} 5`)
  expect(samples).toContain(`${requests('method="WdelegGetattr",proto="4"')} 15`)
  expect(samples.join()).not.toContain('Null')
})
