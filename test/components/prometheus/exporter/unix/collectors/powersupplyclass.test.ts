import { expect, it } from 'vitest'
import { powersupplyclass } from '../../../../../../src/components/prometheus/exporter/unix/collectors/powersupplyclass.ts'
import { samplesOf } from '../../../../../support/unix_tree.ts'

const supply = (name: string, files: Readonly<Record<string, string>>) =>
  Object.fromEntries(
    Object.entries(files).map(([file, text]) => [
      `sys/class/power_supply/${name}/${file}`,
      `${text}\n`,
    ]),
  )

const tree = {
  ...supply('BAT0', {
    capacity: '81',
    cycle_count: '7',
    energy_now: '36580000',
    temp: '301',
    time_to_empty_now: '60',
    voltage_min_design: '10800000',
    status: 'Discharging',
    type: 'Battery',
    voltage_now: 'broken',
  }),
  ...supply('AC', { online: '1', type: 'Mains' }),
}

it('gives values in their units', async () => {
  expect(await samplesOf(powersupplyclass, tree)).toEqual([
    'node_power_supply_capacity{power_supply="BAT0"} 81',
    'node_power_supply_cyclecount{power_supply="BAT0"} 7',
    'node_power_supply_energy_watthour{power_supply="BAT0"} 36.58',
    'node_power_supply_info{power_supply="AC",type="Mains"} 1',
    'node_power_supply_info{power_supply="BAT0",status="Discharging",type="Battery"} 1',
    'node_power_supply_online{power_supply="AC"} 1',
    'node_power_supply_temp_celsius{power_supply="BAT0"} 30.1',
    'node_power_supply_time_to_empty_seconds{power_supply="BAT0"} 60',
    'node_power_supply_voltage_min_design{power_supply="BAT0"} 10.8',
  ])
})

it('leaves supplies out', async () => {
  const args = 'powersupply { ignored_supplies = "^BAT" }'
  expect((await samplesOf(powersupplyclass, tree, { args })).length).toBe(2)
})
