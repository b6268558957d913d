// tcpstat: connections of TCP by state, and bytes that wait in them.

import { type BuildCollector, gauge } from '../collector.ts'
import { fieldsOf, linesOf } from '../proc_text.ts'

const states = gauge('node_tcp_connection_states', 'Number of connection states.')

/** As the kernel numbers them from 1, in include/net/tcp_states.h. */
const stateNames = [
  'established',
  'syn_sent',
  'syn_recv',
  'fin_wait1',
  'fin_wait2',
  'time_wait',
  'close',
  'close_wait',
  'last_ack',
  'listen',
  'closing',
]

export const tcpstat: BuildCollector = ({ host }) => ({
  name: 'tcpstat',
  async collect(page) {
    const counts = new Map([
      ['tx_queued_bytes', 0],
      ['rx_queued_bytes', 0],
    ])
    countConnections(await host.read(host.proc('net/tcp')), counts)
    // Missing where IPv6 is off.
    countConnections((await host.readIfAny(host.proc('net/tcp6'))) ?? '', counts)
    for (const [state, count] of counts) page.add(states, count, { state })
  },
})

/** `sl local_address rem_address st tx_queue:rx_queue …`, in hexadecimal. */
function countConnections(text: string, counts: Map<string, number>): void {
  const add = (key: string, by: number): void => {
    counts.set(key, (counts.get(key) ?? 0) + by)
  }
  for (const line of linesOf(text).slice(1)) {
    const [, , , state = '', queues = ''] = fieldsOf(line)
    const name = stateNames[Number.parseInt(state, 16) - 1]
    const [sent, received] = queues.split(':').map((part) => Number.parseInt(part, 16))
    if (name === undefined || sent === undefined || received === undefined) {
      throw new Error(`cannot read the connection ${JSON.stringify(line.trim())}`)
    }
    add(name, 1)
    add('tx_queued_bytes', sent)
    add('rx_queued_bytes', received)
  }
}
