// softirqs: work that the CPUs did after interrupts.

import { type BuildCollector, counter } from '../collector.ts'
import { fieldsOf, linesOf, numberOf } from '../proc_text.ts'

const functions = counter('node_softirqs_functions_total', 'Softirq counts per CPU.')

export const softirqs: BuildCollector = ({ host }) => ({
  name: 'softirqs',
  async collect(page) {
    const [head = '', ...lines] = linesOf(await host.read(host.proc('softirqs')))
    const cpus = fieldsOf(head).map((name) => name.replace(/^CPU/, ''))
    for (const line of lines) {
      const [key = '', ...values] = fieldsOf(line)
      const type = key.replace(/:$/, '')
      for (const [i, cpu] of cpus.entries()) {
        page.add(functions, numberOf(values[i]), { cpu, type })
      }
    }
  },
})
