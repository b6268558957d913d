// softnet: packets as the CPUs took them from the network.

import { type BuildCollector, counter, gauge } from '../collector.ts'
import { fieldsOf, linesOf } from '../proc_text.ts'

/** Families by their place in a line of /proc/net/softnet_stat. */
const columns = [
  [0, counter('node_softnet_processed_total', 'Number of processed packets')],
  [1, counter('node_softnet_dropped_total', 'Number of dropped packets')],
  [
    2,
    counter(
      'node_softnet_times_squeezed_total',
      'Number of times processing packets ran out of quota',
    ),
  ],
  [
    8,
    counter(
      'node_softnet_cpu_collision_total',
      'Number of collision occur while obtaining device lock while transmitting',
    ),
  ],
  [9, counter('node_softnet_received_rps_total', 'Number of times cpu woken up received_rps')],
  [
    10,
    counter('node_softnet_flow_limit_count_total', 'Number of times flow limit has been reached'),
  ],
  [11, gauge('node_softnet_backlog_len', 'Softnet backlog status')],
] as const

const cpuColumn = 12

export const softnet: BuildCollector = ({ host }) => ({
  name: 'softnet',
  async collect(page) {
    const lines = linesOf(await host.read(host.proc('net/softnet_stat')))
    for (const [i, line] of lines.entries()) {
      const fields = fieldsOf(line)
      // Without that column, CPUs that are off cannot be told from those that follow.
      const cpu = String(cpuColumn < fields.length ? hexOf(fields[cpuColumn]) : i)
      for (const [place, family] of columns) {
        page.add(family, place < fields.length ? hexOf(fields[place]) : 0, { cpu })
      }
    }
  },
})

function hexOf(text = ''): number {
  if (!/^[0-9a-f]+$/i.test(text)) throw new Error(`cannot read ${JSON.stringify(text)} as a number`)
  return Number.parseInt(text, 16)
}
