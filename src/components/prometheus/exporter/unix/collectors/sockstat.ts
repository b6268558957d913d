// sockstat: sockets by protocol and state.

import type { MetricPage } from '../../../../../wire/exposition/metric_page.ts'
import { pageSizeBytes } from '../../process/linux_auxv.ts'
import { type BuildCollector, gauge } from '../collector.ts'
import { fieldsOf, linesOf, numberOf } from '../proc_text.ts'

const used = gauge('node_sockstat_sockets_used', 'Number of IPv4 sockets in use.')

export const sockstat: BuildCollector = ({ host }) => ({
  name: 'sockstat',
  async collect(page) {
    addProtocols(page, await host.read(host.proc('net/sockstat')))
    // Missing where IPv6 is off.
    addProtocols(page, (await host.readIfAny(host.proc('net/sockstat6'))) ?? '')
  },
})

/** Lines as `TCP: inuse 4 orphan 0`. */
function addProtocols(page: MetricPage, text: string): void {
  for (const line of linesOf(text)) {
    const [head = '', ...pairs] = fieldsOf(line)
    const protocol = head.replace(/:$/, '')
    for (let i = 0; i + 1 < pairs.length; i += 2) {
      addState(page, protocol, pairs[i]!, numberOf(pairs[i + 1]))
    }
  }
}

function addState(page: MetricPage, protocol: string, state: string, value: number): void {
  if (protocol === 'sockets') {
    if (state === 'used') page.add(used, value)
    return
  }
  page.add(stateFamily(protocol, state), value)
  // In pages of the machine.
  if (state === 'mem') page.add(stateFamily(protocol, 'mem_bytes'), value * pageSizeBytes())
}

function stateFamily(protocol: string, state: string) {
  const help = `Number of ${protocol} sockets in state ${state}.`
  return gauge(`node_sockstat_${protocol}_${state}`, help)
}
