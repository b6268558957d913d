// bcachefs: counters, devices and compression of each file system.

import type {
  FamilySpec,
  MetricPage,
  PageLabels,
} from '../../../../../wire/exposition/metric_page.ts'
import { type BuildCollector, counter, gauge } from '../collector.ts'
import type { Host } from '../host.ts'
import { fieldsOf, linesOf, numberOf, optionalNumber } from '../proc_text.ts'

const info = gauge('node_bcachefs_info', 'Filesystem information.')
const cacheSize = gauge(
  'node_bcachefs_btree_cache_size_bytes',
  'Btree cache memory usage in bytes.',
)
const writes = counter('node_bcachefs_btree_writes_total', 'Number of btree writes by type.')
const writeSize = gauge(
  'node_bcachefs_btree_write_average_size_bytes',
  'Average btree write size by type.',
)
const compressed = gauge(
  'node_bcachefs_compression_compressed_bytes',
  'Compressed size by algorithm.',
)
const uncompressed = gauge(
  'node_bcachefs_compression_uncompressed_bytes',
  'Uncompressed size by algorithm.',
)
const deviceInfo = gauge('node_bcachefs_device_info', 'Device information.')
const bucketSize = gauge('node_bcachefs_device_bucket_size_bytes', 'Bucket size in bytes.')
const buckets = gauge('node_bcachefs_device_buckets', 'Total number of buckets.')
const durability = gauge('node_bcachefs_device_durability', 'Device durability setting.')
const errors = counter('node_bcachefs_device_io_errors_total', 'IO errors by error type.')

export const bcachefs: BuildCollector = ({ host }) => ({
  name: 'bcachefs',
  async collect(page) {
    const directory = host.sys('fs/bcachefs')
    for (const uuid of await host.list(directory)) {
      const path = `${directory}/${uuid}`
      if (!(await host.isDirectory(path))) continue
      page.add(info, 1, { uuid })
      await addSize(page, cacheSize, host, `${path}/btree_cache_size`, { uuid })
      await addCounters(page, host, `${path}/counters`, { uuid })
      await addWrites(page, host, `${path}/btree_write_stats`, { uuid })
      await addCompression(page, host, `${path}/compression_stats`, { uuid })
      for (const name of await host.list(path)) {
        const device = /^dev-(\d+)$/.exec(name)?.[1]
        if (device !== undefined) await addDevice(page, host, `${path}/${name}`, { uuid, device })
      }
    }
  },
})

/** `since filesystem creation:     21.5P` */
async function addCounters(
  page: MetricPage,
  host: Host,
  path: string,
  labels: PageLabels,
): Promise<void> {
  for (const name of await host.listIfAny(path)) {
    const text = (await host.attribute(`${path}/${name}`)) ?? ''
    const value = /^since filesystem creation:\s*(\S+)$/m.exec(text)?.[1]
    if (value === undefined) continue
    const help = `Bcachefs counter ${name} since filesystem creation.`
    page.add(counter(`node_bcachefs_${name}_total`, help), sizeOf(value), labels)
  }
}

/** `initial:           3298401   100k`, below a line of titles. */
async function addWrites(
  page: MetricPage,
  host: Host,
  path: string,
  labels: PageLabels,
): Promise<void> {
  for (const line of linesOf((await host.readIfAny(path)) ?? '').slice(1)) {
    const [name = '', count, size] = fieldsOf(line)
    const type = name.replace(/:$/, '')
    if (count === undefined || size === undefined) continue
    page.add(writes, sizeOf(count), { ...labels, type })
    page.add(writeSize, sizeOf(size), { ...labels, type })
  }
}

/** `lz4                    48.9G           71.2G                   62.5k`, below titles. */
async function addCompression(
  page: MetricPage,
  host: Host,
  path: string,
  labels: PageLabels,
): Promise<void> {
  for (const line of linesOf((await host.readIfAny(path)) ?? '').slice(1)) {
    const [algorithm = '', after, before] = fieldsOf(line)
    if (after === undefined || before === undefined) continue
    page.add(compressed, sizeOf(after), { ...labels, algorithm })
    page.add(uncompressed, sizeOf(before), { ...labels, algorithm })
  }
}

async function addDevice(
  page: MetricPage,
  host: Host,
  path: string,
  labels: PageLabels,
): Promise<void> {
  const text = async (file: string) => (await host.attribute(`${path}/${file}`)) ?? ''
  page.add(deviceInfo, 1, { ...labels, label: await text('label'), state: await text('state') })
  await addSize(page, bucketSize, host, `${path}/bucket_size`, labels)
  await addSize(page, buckets, host, `${path}/nbuckets`, labels)
  await addSize(page, durability, host, `${path}/durability`, labels)
  // What follows counts since the errors were reset.
  const [sinceCreation = ''] = (await text('io_errors')).split(/\nIO errors since/)
  for (const [, type = '', count] of sinceCreation.matchAll(/^\s*(\w+):\s*(\d+)$/gm)) {
    page.add(errors, numberOf(count), { ...labels, type })
  }
}

async function addSize(
  page: MetricPage,
  family: FamilySpec,
  host: Host,
  path: string,
  labels: PageLabels,
): Promise<void> {
  const text = await host.attribute(path)
  if (text) page.add(family, sizeOf(text), labels)
}

/** `2.05G`: the kernel rounds, and so whole bytes are all that it tells. */
function sizeOf(text: string): number {
  const [, digits, unit = ''] = /^(-?[\d.]+)([kMGTPE]?)$/.exec(text) ?? []
  const number = optionalNumber(digits)
  if (number === undefined) throw new Error(`cannot read ${JSON.stringify(text)} as a size`)
  return unit === '' ? number : Math.trunc(number * 1024 ** ('kMGTPE'.indexOf(unit) + 1))
}
