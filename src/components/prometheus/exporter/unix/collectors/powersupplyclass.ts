// powersupplyclass: batteries and other power supplies.

import type { MetricPage } from '../../../../../wire/exposition/metric_page.ts'
import { type BuildCollector, gauge } from '../collector.ts'
import { filterOf } from '../filter.ts'
import type { Host } from '../host.ts'
import { optionalNumber } from '../proc_text.ts'

const supplyInfo = gauge(
  'node_power_supply_info',
  'info of /sys/class/power_supply/<power_supply>.',
)

const words = (text: string): readonly string[] => text.split(/\s+/).filter((word) => word !== '')

/** Files whose number is the value. */
const plain = words(`
  authentic calibrate capacity capacity_alert_max capacity_alert_min online present`)

/** Files in millionths of the unit. */
const micro = words(`
  charge_control_limit charge_control_limit_max charge_counter charge_empty charge_empty_design
  charge_full charge_full_design charge_term_current constant_charge_current
  constant_charge_current_max constant_charge_voltage constant_charge_voltage_max current_boot
  current_max energy_empty energy_empty_design energy_full energy_full_design input_current_limit
  precharge_current voltage_boot voltage_max voltage_max_design voltage_min voltage_min_design
  voltage_ocv`)

/** Files whose families have another name, by what their number is divided by. */
const renamed: readonly (readonly [file: string, name: string, divisor: number])[] = [
  ['charge_now', 'charge_ampere', 1e6],
  ['current_now', 'current_ampere', 1e6],
  ['cycle_count', 'cyclecount', 1],
  ['energy_now', 'energy_watthour', 1e6],
  ['power_now', 'power_watt', 1e6],
  ['temp', 'temp_celsius', 10],
  ['temp_alert_max', 'temp_alert_max_celsius', 10],
  ['temp_alert_min', 'temp_alert_min_celsius', 10],
  ['temp_ambient', 'temp_ambient_celsius', 10],
  ['temp_ambient_max', 'temp_ambient_max_celsius', 10],
  ['temp_ambient_min', 'temp_ambient_min_celsius', 10],
  ['temp_max', 'temp_max_celsius', 10],
  ['temp_min', 'temp_min_celsius', 10],
  ['time_to_empty_now', 'time_to_empty_seconds', 1],
  ['time_to_full_now', 'time_to_full_seconds', 1],
  ['voltage_now', 'voltage_volt', 1e6],
]

const measures = [
  ...plain.map((file) => [file, file, 1] as const),
  ...micro.map((file) => [file, file, 1e6] as const),
  ...renamed,
]

const texts = words(`
  capacity_level charge_type health manufacturer model_name scope serial_number status technology
  type usb_type`)

export const powersupplyclass: BuildCollector = ({ args, host }) => {
  const takes = filterOf({ exclude: args.powersupply.ignored_supplies, include: '' })
  return {
    name: 'powersupplyclass',
    async collect(page) {
      const root = host.sys('class/power_supply')
      for (const name of (await host.list(root)).filter(takes)) {
        await addSupply(page, host, `${root}/${name}`, name)
      }
    },
  }
}

async function addSupply(
  page: MetricPage,
  host: Host,
  path: string,
  power_supply: string,
): Promise<void> {
  const files = new Set(await host.listIfAny(path))
  for (const [file, name, divisor] of measures) {
    if (!files.has(file)) continue
    const value = optionalNumber(await host.attribute(`${path}/${file}`))
    if (value === undefined) continue
    const help = `${name} value of /sys/class/power_supply/<power_supply>.`
    page.add(gauge(`node_power_supply_${name}`, help), value / divisor, { power_supply })
  }
  const labels: Record<string, string> = { power_supply }
  for (const file of texts) {
    const value = files.has(file) ? await host.attribute(`${path}/${file}`) : undefined
    if (value) labels[file] = value
  }
  page.add(supplyInfo, 1, labels)
}
