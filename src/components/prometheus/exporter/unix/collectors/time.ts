// time: the system's clock, and what it counts with.

import { type BuildCollector, gauge } from '../collector.ts'
import { fieldsOf } from '../proc_text.ts'

const seconds = gauge('node_time_seconds', 'System time in seconds since epoch (1970).')
const zoneOffset = gauge('node_time_zone_offset_seconds', 'System time zone offset in seconds.')
const availableSources = gauge(
  'node_time_clocksource_available_info',
  "Available clocksources read from '/sys/devices/system/clocksource'.",
)
const currentSource = gauge(
  'node_time_clocksource_current_info',
  "Current clocksource read from '/sys/devices/system/clocksource'.",
)

export const time: BuildCollector = ({ host }) => ({
  name: 'time',
  async collect(page) {
    const now = new Date()
    page.add(seconds, now.getTime() / 1000)
    page.add(zoneOffset, -60 * now.getTimezoneOffset(), { time_zone: zoneName(now) })
    const root = host.sys('devices/system/clocksource')
    for (const folder of await host.listIfAny(root)) {
      const device = /^clocksource(\d+)$/.exec(folder)?.[1]
      if (device === undefined) continue
      const text = async (file: string) => (await host.attribute(`${root}/${folder}/${file}`)) ?? ''
      for (const clocksource of fieldsOf(await text('available_clocksource'))) {
        if (clocksource !== '') page.add(availableSources, 1, { device, clocksource })
      }
      const clocksource = await text('current_clocksource')
      if (clocksource !== '') page.add(currentSource, 1, { device, clocksource })
    }
  },
})

/** Languages that have names for time zones; each knows those of some regions only. */
const languages = ['en-GB', 'en-US', 'en-AU', 'en-IN', 'en-CA', 'en-ZA']

/** `CET`; `+03` where a zone has no such name, as the time zone database says. */
export function zoneName(now: Date, timeZone?: string): string {
  let offset = ''
  for (const language of languages) {
    const format = new Intl.DateTimeFormat(language, { timeZone, timeZoneName: 'short' })
    const name = format.formatToParts(now).find(({ type }) => type === 'timeZoneName')?.value ?? ''
    if (/^[A-Z]+$/.test(name)) return name
    offset = name
  }
  const [, sign = '', hours = '', minutes = ''] = /([+-])(\d+)(?::(\d+))?/.exec(offset) ?? []
  return `${sign}${hours.padStart(2, '0')}${minutes}`
}
