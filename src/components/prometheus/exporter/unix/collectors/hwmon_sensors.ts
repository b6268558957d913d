// What the files of a sensor mean, and in which unit the kernel counts.
// Source: the kernel's documentation of hwmon's sysfs interface; names of node_exporter.

import type { MetricPage } from '../../../../../wire/exposition/metric_page.ts'
import { gauge } from '../collector.ts'

/** What was read of one sensor. */
export interface Sensor {
  /** `temp1`. */
  readonly id: string
  /** `temp`. */
  readonly type: string
  /** By what follows the number in the file's name, `input`; `` where nothing follows. */
  readonly values: Map<string, number>
  label?: string
}

interface Measure {
  /** Behind the sensor's type and the property, `_celsius`. */
  readonly unit: string
  readonly help: string
  /** By which the kernel's number is multiplied. */
  readonly scale: number
  readonly isCounter?: boolean
}

const sensorLabel = gauge('node_hwmon_sensor_label', 'Label for given chip and sensor')
const frequency = gauge('node_hwmon_freq_freq_mhz', 'Hardware monitor for GPU frequency in MHz')

export function addSensor(page: MetricPage, chip: string, sensor: Sensor): void {
  const { id, label, type, values } = sensor
  if (label !== undefined) page.add(sensorLabel, 1, { chip, sensor: id, label })
  if (type === 'freq') {
    const hertz = values.get('input')
    if (hertz !== undefined && label !== undefined) {
      page.add(frequency, hertz / 1e6, { chip, sensor: label })
    }
    return
  }
  for (const [property, value] of values) {
    const { help, isCounter, name, scale } = familyOf(sensor, property)
    const spec = {
      name: `node_hwmon_${name}`,
      help,
      type: isCounter ? 'counter' : 'gauge',
    } as const
    page.add(spec, value * scale, { chip, sensor: id })
  }
}

interface Family {
  readonly name: string
  readonly help: string
  readonly scale: number
  readonly isCounter?: boolean
}

function familyOf({ type, values }: Sensor, property: string): Family {
  const single = Object.hasOwn(singles, type) ? singles[type] : undefined
  if (single !== undefined) return single
  if (property === 'fault' || property === 'alarm') {
    const help = `Hardware sensor ${property} status (${type})`
    return { name: `${type}_${property}`, help, scale: 1 }
  }
  if (property === 'beep') {
    const help = 'Hardware monitor sensor has beeping enabled'
    return { name: `${type}_beep_enabled`, help, scale: 1 }
  }
  if (type === 'power' && property === 'accuracy') {
    const help = 'Hardware monitor power meter accuracy, as a ratio'
    return { name: 'power_accuracy', help, scale: 1e-6 }
  }
  const measure = measureOf(type, property)
  // A sensor may have a value with and without a property: `fan1` and `fan1_input`.
  const isPlain = property === '' || (property === 'input' && !values.has(''))
  const name = isPlain ? type : `${type}_${property}`
  if (measure === undefined) {
    return { name, help: `Hardware monitor ${type} element ${property}`, scale: 1 }
  }
  const { help, unit } = measure
  return { ...measure, name: `${name}${unit}`, help: `${help} (${property || 'input'})` }
}

/** Files without a number stand for themselves. */
const singles: { readonly [type: string]: Family } = {
  beep_enable: { name: 'beep_enabled', help: 'Hardware beep enabled', scale: 1 },
  vrm: { name: 'voltage_regulator_version', help: 'Hardware voltage regulator', scale: 1 },
  update_interval: {
    name: 'update_interval_seconds',
    help: 'Hardware monitor update interval',
    scale: 1e-3,
  },
}

const watts: Measure = {
  unit: '_watt',
  help: 'Hardware monitor for power usage in watts',
  scale: 1e-6,
}
const volts: Measure = { unit: '_volts', help: 'Hardware monitor for voltage', scale: 1e-3 }

/** Nothing for what has no unit. */
function measureOf(type: string, property: string): Measure | undefined {
  switch (type) {
    case 'in':
    case 'cpu':
      return volts
    case 'temp':
      if (property === 'type') return undefined
      return { unit: '_celsius', help: 'Hardware monitor for temperature', scale: 1e-3 }
    case 'curr':
      return { unit: '_amps', help: 'Hardware monitor for current', scale: 1e-3 }
    case 'energy':
      return {
        unit: '_joule_total',
        help: 'Hardware monitor for joules used so far',
        scale: 1e-6,
        isCounter: true,
      }
    case 'humidity':
      return {
        unit: '',
        help:
          'Hardware monitor for humidity, as a ratio (multiply with 100.0 to get the humidity ' +
          'as a percentage)',
        scale: 1e-6,
      }
    case 'power':
      if (!property.startsWith('average_interval')) return watts
      return {
        unit: '_seconds',
        help: 'Hardware monitor power usage update interval',
        scale: 1e-3,
      }
    case 'fan':
      if (!['input', 'min', 'max', 'target'].includes(property)) return undefined
      return { unit: '_rpm', help: 'Hardware monitor for fan revolutions per minute', scale: 1 }
    default:
      return undefined
  }
}
