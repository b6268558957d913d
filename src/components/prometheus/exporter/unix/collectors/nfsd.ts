// nfsd: what the NFS server of the kernel did.

import type { MetricPage } from '../../../../../wire/exposition/metric_page.ts'
import { type BuildCollector, counter, gauge } from '../collector.ts'
import { fieldsOf, linesOf, numberOf } from '../proc_text.ts'
import { version2Methods, version3Methods, version4ServerOperations } from './nfs_methods.ts'

type Spec = ReturnType<typeof counter>

/** The numbers of a line by their place in it. */
const numbers: Readonly<
  Record<string, readonly (readonly [place: number, family: Spec, labels?: Labels])[]>
> = {
  rc: [
    [
      0,
      counter(
        'node_nfsd_reply_cache_hits_total',
        'Total number of NFSd Reply Cache hits (client lost server response).',
      ),
    ],
    [
      1,
      counter(
        'node_nfsd_reply_cache_misses_total',
        'Total number of NFSd Reply Cache an operation that requires caching (idempotent).',
      ),
    ],
    [
      2,
      counter(
        'node_nfsd_reply_cache_nocache_total',
        'Total number of NFSd Reply Cache non-idempotent operations (rename/delete/…).',
      ),
    ],
  ],
  fh: [
    [0, counter('node_nfsd_file_handles_stale_total', 'Total number of NFSd stale file handles')],
  ],
  io: [
    [0, counter('node_nfsd_disk_bytes_read_total', 'Total NFSd bytes read.')],
    [1, counter('node_nfsd_disk_bytes_written_total', 'Total NFSd bytes written.')],
  ],
  th: [
    [0, gauge('node_nfsd_server_threads', 'Total number of NFSd kernel threads that are running.')],
  ],
  ra: [
    [
      0,
      gauge(
        'node_nfsd_read_ahead_cache_size_blocks',
        'How large the read ahead cache is in blocks.',
      ),
    ],
    [
      11,
      counter(
        'node_nfsd_read_ahead_cache_not_found_total',
        'Total number of NFSd read ahead cache not found.',
      ),
    ],
  ],
  net: [
    [1, packets(), { proto: 'udp' }],
    [2, packets(), { proto: 'tcp' }],
    [3, counter('node_nfsd_connections_total', 'Total number of NFSd TCP connections.')],
  ],
  rpc: [
    [0, counter('node_nfsd_server_rpcs_total', 'Total number of NFSd RPCs.')],
    [2, rpcErrors(), { error: 'fmt' }],
    [3, rpcErrors(), { error: 'auth' }],
    [4, rpcErrors(), { error: 'cInt' }],
  ],
}

type Labels = Readonly<Record<string, string>>

const requests = counter(
  'node_nfsd_requests_total',
  'Total number NFSd Requests by method and protocol.',
)

const methodsOf: Readonly<Record<string, readonly [proto: string, methods: readonly string[]]>> = {
  proc2: ['2', version2Methods],
  proc3: ['3', version3Methods],
  proc4ops: ['4', version4ServerOperations],
}

export const nfsd: BuildCollector = ({ host }) => ({
  name: 'nfsd',
  async collect(page) {
    for (const line of linesOf(await host.read(host.proc('net/rpc/nfsd')))) {
      const [key = '', ...values] = fieldsOf(line)
      addLine(page, key, values)
    }
  },
})

function addLine(page: MetricPage, key: string, values: readonly string[]): void {
  for (const [place, family, labels] of numbers[key] ?? []) {
    page.add(family, numberOf(values[place]), labels)
  }
  if (key === 'wdeleg_getattr') {
    page.add(requests, numberOf(values[0]), { proto: '4', method: 'WdelegGetattr' })
  }
  const [proto = '', methods = []] = methodsOf[key] ?? []
  // The first number says how many there are; older kernels count fewer.
  for (const [i, method] of methods.entries()) {
    if (method === '-' || method === 'Null') continue
    page.add(requests, i + 1 < values.length ? numberOf(values[i + 1]) : 0, { proto, method })
  }
}

function packets(): Spec {
  const help = 'Total NFSd network packets (sent+received) by protocol type.'
  return counter('node_nfsd_packets_total', help)
}

function rpcErrors(): Spec {
  return counter('node_nfsd_rpc_errors_total', 'Total number of NFSd RPC errors by error type.')
}
