// netstat: what the protocols of the network count.

import { type BuildCollector, untyped } from '../collector.ts'
import { compilePattern } from '../filter.ts'
import { fieldsOf, linesOf, numberOf } from '../proc_text.ts'

/** Protocol, name and value of a statistic. */
type Statistic = readonly [protocol: string, name: string, value: string | undefined]

export const netstat: BuildCollector = ({ args, host }) => {
  const fields = compilePattern(args.netstat.fields)
  return {
    name: 'netstat',
    async collect(page) {
      const statistics = [
        ...inPairs(await host.read(host.proc('net/netstat'))),
        ...inPairs(await host.read(host.proc('net/snmp'))),
        // Missing where IPv6 is off.
        ...inLines((await host.readIfAny(host.proc('net/snmp6'))) ?? ''),
      ]
      for (const [protocol, name, value] of statistics) {
        const key = `${protocol}_${name}`
        if (!fields.test(key)) continue
        page.add(untyped(`node_netstat_${key}`, `Statistic ${protocol}${name}.`), numberOf(value))
      }
    },
  }
}

/** A line of names, and one of their values: `Tcp: A B`, `Tcp: 1 2`. */
function* inPairs(text: string): Generator<Statistic> {
  const lines = linesOf(text)
  for (let i = 0; i + 1 < lines.length; i += 2) {
    const [head = '', ...names] = fieldsOf(lines[i]!)
    const [other, ...values] = fieldsOf(lines[i + 1]!)
    if (head !== other || names.length !== values.length) {
      throw new Error(`cannot read the statistics of ${JSON.stringify(head)}`)
    }
    for (const [k, name] of names.entries()) yield [head.replace(/:$/, ''), name, values[k]]
  }
}

/** A line for each: `Udp6InErrors 0`. */
function* inLines(text: string): Generator<Statistic> {
  for (const line of linesOf(text)) {
    const [key = '', value] = fieldsOf(line)
    const end = key.indexOf('6') + 1
    if (end > 0) yield [key.slice(0, end), key.slice(end), value]
  }
}
