// filesystem: space and files of what is mounted.

import { statfs } from 'node:fs/promises'
import type { MetricPage } from '../../../../../wire/exposition/metric_page.ts'
import { type BuildCollector, gauge } from '../collector.ts'
import { compilePattern } from '../filter.ts'
import type { Host } from '../host.ts'
import { MountAsker, type Space, stuckMax } from './mount_asker.ts'
import { type Mount, mountsOf } from './mount_info.ts'

const size = gauge('node_filesystem_size_bytes', 'Filesystem size in bytes.')
const free = gauge('node_filesystem_free_bytes', 'Filesystem free space in bytes.')
const available = gauge(
  'node_filesystem_avail_bytes',
  'Filesystem space available to non-root users in bytes.',
)
const files = gauge('node_filesystem_files', 'Filesystem total file nodes.')
const filesFree = gauge('node_filesystem_files_free', 'Filesystem total free file nodes.')
const readonly = gauge('node_filesystem_readonly', 'Filesystem read-only status.')
const deviceError = gauge(
  'node_filesystem_device_error',
  'Whether an error occurred while getting statistics for the given device.',
)

export const filesystem: BuildCollector = ({ args, host, logger }) => {
  const { fs_types_exclude, mount_points_exclude, mount_timeout } = args.filesystem
  const flags = {
    'mount-points-exclude': mount_points_exclude,
    'fs-types-exclude': fs_types_exclude,
  }
  for (const [flag, pattern] of Object.entries(flags)) {
    logger.log('info', `Parsed flag --collector.filesystem.${flag}`, { flag: pattern })
  }
  const excludesPoint = compilePattern(mount_points_exclude)
  const excludesType = compilePattern(fs_types_exclude)
  const asker = new MountAsker({ timeoutMs: mount_timeout, logger, statfs })
  return {
    name: 'filesystem',
    async collect(page) {
      const mounts = (await mountsOf(host)).filter(
        ({ fstype, mountpoint }) => !excludesPoint.test(mountpoint) && !excludesType.test(fstype),
      )
      const next = mounts[Symbol.iterator]()
      const work = async () => {
        for (const mount of next) addMount(page, mount, await asker.ask(pathOf(host, mount)))
      }
      await Promise.all(Array.from({ length: stuckMax }, work))
    },
  }
}

function addMount(page: MetricPage, mount: Mount, space: Space): void {
  const { device, fstype, isReadonly, mountpoint } = mount
  const labels = { device, fstype, mountpoint }
  page.add(deviceError, space === undefined ? 1 : 0, labels)
  if (space === undefined) return
  page.add(size, space.blocks * space.bsize, labels)
  page.add(free, space.bfree * space.bsize, labels)
  page.add(available, space.bavail * space.bsize, labels)
  page.add(files, space.files, labels)
  page.add(filesFree, space.ffree, labels)
  page.add(readonly, isReadonly ? 1 : 0, labels)
}

function pathOf({ rootfsPath }: Host, { mountpoint }: Mount): string {
  return rootfsPath === '/' ? mountpoint : `${rootfsPath}${mountpoint}`
}
