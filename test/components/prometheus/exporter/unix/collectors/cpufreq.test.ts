import { expect, it } from 'vitest'
import { cpufreq } from '../../../../../../src/components/prometheus/exporter/unix/collectors/cpufreq.ts'
import { samplesOf } from '../../../../../support/unix_tree.ts'

it('gives frequencies in hertz and every governor', async () => {
  const cpu = 'sys/devices/system/cpu'
  const tree = {
    [`${cpu}/cpu0/cpufreq/scaling_cur_freq`]: '1699981\n',
    [`${cpu}/cpu0/cpufreq/scaling_governor`]: 'powersave\n',
    [`${cpu}/cpu0/cpufreq/scaling_available_governors`]: 'performance powersave\n',
    [`${cpu}/cpu1/cpufreq/cpuinfo_max_freq`]: '<unknown>\n',
    [`${cpu}/online`]: '0-1\n',
  }
  expect(await samplesOf(cpufreq, tree)).toEqual([
    'node_cpu_scaling_frequency_hertz{cpu="0"} 1.699981e+09',
    'node_cpu_scaling_governor{cpu="0",governor="performance"} 0',
    'node_cpu_scaling_governor{cpu="0",governor="powersave"} 1',
  ])
})
