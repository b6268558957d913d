// vmstat: what the kernel counts of virtual memory.

import { type BuildCollector, untyped } from '../collector.ts'
import { compilePattern } from '../filter.ts'
import { fieldsOf, linesOf, numberOf } from '../proc_text.ts'

export const vmstat: BuildCollector = ({ args, host }) => {
  const fields = compilePattern(args.vmstat.fields)
  return {
    name: 'vmstat',
    async collect(page) {
      for (const line of linesOf(await host.read(host.proc('vmstat')))) {
        const [name = '', value] = fieldsOf(line)
        if (!fields.test(name)) continue
        const help = `/proc/vmstat information field ${name}.`
        page.add(untyped(`node_vmstat_${name}`, help), numberOf(value))
      }
    },
  }
}
