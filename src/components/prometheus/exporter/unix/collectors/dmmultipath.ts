// dmmultipath: devices that are reached by several paths, and which of the paths work.

import { type BuildCollector, gauge } from '../collector.ts'

const info = gauge(
  'node_dmmultipath_device_info',
  'Non-numeric information about a DM-multipath device.',
)
const paths = gauge('node_dmmultipath_device_paths', 'Number of paths for a multipath device.')
const activePaths = gauge(
  'node_dmmultipath_device_paths_active',
  'Number of paths in active state (SCSI running or NVMe live) for a multipath device.',
)
const failedPaths = gauge(
  'node_dmmultipath_device_paths_failed',
  'Number of paths not in active state for a multipath device.',
)

export const dmmultipath: BuildCollector = ({ host }) => ({
  name: 'dmmultipath',
  async collect(page) {
    const directory = host.sys('block')
    for (const sysfs_name of await host.list(directory)) {
      if (!sysfs_name.startsWith('dm-')) continue
      const path = `${directory}/${sysfs_name}`
      const uuid = (await host.attribute(`${path}/dm/uuid`)) ?? ''
      if (!uuid.startsWith('mpath-')) continue
      const device = (await host.attribute(`${path}/dm/name`)) ?? ''
      const slaves = await host.listIfAny(`${path}/slaves`)
      let active = 0
      for (const slave of slaves) {
        const state = await host.attribute(`${directory}/${slave}/device/state`)
        if (state === 'running' || state === 'live') active++
      }
      page.add(info, 1, { device, sysfs_name, uuid })
      page.add(paths, slaves.length, { device, sysfs_name })
      page.add(activePaths, active, { device, sysfs_name })
      page.add(failedPaths, slaves.length - active, { device, sysfs_name })
    }
  },
})
