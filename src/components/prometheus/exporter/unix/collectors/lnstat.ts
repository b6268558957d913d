// lnstat: the caches of the network stack, by CPU.

import { type BuildCollector, counter } from '../collector.ts'
import { fieldsOf, linesOf } from '../proc_text.ts'

export const lnstat: BuildCollector = ({ host }) => ({
  name: 'lnstat',
  async collect(page) {
    const directory = host.proc('net/stat')
    for (const subsystem of await host.list(directory)) {
      const [head = '', ...cpus] = linesOf(await host.read(`${directory}/${subsystem}`))
      for (const [column, name] of fieldsOf(head).entries()) {
        const family = counter(`node_lnstat_${name}_total`, 'linux network cache stats')
        for (const [cpu, line] of cpus.entries()) {
          const value = Number.parseInt(fieldsOf(line)[column] ?? '', 16)
          if (!Number.isNaN(value)) page.add(family, value, { subsystem, cpu: `${cpu}` })
        }
      }
    }
  },
})
