// watchdog: devices that restart a machine which hangs.

import { type BuildCollector, gauge } from '../collector.ts'
import { optionalNumber } from '../proc_text.ts'

const deviceInfo = gauge('node_watchdog_info', 'Info of /sys/class/watchdog/<watchdog>')

/** Families by their file. */
const families = [
  ['access_cs0', 'access_cs0'],
  ['bootstatus', 'bootstatus'],
  ['fw_version', 'fw_version'],
  ['nowayout', 'nowayout'],
  ['pretimeout', 'pretimeout_seconds'],
  ['timeleft', 'timeleft_seconds'],
  ['timeout', 'timeout_seconds'],
].map(([file = '', name = '']) => {
  const help = `Value of /sys/class/watchdog/<watchdog>/${file}`
  return [file, gauge(`node_watchdog_${name}`, help)] as const
})

const texts = ['identity', 'options', 'pretimeout_governor', 'state', 'status']

export const watchdog: BuildCollector = ({ host }) => ({
  name: 'watchdog',
  async collect(page) {
    const root = host.sys('class/watchdog')
    for (const name of await host.list(root)) {
      const path = `${root}/${name}`
      for (const [file, family] of families) {
        const value = optionalNumber(await host.attribute(`${path}/${file}`))
        if (value !== undefined) page.add(family, value, { name })
      }
      const labels: Record<string, string> = { name }
      for (const file of texts) labels[file] = (await host.attribute(`${path}/${file}`)) ?? ''
      page.add(deviceInfo, 1, labels)
    }
  },
})
