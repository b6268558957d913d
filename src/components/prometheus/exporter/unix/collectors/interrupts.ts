// interrupts: how often each interrupt reached each CPU.

import { setImmediate } from 'node:timers/promises'
import { type BuildCollector, counter } from '../collector.ts'
import { fieldsOf, linesOf, numberOf } from '../proc_text.ts'

const family = counter('node_interrupts_total', 'Interrupt details.')

/** A line of 1,024 CPUs takes 1 ms. */
const seriesPerTurn = 2048

export const interrupts: BuildCollector = ({ host }) => ({
  name: 'interrupts',
  async collect(page) {
    const [head = '', ...lines] = linesOf(await host.read(host.proc('interrupts')))
    const cpuCount = fieldsOf(head).length
    let series = 0
    for (const line of lines) {
      const [name = '', ...fields] = fieldsOf(line)
      // ERR and MIS are one number for all CPUs.
      if (fields.length < cpuCount + 1) continue
      const type = name.replace(/:$/, '')
      const rest = fields.slice(cpuCount)
      const isNumbered = /^\d+$/.test(type)
      const info = isNumbered ? rest[0]! : rest.join(' ')
      const devices = isNumbered ? rest.slice(1).join(' ') : ''
      for (let cpu = 0; cpu < cpuCount; cpu++) {
        page.add(family, numberOf(fields[cpu]), { cpu: `${cpu}`, type, info, devices })
      }
      series += cpuCount
      if (series < seriesPerTurn) continue
      series = 0
      await setImmediate()
    }
  },
})
