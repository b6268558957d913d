// cpu_vulnerabilities: whether flaws of CPUs are there, and whether the kernel works around them.

import { type BuildCollector, gauge } from '../collector.ts'

const family = gauge(
  'node_cpu_vulnerabilities_info',
  'Details of each CPU vulnerability reported by sysfs. The value of the series is an int ' +
    'encoded state of the vulnerability. The same state is stored as a string in the label',
)

export const cpuVulnerabilities: BuildCollector = ({ host }) => ({
  name: 'cpu_vulnerabilities',
  async collect(page) {
    const directory = host.sys('devices/system/cpu/vulnerabilities')
    for (const codename of await host.list(directory)) {
      const text = await host.attribute(`${directory}/${codename}`)
      if (text !== undefined) page.add(family, 1, { codename, state: stateOf(text) })
    }
  },
})

/** The first words of what the kernel says; how it works around a flaw follows a colon. */
function stateOf(text: string): string {
  const lower = text.toLowerCase()
  const known = ['not affected', 'vulnerable', 'mitigation']
  return known.find((state) => lower.startsWith(state)) ?? 'unknown'
}
