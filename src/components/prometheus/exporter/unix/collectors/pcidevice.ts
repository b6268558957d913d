// pcidevice: devices on PCI buses and their links.

import type { MetricPage } from '../../../../../wire/exposition/metric_page.ts'
import { type BuildCollector, gauge } from '../collector.ts'
import type { Host } from '../host.ts'
import { optionalNumber } from '../proc_text.ts'

const deviceInfo = gauge(
  'node_pcidevice_info',
  'Non-numeric data from /sys/bus/pci/devices/<location>, value is always 1.',
)
const powerState = gauge(
  'node_pcidevice_power_state',
  'PCIe device power state, one of: D0, D1, D2, D3hot, D3cold, unknown or error.',
)
const powerStates = ['D0', 'D1', 'D2', 'D3hot', 'D3cold', 'unknown', 'error']
const numaNode = gauge(
  'node_pcidevice_numa_node',
  'NUMA node number for the PCI device. -1 indicates unknown or not available.',
)

/** Speeds of links, as `8.0 GT/s PCIe`. */
const speeds = [
  [
    'current_link_speed',
    gauge(
      'node_pcidevice_current_link_transfers_per_second',
      "Value of current link's transfers per second (T/s)",
    ),
  ],
  [
    'max_link_speed',
    gauge(
      'node_pcidevice_max_link_transfers_per_second',
      "Value of maximum link's transfers per second (T/s)",
    ),
  ],
] as const

const numbers = [
  [
    'current_link_width',
    gauge('node_pcidevice_current_link_width', "Value of current link's width (number of lanes)"),
  ],
  [
    'max_link_width',
    gauge('node_pcidevice_max_link_width', "Value of maximum link's width (number of lanes)"),
  ],
  [
    'd3cold_allowed',
    gauge(
      'node_pcidevice_d3cold_allowed',
      'Whether the PCIe device supports D3cold power state (0/1).',
    ),
  ],
  [
    'sriov_drivers_autoprobe',
    gauge(
      'node_pcidevice_sriov_drivers_autoprobe',
      'Whether SR-IOV drivers autoprobe is enabled for the device (0/1).',
    ),
  ],
  [
    'sriov_numvfs',
    gauge(
      'node_pcidevice_sriov_numvfs',
      'Number of Virtual Functions (VFs) currently enabled for SR-IOV.',
    ),
  ],
  [
    'sriov_totalvfs',
    gauge(
      'node_pcidevice_sriov_totalvfs',
      'Total number of Virtual Functions (VFs) supported by the device.',
    ),
  ],
  [
    'sriov_vf_total_msix',
    gauge(
      'node_pcidevice_sriov_vf_total_msix',
      'Total number of MSI-X vectors for Virtual Functions.',
    ),
  ],
] as const

interface Location {
  readonly segment: string
  readonly bus: string
  readonly device: string
  readonly function: string
}

const nowhere: Location = { segment: '*', bus: '*', device: '*', function: '*' }

export const pcidevice: BuildCollector = ({ host }) => ({
  name: 'pcidevice',
  async collect(page) {
    const root = host.sys('bus/pci/devices')
    for (const name of await host.list(root)) {
      const location = locationOf(name)
      if (location !== undefined) await addDevice(page, host, `${root}/${name}`, location)
    }
  },
})

async function addDevice(
  page: MetricPage,
  host: Host,
  path: string,
  location: Location,
): Promise<void> {
  const text = async (file: string) => (await host.attribute(`${path}/${file}`)) ?? ''
  const labels = { ...location }
  const parent = parentOf((await host.linkTarget(path)) ?? '')
  page.add(deviceInfo, 1, {
    ...labels,
    parent_segment: parent.segment,
    parent_bus: parent.bus,
    parent_device: parent.device,
    parent_function: parent.function,
    class_id: await text('class'),
    vendor_id: await text('vendor'),
    device_id: await text('device'),
    subsystem_vendor_id: await text('subsystem_vendor'),
    subsystem_device_id: await text('subsystem_device'),
    revision: await text('revision'),
  })
  for (const [file, family] of speeds) {
    const gigatransfers = optionalNumber(/^[\d.]+(?= GT\/s)/.exec(await text(file))?.[0])
    if (gigatransfers !== undefined) page.add(family, gigatransfers * 1e9, labels)
  }
  for (const [file, family] of numbers) {
    const value = optionalNumber(await text(file))
    if (value !== undefined) page.add(family, value, labels)
  }
  const node = optionalNumber(await text('numa_node'))
  if (node !== undefined && node >= 0) page.add(numaNode, node, labels)
  const current = await text('power_state')
  if (current === '') return
  for (const state of powerStates) {
    page.add(powerState, state === current ? 1 : 0, { ...labels, state })
  }
}

/** `0000:01:00.0`. */
function locationOf(name: string): Location | undefined {
  const [, segment, bus, device, func] =
    /^([0-9a-f]+):([0-9a-f]+):([0-9a-f]+)\.([0-9a-f]+)$/i.exec(name) ?? []
  if (segment === undefined || bus === undefined) return undefined
  if (device === undefined || func === undefined) return undefined
  return { segment, bus, device, function: func }
}

/** Devices lie within that which they are connected to, and the first in their bus. */
function parentOf(target: string): Location {
  return locationOf(target.split('/').at(-2) ?? '') ?? nowhere
}
