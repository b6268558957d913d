// hwmon: temperatures, fans, voltages and the like. Which files mean what is in hwmon_sensors.ts.

import type { MetricPage } from '../../../../../wire/exposition/metric_page.ts'
import { type BuildCollector, gauge } from '../collector.ts'
import { type Filter, filterOf } from '../filter.ts'
import type { Host } from '../host.ts'
import { optionalNumber } from '../proc_text.ts'
import { addSensor, type Sensor } from './hwmon_sensors.ts'

const chipNames = gauge('node_hwmon_chip_names', 'Annotation metric for human-readable chip names')

/** Of the files of sensors: `temp1_crit_alarm`, `pwm1`, `vrm`. */
const filePattern = /^([^0-9]+)([0-9]*)(?:_(.+))?$/

const sensorTypes = new Set([
  'vrm',
  'beep_enable',
  'update_interval',
  'in',
  'cpu',
  'fan',
  'pwm',
  'temp',
  'curr',
  'power',
  'energy',
  'humidity',
  'intrusion',
  'freq',
])

interface Chip {
  readonly path: string
  /** What its driver calls it. */
  readonly name: string | undefined
  /** The value of the label `chip`, which others may have too. */
  readonly label: string
}

export const hwmon: BuildCollector = ({ args, host }) => {
  const { chip_exclude, chip_include } = args.hwmon
  const takes = filterOf({ exclude: chip_exclude, include: chip_include })
  return {
    name: 'hwmon',
    async collect(page) {
      const directory = host.sys('class/hwmon')
      const chips: Chip[] = []
      for (const entry of await host.list(directory)) {
        chips.push(await chipAt(host, `${directory}/${entry}`, entry))
      }
      for (const chip of withoutTwins(chips)) await addChip(page, host, chip, takes)
    },
  }
}

async function chipAt(host: Host, path: string, entry: string): Promise<Chip> {
  const name = cleanName((await host.attribute(`${path}/name`)) ?? '') || undefined
  const device = await host.realPath(`${path}/device`)
  const [type = '', id = ''] = device?.split('/').slice(-2).map(cleanName) ?? []
  const place = type === '' || id === '' ? id : `${type}_${id}`
  return { path, name, label: place || name || entry }
}

/** Chips of one device are told apart by what their drivers call them. */
function withoutTwins(chips: readonly Chip[]): Chip[] {
  const counts = new Map<string, number>()
  for (const { label } of chips) counts.set(label, (counts.get(label) ?? 0) + 1)
  return chips.map((chip) => {
    const isTwin = (counts.get(chip.label) ?? 0) > 1 && chip.name !== undefined
    return isTwin ? { ...chip, label: `${chip.label}_${chip.name}` } : chip
  })
}

async function addChip(
  page: MetricPage,
  host: Host,
  { label: chip, name, path }: Chip,
  takes: Filter,
): Promise<void> {
  if (!takes(chip)) return
  if (name !== undefined) page.add(chipNames, 1, { chip, chip_name: name })
  const sensors = new Map<string, Sensor>()
  await readSensors(host, path, sensors)
  // Older drivers have the files at the device.
  await readSensors(host, `${path}/device`, sensors)
  for (const sensor of sensors.values()) addSensor(page, chip, sensor)
}

async function readSensors(host: Host, path: string, sensors: Map<string, Sensor>): Promise<void> {
  for (const file of await host.listIfAny(path)) {
    const [, type = '', id = '', property = ''] = filePattern.exec(file) ?? []
    if (!sensorTypes.has(type)) continue
    const text = await host.attribute(`${path}/${file}`)
    if (text === undefined) continue
    const sensorId = `${type}${id === '' ? '0' : id}`
    const sensor: Sensor = sensors.get(sensorId) ?? { id: sensorId, type, values: new Map() }
    sensors.set(sensorId, sensor)
    const value = optionalNumber(text)
    if (property === 'label') sensor.label = text
    else if (value !== undefined) sensor.values.set(property, value)
  }
}

function cleanName(name: string): string {
  return name
    .trim()
    .toLowerCase()
    .replace(/[^a-z0-9:_]/g, '_')
    .replace(/^_+|_+$/g, '')
}
