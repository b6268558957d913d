// meminfo: every line of /proc/meminfo.

import { type BuildCollector, gauge } from '../collector.ts'
import { fieldsOf, linesOf, numberOf } from '../proc_text.ts'

export const meminfo: BuildCollector = ({ host }) => ({
  name: 'meminfo',
  async collect(page) {
    for (const line of linesOf(await host.read(host.proc('meminfo')))) {
      const [key = '', count, unit] = fieldsOf(line)
      // `Active(anon):` becomes Active_anon.
      const field = key.replace(/:$/, '').replace(/\((.*)\)/, '_$1')
      const name = unit === undefined ? field : `${field}_bytes`
      const family = gauge(`node_memory_${name}`, `Memory information field ${name}.`)
      page.add(family, numberOf(count) * (unit === undefined ? 1 : 1024))
    }
  },
})
