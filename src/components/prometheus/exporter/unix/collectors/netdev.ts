// netdev: traffic of network devices.

import { networkInterfaces } from 'node:os'
import type { MetricPage } from '../../../../../wire/exposition/metric_page.ts'
import { type BuildCollector, counter, gauge } from '../collector.ts'
import { exclusiveFilterOf, type Filter } from '../filter.ts'
import { fieldsOf, linesOf, numberOf } from '../proc_text.ts'

const addressInfo = gauge('node_network_address_info', 'node network address by device')

export const netdev: BuildCollector = ({ args, host }) => {
  const { address_info, device_exclude, device_include } = args.netdev
  const takes = exclusiveFilterOf({ exclude: device_exclude, include: device_include })
  return {
    name: 'netdev',
    async collect(page) {
      addTraffic(page, await host.read(host.proc('net/dev')), takes)
      if (address_info) addAddresses(page, takes)
    },
  }
}

/** The second line names the columns, of what was received and of what was sent. */
function addTraffic(page: MetricPage, text: string, takes: Filter): void {
  const [, head = '', ...rows] = linesOf(text)
  const [, received = '', sent = ''] = head.split('|')
  const names = [
    ...fieldsOf(received).map((name) => `receive_${name}`),
    ...fieldsOf(sent).map((name) => `transmit_${name}`),
  ]
  for (const row of rows) {
    const colon = row.lastIndexOf(':')
    const device = row.slice(0, colon).trim()
    if (!takes(device)) continue
    const values = fieldsOf(row.slice(colon + 1))
    if (values.length !== names.length) {
      throw new Error(`cannot read the traffic of ${device}: ${values.length} columns`)
    }
    for (const [i, name] of names.entries()) {
      const help = `Network device statistic ${name}.`
      page.add(counter(`node_network_${name}_total`, help), numberOf(values[i]), { device })
    }
  }
}

function addAddresses(page: MetricPage, takes: Filter): void {
  for (const [device, addresses = []] of Object.entries(networkInterfaces())) {
    if (!takes(device)) continue
    for (const { address, cidr, internal } of addresses) {
      const netmask = cidr?.split('/')[1] ?? ''
      const scope = internal ? 'link-local' : scopeOf(address)
      page.add(addressInfo, 1, { device, address, netmask, scope })
    }
  }
}

function scopeOf(address: string): string {
  if (/^fe[89ab][0-9a-f]:/i.test(address) || address.startsWith('169.254.')) return 'link-local'
  if (/^ff.1:/i.test(address)) return 'interface-local'
  return 'global'
}
