// netclass: properties of network devices.

import type { MetricPage } from '../../../../../wire/exposition/metric_page.ts'
import { type BuildCollector, counter, gauge, NoData } from '../collector.ts'
import { filterOf } from '../filter.ts'
import type { Host } from '../host.ts'

const up = gauge('node_network_up', "Value is 1 if operstate is 'up', 0 otherwise.")
const deviceInfo = gauge(
  'node_network_info',
  'Non-numeric data from /sys/class/net/<iface>, value is always 1.',
)

/** Files by the names of their families. Those of counters end in `_total`. */
const properties: readonly (readonly [name: string, file: string])[] = [
  ['address_assign_type', 'addr_assign_type'],
  ['carrier', 'carrier'],
  ['carrier_changes_total', 'carrier_changes'],
  ['carrier_up_changes_total', 'carrier_up_count'],
  ['carrier_down_changes_total', 'carrier_down_count'],
  ['device_id', 'dev_id'],
  ['dormant', 'dormant'],
  ['flags', 'flags'],
  ['iface_id', 'ifindex'],
  ['iface_link', 'iflink'],
  ['iface_link_mode', 'link_mode'],
  ['mtu_bytes', 'mtu'],
  ['name_assign_type', 'name_assign_type'],
  ['net_dev_group', 'netdev_group'],
  ['transmit_queue_length', 'tx_queue_len'],
  ['protocol_type', 'type'],
]

const speed = propertyFamily('speed_bytes')
const bytesPerMegabit = 1_000_000 / 8
/** IFF_UP of <linux/if.h>. */
const upFlag = 1

export const netclass: BuildCollector = ({ args, host }) => {
  const { ignore_invalid_speed_device, ignored_devices } = args.netclass
  const takes = filterOf({ exclude: ignored_devices, include: '' })
  return {
    name: 'netclass',
    async collect(page) {
      const root = host.sys('class/net')
      const devices = await host.list(root)
      for (const device of devices.filter(takes)) {
        const path = `${root}/${device}`
        // Beside devices, there are files such as bonding_masters.
        if (!(await host.isDirectory(path))) continue
        await addDevice(page, host, { device, path })
        await addSpeed(page, host, { device, path, skipsInvalid: ignore_invalid_speed_device })
      }
      if (devices.length === 0) throw new NoData()
    },
  }
}

async function addDevice(
  page: MetricPage,
  host: Host,
  { device, path }: { device: string; path: string },
): Promise<void> {
  const text = async (file: string) => await property(host, path, file)
  const flags = wholeNumber(await text('flags')) ?? 0
  const operstate = await text('operstate')
  page.add(up, operstate === 'up' ? 1 : 0, { device })
  page.add(deviceInfo, 1, {
    device,
    address: await text('address'),
    broadcast: await text('broadcast'),
    duplex: await text('duplex'),
    operstate,
    adminstate: (flags & upFlag) === 0 ? 'down' : 'up',
    ifalias: await text('ifalias'),
  })
  for (const [name, file] of properties) {
    const value = wholeNumber(await text(file))
    if (value !== undefined) page.add(propertyFamily(name), value, { device })
  }
}

async function addSpeed(
  page: MetricPage,
  host: Host,
  { device, path, skipsInvalid }: { device: string; path: string; skipsInvalid: boolean },
): Promise<void> {
  const megabits = wholeNumber((await host.attribute(`${path}/speed`)) ?? '')
  // Drivers say -1 where they do not know.
  if (megabits === undefined || (skipsInvalid && megabits < 0)) return
  page.add(speed, megabits * bytesPerMegabit, { device })
}

/** What waits for the lock of network configuration, which a driver may hold for seconds. */
const waiting: ReadonlySet<string> = new Set(['carrier', 'duplex'])

/** A machine of many containers has thousands of these: they are read at once where they can. */
async function property(host: Host, path: string, file: string): Promise<string> {
  const text = waiting.has(file)
    ? await host.attribute(`${path}/${file}`)
    : host.glance(`${path}/${file}`)
  return text?.trim() ?? ''
}

function propertyFamily(name: string) {
  const help = `Network device property: ${name}`
  const make = name.endsWith('_total') ? counter : gauge
  return make(`node_network_${name}`, help)
}

/** Decimal, or hexadecimal after `0x`. */
function wholeNumber(text: string): number | undefined {
  return /^(-?\d+|0x[0-9a-f]+)$/i.test(text) ? Number(text) : undefined
}
