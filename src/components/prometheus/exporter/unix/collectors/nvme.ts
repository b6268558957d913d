// nvme: NVMe controllers and their namespaces.

import type { MetricPage } from '../../../../../wire/exposition/metric_page.ts'
import { type BuildCollector, gauge } from '../collector.ts'
import type { Host } from '../host.ts'
import { optionalNumber } from '../proc_text.ts'

const controllerInfo = gauge(
  'node_nvme_info',
  'Non-numeric data from /sys/class/nvme/<device>, value is always 1.',
)
const namespaceInfo = gauge(
  'node_nvme_namespace_info',
  'Information about NVMe namespaces. Value is always 1',
)
const capacity = gauge(
  'node_nvme_namespace_capacity_bytes',
  'Capacity of the NVMe namespace in bytes. Computed as namespace_size * ' +
    'namespace_logical_block_size',
)
const used = gauge(
  'node_nvme_namespace_used_bytes',
  'Used space of the NVMe namespace in bytes. Available in ' +
    '/sys/class/nvme/<device>/<namespace>/nuse',
)
const blockSize = gauge(
  'node_nvme_namespace_logical_block_size_bytes',
  'Logical block size of the NVMe namespace in bytes. Usually 4Kb. Available in /sys/class/nvme/<device>/<namespace>/queue/logical_block_size',
)

/** `nvme0n1`, and `nvme0c1n1` where there are several paths to it. */
const namespaceName = /^nvme\d+(?:c\d+)?n(\d+)$/

export const nvme: BuildCollector = ({ host }) => ({
  name: 'nvme',
  async collect(page) {
    const root = host.sys('class/nvme')
    for (const device of await host.list(root)) {
      const path = `${root}/${device}`
      const text = async (file: string) => (await host.attribute(`${path}/${file}`)) ?? ''
      page.add(controllerInfo, 1, {
        device,
        firmware_revision: await text('firmware_rev'),
        model: await text('model'),
        serial: await text('serial'),
        state: await text('state'),
      })
      for (const name of await host.listIfAny(path)) {
        const nsid = namespaceName.exec(name)?.[1]
        if (nsid !== undefined) await addNamespace(page, host, `${path}/${name}`, { device, nsid })
      }
    }
  },
})

async function addNamespace(
  page: MetricPage,
  host: Host,
  path: string,
  labels: { readonly device: string; readonly nsid: string },
): Promise<void> {
  const number = async (file: string) => optionalNumber(await host.attribute(`${path}/${file}`))
  const state = (await host.attribute(`${path}/ana_state`)) ?? 'unknown'
  page.add(namespaceInfo, 1, { ...labels, ana_state: state })
  const sizeBytes = await number('queue/logical_block_size')
  const blocks = await number('size')
  const usedBlocks = await number('nuse')
  if (sizeBytes === undefined) return
  page.add(blockSize, sizeBytes, labels)
  if (blocks !== undefined) page.add(capacity, blocks * sizeBytes, labels)
  if (usedBlocks !== undefined) page.add(used, usedBlocks * sizeBytes, labels)
}
