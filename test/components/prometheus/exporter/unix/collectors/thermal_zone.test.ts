import { expect, it } from 'vitest'
import { thermalZone } from '../../../../../../src/components/prometheus/exporter/unix/collectors/thermal_zone.ts'
import { samplesOf } from '../../../../../support/unix_tree.ts'

it('gives temperatures and throttling', async () => {
  const tree = {
    'sys/class/thermal/thermal_zone0/temp': '12376\n',
    'sys/class/thermal/thermal_zone0/type': 'cpu-thermal\n',
    'sys/class/thermal/thermal_zone1/type': 'without a sensor\n',
    'sys/class/thermal/cooling_device2/type': 'Processor\n',
    'sys/class/thermal/cooling_device2/cur_state': '0\n',
    'sys/class/thermal/cooling_device2/max_state': '3\n',
  }
  expect(await samplesOf(thermalZone, tree)).toEqual([
    'node_cooling_device_cur_state{name="2",type="Processor"} 0',
    'node_cooling_device_max_state{name="2",type="Processor"} 3',
    'node_thermal_zone_temp{type="cpu-thermal",zone="0"} 12.376',
  ])
})
