// arp: the neighbours that were resolved, by device, from /proc/net/arp or, with `netlink`, not at
// all: a netlink socket needs native code.

import { type BuildCollector, gauge } from '../collector.ts'
import { filterOf } from '../filter.ts'
import { fieldsOf, linesOf } from '../proc_text.ts'

const entries = gauge('node_arp_entries', 'ARP entries by device')

export const arp: BuildCollector = ({ args, host }) => {
  const { device_exclude, device_include, netlink } = args.arp
  if (netlink) throw new Error('cannot collect arp by netlink: that needs native code')
  const takes = filterOf({ exclude: device_exclude, include: device_include })
  return {
    name: 'arp',
    async collect(page) {
      const counts = new Map<string, number>()
      for (const line of linesOf(await host.read(host.proc('net/arp'))).slice(1)) {
        const device = fieldsOf(line)[5]
        if (device === undefined) throw new Error(`cannot read the neighbour ${line}`)
        counts.set(device, (counts.get(device) ?? 0) + 1)
      }
      for (const [device, count] of counts) if (takes(device)) page.add(entries, count, { device })
    },
  }
}
