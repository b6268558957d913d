// loadavg: how many tasks want to run, averaged over 1, 5 and 15 minutes.

import { type BuildCollector, gauge } from '../collector.ts'
import { fieldsOf, numberOf } from '../proc_text.ts'

const families = [
  gauge('node_load1', '1m load average.'),
  gauge('node_load5', '5m load average.'),
  gauge('node_load15', '15m load average.'),
]

export const loadavg: BuildCollector = ({ host }) => ({
  name: 'loadavg',
  async collect(page) {
    const fields = fieldsOf(await host.read(host.proc('loadavg')))
    for (const [i, family] of families.entries()) page.add(family, numberOf(fields[i]))
  },
})
