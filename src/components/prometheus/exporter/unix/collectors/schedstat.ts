// schedstat: how long tasks ran and waited on each CPU.

import { type BuildCollector, counter } from '../collector.ts'
import { fieldsOf, linesOf, numberOf } from '../proc_text.ts'

const running = counter(
  'node_schedstat_running_seconds_total',
  'Number of seconds CPU spent running a process.',
)
const waiting = counter(
  'node_schedstat_waiting_seconds_total',
  'Number of seconds spent by processing waiting for this CPU.',
)
const timeslices = counter(
  'node_schedstat_timeslices_total',
  'Number of timeslices executed by CPU.',
)

const nanosecondsPerSecond = 1e9

export const schedstat: BuildCollector = ({ host }) => ({
  name: 'schedstat',
  async collect(page) {
    for (const line of linesOf(await host.read(host.proc('schedstat')))) {
      const [key = '', ...values] = fieldsOf(line)
      const cpu = /^cpu(\d+)$/.exec(key)?.[1]
      if (cpu === undefined) continue
      page.add(running, numberOf(values[6]) / nanosecondsPerSecond, { cpu })
      page.add(waiting, numberOf(values[7]) / nanosecondsPerSecond, { cpu })
      page.add(timeslices, numberOf(values[8]), { cpu })
    }
  },
})
