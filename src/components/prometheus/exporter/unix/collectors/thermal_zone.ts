// thermal_zone: temperatures, and what is done against them.

import { type BuildCollector, gauge } from '../collector.ts'
import { optionalNumber } from '../proc_text.ts'

const temperature = gauge('node_thermal_zone_temp', 'Zone temperature in Celsius')
const currentState = gauge(
  'node_cooling_device_cur_state',
  'Current throttle state of the cooling device',
)
const maximumState = gauge(
  'node_cooling_device_max_state',
  'Maximum throttle state of the cooling device',
)

export const thermalZone: BuildCollector = ({ host }) => ({
  name: 'thermal_zone',
  async collect(page) {
    const root = host.sys('class/thermal')
    for (const folder of await host.list(root)) {
      const [, kind, number = ''] = /^(thermal_zone|cooling_device)(\d+)$/.exec(folder) ?? []
      const value = async (file: string) =>
        optionalNumber(await host.attribute(`${root}/${folder}/${file}`))
      const type = (await host.attribute(`${root}/${folder}/type`)) ?? ''
      if (kind === 'thermal_zone') {
        // A zone whose sensor is off has none.
        const milliCelsius = await value('temp')
        if (milliCelsius !== undefined) {
          page.add(temperature, milliCelsius / 1000, { type, zone: number })
        }
      } else if (kind === 'cooling_device') {
        const labels = { name: number, type }
        const current = await value('cur_state')
        const maximum = await value('max_state')
        if (current !== undefined) page.add(currentState, current, labels)
        if (maximum !== undefined) page.add(maximumState, maximum, labels)
      }
    }
  },
})
