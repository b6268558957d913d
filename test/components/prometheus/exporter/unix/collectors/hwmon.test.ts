import { expect, it } from 'vitest'
import { hwmon } from '../../../../../../src/components/prometheus/exporter/unix/collectors/hwmon.ts'
import { samplesOf } from '../../../../../support/unix_tree.ts'

async function samples(files: Readonly<Record<string, string>>): Promise<string[]> {
  const tree = Object.entries(files).map(([name, text]) => [`sys/class/hwmon/hwmon0/${name}`, text])
  const lines = await samplesOf(hwmon, Object.fromEntries(tree))
  return lines.map((line) => line.replace('node_hwmon_', '').replace('chip="hwmon0",', ''))
}

it.each([
  ['temp1_input', '55000', 'temp_celsius{sensor="temp1"} 55'],
  ['temp1', '55000', 'temp_celsius{sensor="temp1"} 55'],
  ['temp1_crit_alarm', '0', 'temp_crit_alarm_celsius{sensor="temp1"} 0'],
  ['temp1_alarm', '1', 'temp_alarm{sensor="temp1"} 1'],
  ['temp1_fault', '1', 'temp_fault{sensor="temp1"} 1'],
  ['temp1_beep', '1', 'temp_beep_enabled{sensor="temp1"} 1'],
  ['temp1_type', '4', 'temp_type{sensor="temp1"} 4'],
  ['in0_min', '-1744', 'in_min_volts{sensor="in0"} -1.744'],
  ['cpu0_vid', '1234', 'cpu_vid_volts{sensor="cpu0"} 1.234'],
  ['fan1_input', '1098', 'fan_rpm{sensor="fan1"} 1098'],
  ['fan1_target', '27000', 'fan_target_rpm{sensor="fan1"} 27000'],
  ['fan1_div', '8', 'fan_div{sensor="fan1"} 8'],
  ['curr1_max', '1500', 'curr_max_amps{sensor="curr1"} 1.5'],
  ['power1_average', '2500000', 'power_average_watt{sensor="power1"} 2.5'],
  ['power1_average_interval_max', '3', 'power_average_interval_max_seconds{sensor="power1"} 0.003'],
  ['power1_accuracy', '1250000', 'power_accuracy{sensor="power1"} 1.25'],
  ['energy1_input', '3000000', 'energy_joule_total{sensor="energy1"} 3'],
  ['humidity1_input', '500000', 'humidity{sensor="humidity1"} 0.5'],
  ['intrusion0_alarm', '1', 'intrusion_alarm{sensor="intrusion0"} 1'],
  ['pwm2', '255', 'pwm{sensor="pwm2"} 255'],
  ['pwm1_auto_point1_pwm', '153', 'pwm_auto_point1_pwm{sensor="pwm1"} 153'],
  ['vrm', '90', 'voltage_regulator_version{sensor="vrm0"} 90'],
  ['beep_enable', '1', 'beep_enabled{sensor="beep_enable0"} 1'],
  ['update_interval', '1500', 'update_interval_seconds{sensor="update_interval0"} 1.5'],
])('reads %s of %s', async (name, text, expected) => {
  expect(await samples({ [name]: `${text}\n` })).toEqual([expected])
})

it.each([
  ['files of no sensor', { bogus1_input: '1\n', uevent: '\n', temp: '' }],
  ['values that are no numbers', { temp1_input: 'n/a\n', fan2_safe: '\n' }],
  ['frequencies without a label', { freq1_input: '1\n' }],
])('passes over %s', async (_, files) => {
  expect(await samples(files)).toEqual([])
})

it('tells the plain value of a fan from its input', async () => {
  expect(await samples({ fan3: '1\n', fan3_input: '2\n' })).toEqual([
    'fan{sensor="fan3"} 1',
    'fan_input_rpm{sensor="fan3"} 2',
  ])
})

it('labels sensors, frequencies by their label alone', async () => {
  const files = { temp1_label: 'Core 0\n', freq1_label: 'sclk\n', freq1_input: '214000000\n' }
  expect(await samples(files)).toEqual([
    'freq_freq_mhz{sensor="sclk"} 214',
    'sensor_label{label="Core 0",sensor="temp1"} 1',
    'sensor_label{label="sclk",sensor="freq1"} 1',
  ])
})

const devices = {
  'sys/devices/pci0000:00/0000:00:18.3/hwmon/hwmon1/name': 'K-10 temp\n',
  'sys/devices/pci0000:00/0000:00:18.3/hwmon/hwmon1/device': '-> ../..',
  'sys/class/hwmon/hwmon1': '-> ../../devices/pci0000:00/0000:00:18.3/hwmon/hwmon1',
  'sys/devices/platform/applesmc.768/fan1_input': '7\n',
  'sys/devices/platform/applesmc.768/hwmon/hwmon2/device': '-> ../..',
  'sys/class/hwmon/hwmon2': '-> ../../devices/platform/applesmc.768/hwmon/hwmon2',
  'sys/devices/soc/phy0/hwmon/hwmon3/device': '-> ../..',
  'sys/devices/soc/phy0/hwmon/hwmon3/name': 'radio_0\n',
  'sys/class/hwmon/hwmon3': '-> ../../devices/soc/phy0/hwmon/hwmon3',
  'sys/devices/soc/phy0/hwmon/hwmon4/device': '-> ../..',
  'sys/devices/soc/phy0/hwmon/hwmon4/name': 'radio_1\n',
  'sys/class/hwmon/hwmon4': '-> ../../devices/soc/phy0/hwmon/hwmon4',
  'sys/class/hwmon/hwmon5/name': 'nct6779\n',
}

it('names chips by device, twins by their driver too, others by driver', async () => {
  const lines = await samplesOf(hwmon, devices)
  expect(lines.map((line) => line.replace('node_hwmon_', ''))).toEqual([
    'chip_names{chip="nct6779",chip_name="nct6779"} 1',
    'chip_names{chip="pci0000:00_0000:00:18_3",chip_name="k_10_temp"} 1',
    'chip_names{chip="soc_phy0_radio_0",chip_name="radio_0"} 1',
    'chip_names{chip="soc_phy0_radio_1",chip_name="radio_1"} 1',
    'fan_rpm{chip="platform_applesmc_768",sensor="fan1"} 7',
  ])
})

it.each([
  ['chip_include = "apple"', ['platform_applesmc_768']],
  ['chip_exclude = "soc|pci|nct"', ['platform_applesmc_768']],
])('%s', async (block, chips) => {
  const lines = await samplesOf(hwmon, devices, { args: `hwmon {\n${block}\n}` })
  expect(lines.map((line) => /chip="([^"]+)"/.exec(line)?.[1])).toEqual(chips)
})

it('has nothing to say without sensors', async () => {
  await expect(samplesOf(hwmon, {})).rejects.toThrow('ENOENT')
})
