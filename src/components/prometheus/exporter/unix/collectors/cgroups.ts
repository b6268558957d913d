// cgroups: how many control groups each controller has.

import { type BuildCollector, gauge } from '../collector.ts'
import { fieldsOf, linesOf, numberOf } from '../proc_text.ts'

const help = 'Current cgroup number of the subsystem.'
const cgroupsFamily = gauge('node_cgroups_cgroups', help)
/** The help of the other family: so it is in the original. */
const enabledFamily = gauge('node_cgroups_enabled', help)

export const cgroups: BuildCollector = ({ host }) => ({
  name: 'cgroups',
  async collect(page) {
    for (const line of linesOf(await host.read(host.proc('cgroups')))) {
      if (line.startsWith('#')) continue
      const [subsys_name = '', , count, enabled] = fieldsOf(line)
      page.add(cgroupsFamily, numberOf(count), { subsys_name })
      page.add(enabledFamily, numberOf(enabled), { subsys_name })
    }
  },
})
