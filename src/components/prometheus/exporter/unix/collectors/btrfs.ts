// btrfs: space of each file system by what it is used for, its devices and its commits. What only
// an ioctl tells, errors and free space of devices, needs native code and is not there.

import type { MetricPage, PageLabels } from '../../../../../wire/exposition/metric_page.ts'
import { type BuildCollector, counter, gauge } from '../collector.ts'
import type { Host } from '../host.ts'
import { fieldsOf, linesOf, numberOf, optionalNumber } from '../proc_text.ts'

const sectorSizeBytes = 512

const info = gauge('node_btrfs_info', 'Filesystem information')
const globalReserve = gauge('node_btrfs_global_rsv_size_bytes', 'Size of global reserve.')
const commits = counter(
  'node_btrfs_commits_total',
  'The total number of commits that have occurred.',
)
const lastCommit = gauge(
  'node_btrfs_last_commit_seconds',
  'Duration of the most recent commit, in seconds.',
)
const maxCommit = gauge(
  'node_btrfs_max_commit_seconds',
  'Duration of the slowest commit, in seconds.',
)
const totalCommit = counter(
  'node_btrfs_commit_seconds_total',
  'Sum of the duration of all commits, in seconds.',
)
const deviceSize = gauge(
  'node_btrfs_device_size_bytes',
  'Size of a device that is part of the filesystem.',
)
const reserved = gauge('node_btrfs_reserved_bytes', 'Amount of space reserved for a data type')
const used = gauge('node_btrfs_used_bytes', 'Amount of used space by a layout/data type')
const size = gauge('node_btrfs_size_bytes', 'Amount of space allocated for a layout/data type')
const ratio = gauge('node_btrfs_allocation_ratio', 'Data allocation ratio for a layout/data type')

export const btrfs: BuildCollector = ({ host }) => ({
  name: 'btrfs',
  async collect(page) {
    const directory = host.sys('fs/btrfs')
    for (const entry of await host.listIfAny(directory)) {
      // Others are `features` and `debug`.
      if (entry.includes('-')) await addFileSystem(page, host, `${directory}/${entry}`)
    }
  },
})

async function addFileSystem(page: MetricPage, host: Host, path: string): Promise<void> {
  const uuid =
    (await host.attribute(`${path}/metadata_uuid`)) ?? path.slice(path.lastIndexOf('/') + 1)
  page.add(info, 1, { uuid, label: (await host.attribute(`${path}/label`)) ?? '' })
  page.add(globalReserve, await count(host, `${path}/allocation/global_rsv_size`), { uuid })
  await addCommits(page, host, path, { uuid })
  const devices = await host.listIfAny(`${path}/devices`)
  for (const device of devices) {
    const sectors = await count(host, `${path}/devices/${device}/size`)
    page.add(deviceSize, sectors * sectorSizeBytes, { uuid, device })
  }
  for (const block_group_type of ['data', 'metadata', 'system']) {
    const group = `${path}/allocation/${block_group_type}`
    const labels = { uuid, block_group_type }
    page.add(reserved, await count(host, `${group}/bytes_reserved`), labels)
    for (const mode of await host.list(group)) {
      if (!(await host.isDirectory(`${group}/${mode}`))) continue
      page.add(used, await count(host, `${group}/${mode}/used_bytes`), { ...labels, mode })
      page.add(size, await count(host, `${group}/${mode}/total_bytes`), { ...labels, mode })
      page.add(ratio, ratioOf(mode, devices.length), { ...labels, mode })
    }
  }
}

/** Kernels before 6.0 do not count commits. */
async function addCommits(
  page: MetricPage,
  host: Host,
  path: string,
  labels: PageLabels,
): Promise<void> {
  const text = (await host.readIfAny(`${path}/commit_stats`)) ?? ''
  const stats = new Map(linesOf(text).map((line) => fieldsOf(line) as [string, string]))
  const seconds = (name: string) => (optionalNumber(stats.get(name)) ?? 0) / 1000
  page.add(commits, optionalNumber(stats.get('commits')) ?? 0, labels)
  page.add(lastCommit, seconds('last_commit_ms'), labels)
  page.add(maxCommit, seconds('max_commit_ms'), labels)
  page.add(totalCommit, seconds('total_commit_ms'), labels)
}

/** How many bytes of disk a byte of data takes. */
function ratioOf(mode: string, deviceCount: number): number {
  switch (mode) {
    case 'dup':
    case 'raid1':
    case 'raid10':
      return 2
    case 'raid1c3':
      return 3
    case 'raid1c4':
      return 4
    case 'raid5':
      return deviceCount / (deviceCount - 1)
    case 'raid6':
      return deviceCount / (deviceCount - 2)
    default:
      return 1
  }
}

async function count(host: Host, path: string): Promise<number> {
  return numberOf((await host.read(path)).trim())
}
