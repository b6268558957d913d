// nfs: what the NFS client of the kernel did.

import type { MetricPage } from '../../../../../wire/exposition/metric_page.ts'
import { type BuildCollector, counter } from '../collector.ts'
import { fieldsOf, linesOf, numberOf } from '../proc_text.ts'
import { version2Methods, version3Methods, version4ClientMethods } from './nfs_methods.ts'

const packets = counter(
  'node_nfs_packets_total',
  'Total NFSd network packets (sent+received) by protocol type.',
)
const connections = counter('node_nfs_connections_total', 'Total number of NFSd TCP connections.')
const rpcs = counter('node_nfs_rpcs_total', 'Total number of RPCs performed.')
const retransmissions = counter(
  'node_nfs_rpc_retransmissions_total',
  'Number of RPC transmissions performed.',
)
const refreshes = counter(
  'node_nfs_rpc_authentication_refreshes_total',
  'Number of RPC authentication refreshes performed.',
)
const requests = counter('node_nfs_requests_total', 'Number of NFS procedures invoked.')

const methodsOf: Readonly<Record<string, readonly [proto: string, methods: readonly string[]]>> = {
  proc2: ['2', version2Methods],
  proc3: ['3', version3Methods],
  proc4: ['4', version4ClientMethods],
}

export const nfs: BuildCollector = ({ host }) => ({
  name: 'nfs',
  async collect(page) {
    for (const line of linesOf(await host.read(host.proc('net/rpc/nfs')))) {
      const [key = '', ...values] = fieldsOf(line)
      addLine(page, key, values)
    }
  },
})

function addLine(page: MetricPage, key: string, values: readonly string[]): void {
  if (key === 'net') {
    page.add(packets, numberOf(values[1]), { protocol: 'udp' })
    page.add(packets, numberOf(values[2]), { protocol: 'tcp' })
    page.add(connections, numberOf(values[3]))
  } else if (key === 'rpc') {
    page.add(rpcs, numberOf(values[0]))
    page.add(retransmissions, numberOf(values[1]))
    page.add(refreshes, numberOf(values[2]))
  }
  const [proto = '', methods = []] = methodsOf[key] ?? []
  // The first number says how many there are; older kernels count fewer.
  for (const [i, method] of methods.entries()) {
    page.add(requests, i + 1 < values.length ? numberOf(values[i + 1]) : 0, { proto, method })
  }
}
