// udp_queues: bytes that wait in sockets of UDP.

import type { MetricPage } from '../../../../../wire/exposition/metric_page.ts'
import { type BuildCollector, gauge, NoData } from '../collector.ts'
import { fieldsOf, linesOf } from '../proc_text.ts'

const queues = gauge(
  'node_udp_queues',
  'Number of allocated memory in the kernel for UDP datagrams in bytes.',
)

export const udpQueues: BuildCollector = ({ host }) => ({
  name: 'udp_queues',
  async collect(page) {
    const version4 = await host.readIfAny(host.proc('net/udp'))
    const version6 = await host.readIfAny(host.proc('net/udp6'))
    if (version4 === undefined && version6 === undefined) throw new NoData()
    addQueues(page, 'v4', version4)
    addQueues(page, 'v6', version6)
  },
})

/** The fifth field of a socket holds both, in hexadecimal: `00000015:00000000`. */
function addQueues(page: MetricPage, ip: string, text: string | undefined): void {
  if (text === undefined) return
  let sent = 0
  let received = 0
  for (const line of linesOf(text).slice(1)) {
    const [tx, rx] = (fieldsOf(line)[4] ?? '').split(':').map((part) => Number.parseInt(part, 16))
    if (tx === undefined || rx === undefined || Number.isNaN(tx + rx)) {
      throw new Error(`cannot read the socket ${JSON.stringify(line.trim())}`)
    }
    sent += tx
    received += rx
  }
  page.add(queues, sent, { ip, queue: 'tx' })
  page.add(queues, received, { ip, queue: 'rx' })
}
