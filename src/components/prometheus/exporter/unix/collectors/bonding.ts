// bonding: how many devices are part of each bond, and how many of them have a link.

import { type BuildCollector, gauge } from '../collector.ts'
import type { Host } from '../host.ts'
import { fieldsOf } from '../proc_text.ts'

const slavesFamily = gauge(
  'node_bonding_slaves',
  'Number of configured slaves per bonding interface.',
)
const activeFamily = gauge('node_bonding_active', 'Number of active slaves per bonding interface.')

export const bonding: BuildCollector = ({ host }) => ({
  name: 'bonding',
  async collect(page) {
    const masters = await host.read(host.sys('class/net/bonding_masters'))
    for (const master of words(masters)) {
      const slaves = words(await host.read(host.sys(`class/net/${master}/bonding/slaves`)))
      let active = 0
      for (const slave of slaves) if (await isUp(host, master, slave)) active++
      page.add(slavesFamily, slaves.length, { master })
      page.add(activeFamily, active, { master })
    }
  },
})

function words(text: string): string[] {
  return fieldsOf(text).filter((word) => word !== '')
}

/** Older kernels say `slave_` in the name of the link to a device. */
async function isUp(host: Host, master: string, slave: string): Promise<boolean> {
  for (const link of [`lower_${slave}`, `slave_${slave}`]) {
    const path = host.sys(`class/net/${master}/${link}/bonding_slave/mii_status`)
    const status = await host.attribute(path)
    if (status !== undefined) return status === 'up'
  }
  return false
}
