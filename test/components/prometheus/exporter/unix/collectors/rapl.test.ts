import { expect, it } from 'vitest'
import { rapl } from '../../../../../../src/components/prometheus/exporter/unix/collectors/rapl.ts'
import { samplesOf } from '../../../../../support/unix_tree.ts'

const zone = (folder: string, name: string, microjoules: number) => ({
  [`sys/class/powercap/${folder}/name`]: `${name}\n`,
  [`sys/class/powercap/${folder}/energy_uj`]: `${String(microjoules)}\n`,
})

it('names zones, and numbers those of one name', async () => {
  const tree = {
    'sys/class/powercap/intel-rapl/enabled': '1\n',
    ...zone('intel-rapl:0', 'package-0', 240422366267),
    ...zone('intel-rapl:0:0', 'core', 118821284256),
    ...zone('intel-rapl:1', 'package-1', 1e6),
    ...zone('intel-rapl:1:0', 'core', 2e6),
    ...zone('intel-rapl:2', 'psys x', 3e6),
  }
  const samples = await samplesOf(rapl, tree)
  expect(samples.map((line) => line.replace(/path="[^"]*\/sys/, 'path="/sys'))).toEqual([
    'node_rapl_core_joules_total{index="0",path="/sys/class/powercap/intel-rapl:0:0"} 118821.284256',
    'node_rapl_core_joules_total{index="1",path="/sys/class/powercap/intel-rapl:1:0"} 2',
    'node_rapl_package_joules_total{index="0",path="/sys/class/powercap/intel-rapl:0"} 240422.366267',
    'node_rapl_package_joules_total{index="1",path="/sys/class/powercap/intel-rapl:1"} 1',
    'node_rapl_psys_x_joules_total{index="0",path="/sys/class/powercap/intel-rapl:2"} 3',
  ])
})

it('has no data without zones', async () => {
  const tree = { 'sys/class/powercap/dtpm/enabled': '1\n' }
  await expect(samplesOf(rapl, tree)).rejects.toThrow('collector returned no data')
})
