// meminfo_numa: the memory of each NUMA node, and where allocations came from.

import { type BuildCollector, counter, gauge } from '../collector.ts'
import { fieldsOf, linesOf, numberOf } from '../proc_text.ts'

export const meminfoNuma: BuildCollector = ({ host }) => ({
  name: 'meminfo_numa',
  async collect(page) {
    const directory = host.sys('devices/system/node')
    for (const entry of await host.list(directory)) {
      const node = /^node(\d+)$/.exec(entry)?.[1]
      if (node === undefined) continue
      for (const line of linesOf(await host.read(`${directory}/${entry}/meminfo`))) {
        // Node 0 Active(anon):  706004 kB
        const [, , key = '', count, unit] = fieldsOf(line)
        const name = key.replace(/:$/, '').replace(/\((.*)\)/, '_$1')
        const family = gauge(`node_memory_numa_${name}`, `Memory information field ${name}.`)
        page.add(family, numberOf(count) * (unit === undefined ? 1 : 1024), { node })
      }
      for (const line of linesOf(await host.read(`${directory}/${entry}/numastat`))) {
        const [name = '', count] = fieldsOf(line)
        const family = counter(
          `node_memory_numa_${name}_total`,
          `Memory information field ${name}_total.`,
        )
        page.add(family, numberOf(count), { node })
      }
    }
  },
})
