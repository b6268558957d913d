// ipvs: the kernel's load balancer and its backends.

import { quote } from '../../../../../go/quote.ts'
import type { MetricPage } from '../../../../../wire/exposition/metric_page.ts'
import { type BuildCollector, counter, gauge } from '../collector.ts'
import { fieldsOf, linesOf, numberOf } from '../proc_text.ts'

/** In the order of the columns of the file that sums up. */
const totals = [
  counter('node_ipvs_connections_total', 'The total number of connections made.'),
  counter('node_ipvs_incoming_packets_total', 'The total number of incoming packets.'),
  counter('node_ipvs_outgoing_packets_total', 'The total number of outgoing packets.'),
  counter('node_ipvs_incoming_bytes_total', 'The total amount of incoming data.'),
  counter('node_ipvs_outgoing_bytes_total', 'The total amount of outgoing data.'),
]

const backendWeight = gauge(
  'node_ipvs_backend_weight',
  'The current backend weight by local and remote address.',
)
const backendActive = gauge(
  'node_ipvs_backend_connections_active',
  'The current active connections by local and remote address.',
)
const backendInactive = gauge(
  'node_ipvs_backend_connections_inactive',
  'The current inactive connections by local and remote address.',
)

const labelNames = [
  'local_address',
  'local_port',
  'remote_address',
  'remote_port',
  'proto',
  'local_mark',
]

interface Backend {
  readonly labels: Readonly<Record<string, string>>
  weight: number
  active: number
  inactive: number
}

export const ipvs: BuildCollector = ({ args, host }) => {
  const { backend_labels } = args.ipvs
  const unknown = backend_labels.filter((name) => !labelNames.includes(name))
  if (unknown.length > 0) {
    throw new Error(`unknown IPVS backend labels: ${quote(unknown.join(', '))}`)
  }
  const chosen = backend_labels.length === 0 ? labelNames : backend_labels
  return {
    name: 'ipvs',
    async collect(page) {
      const stats = linesOf(await host.read(host.proc('net/ip_vs_stats')))
      // Two lines of titles.
      const fields = fieldsOf(stats[2] ?? '')
      for (const [i, family] of totals.entries()) page.add(family, hexadecimal(fields[i]))
      addBackends(page, await host.read(host.proc('net/ip_vs')), chosen)
    },
  }
}

/** Backends that differ only in labels that nobody wants are summed up. */
function addBackends(page: MetricPage, text: string, chosen: readonly string[]): void {
  const sums = new Map<string, Backend>()
  for (const backend of backendsOf(text)) {
    const labels = Object.fromEntries(chosen.map((name) => [name, backend.labels[name] ?? '']))
    const key = JSON.stringify(labels)
    const sum = sums.get(key)
    if (sum === undefined) sums.set(key, { ...backend, labels })
    else {
      sum.weight += backend.weight
      sum.active += backend.active
      sum.inactive += backend.inactive
    }
  }
  for (const { active, inactive, labels, weight } of sums.values()) {
    page.add(backendWeight, weight, labels)
    page.add(backendActive, active, labels)
    page.add(backendInactive, inactive, labels)
  }
}

function* backendsOf(text: string): Generator<Backend> {
  let local: Readonly<Record<string, string>> = {}
  for (const line of linesOf(text).slice(3)) {
    const [proto = '', address = '', , weight, active, inactive] = fieldsOf(line)
    if (proto === 'FWM') {
      local = { proto, local_mark: address, local_address: '', local_port: '0' }
    } else if (proto === 'TCP' || proto === 'UDP' || proto === 'SCTP') {
      const [ip, port] = addressOf(address)
      local = { proto, local_mark: '', local_address: ip, local_port: port }
    } else if (proto === '->') {
      const [ip, port] = addressOf(address)
      yield {
        labels: { ...local, remote_address: ip, remote_port: port },
        weight: numberOf(weight),
        active: numberOf(active),
        inactive: numberOf(inactive),
      }
    }
  }
}

/** `C0A80016:0CEA`, or `[2001:0db8:…]:0CEA`. */
function addressOf(text: string): readonly [ip: string, port: string] {
  const colon = text.lastIndexOf(':')
  const ip = text.slice(0, colon)
  const port = `${hexadecimal(text.slice(colon + 1))}`
  if (ip.startsWith('[')) return [shortIpv6(ip.slice(1, -1)), port]
  if (!/^[0-9a-f]{8}$/i.test(ip)) throw new Error(`cannot read the address ${text}`)
  return [(ip.match(/../g) ?? []).map(hexadecimal).join('.'), port]
}

/** As Go writes it: without zeros in front, the longest run of zeros as `::`. */
function shortIpv6(ip: string): string {
  return new URL(`http://[${ip}]`).hostname.slice(1, -1)
}

function hexadecimal(text: string | undefined): number {
  if (text === undefined || !/^[0-9a-f]+$/i.test(text)) {
    throw new Error(`cannot read ${JSON.stringify(text ?? '')} as a hexadecimal number`)
  }
  return Number(BigInt(`0x${text}`))
}
