// cpufreq: the frequencies of the CPUs, what they may be, and who chooses them.

import { type BuildCollector, gauge } from '../collector.ts'
import { optionalNumber } from '../proc_text.ts'

/** By the file, which holds kHz. */
const frequencies = {
  cpuinfo_cur_freq: gauge('node_cpu_frequency_hertz', 'Current CPU thread frequency in hertz.'),
  cpuinfo_min_freq: gauge('node_cpu_frequency_min_hertz', 'Minimum CPU thread frequency in hertz.'),
  cpuinfo_max_freq: gauge('node_cpu_frequency_max_hertz', 'Maximum CPU thread frequency in hertz.'),
  scaling_cur_freq: gauge(
    'node_cpu_scaling_frequency_hertz',
    'Current scaled CPU thread frequency in hertz.',
  ),
  scaling_min_freq: gauge(
    'node_cpu_scaling_frequency_min_hertz',
    'Minimum scaled CPU thread frequency in hertz.',
  ),
  scaling_max_freq: gauge(
    'node_cpu_scaling_frequency_max_hertz',
    'Maximum scaled CPU thread frequency in hertz.',
  ),
}

const governorFamily = gauge('node_cpu_scaling_governor', 'Current enabled CPU frequency governor.')

export const cpufreq: BuildCollector = ({ host }) => ({
  name: 'cpufreq',
  async collect(page) {
    const directory = host.sys('devices/system/cpu')
    for (const name of await host.list(directory)) {
      const cpu = /^cpu(\d+)$/.exec(name)?.[1]
      const path = `${directory}/${name}/cpufreq`
      // A CPU that is off has an empty directory, a virtual one none.
      if (cpu === undefined || (await host.listIfAny(path)).length === 0) continue
      for (const [file, family] of Object.entries(frequencies)) {
        const kilohertz = optionalNumber(await host.attribute(`${path}/${file}`))
        if (kilohertz !== undefined) page.add(family, kilohertz * 1000, { cpu })
      }
      const current = await host.attribute(`${path}/scaling_governor`)
      const available = await host.attribute(`${path}/scaling_available_governors`)
      if (current === undefined || !available) continue
      for (const governor of available.split(/\s+/)) {
        page.add(governorFamily, governor === current ? 1 : 0, { cpu, governor })
      }
    }
  },
})
