// stat: what the kernel counted since boot.

import { type BuildCollector, counter, gauge } from '../collector.ts'
import { fieldsOf, linesOf, numberOf } from '../proc_text.ts'

/** By the first word of their line in /proc/stat, whose first number is the value. */
const families = new Map([
  ['btime', gauge('node_boot_time_seconds', 'Node boot time, in unixtime.')],
  ['ctxt', counter('node_context_switches_total', 'Total number of context switches.')],
  ['intr', counter('node_intr_total', 'Total number of interrupts serviced.')],
  ['processes', counter('node_forks_total', 'Total number of forks.')],
  ['procs_running', gauge('node_procs_running', 'Number of processes in runnable state.')],
  [
    'procs_blocked',
    gauge('node_procs_blocked', 'Number of processes blocked waiting for I/O to complete.'),
  ],
])

export const stat: BuildCollector = ({ host }) => ({
  name: 'stat',
  async collect(page) {
    for (const line of linesOf(await host.read(host.proc('stat')))) {
      const [key = '', value] = fieldsOf(line)
      const family = families.get(key)
      if (family !== undefined) page.add(family, numberOf(value))
    }
  },
})
