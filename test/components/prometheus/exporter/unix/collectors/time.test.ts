import { expect, it } from 'vitest'
import {
  time,
  zoneName,
} from '../../../../../../src/components/prometheus/exporter/unix/collectors/time.ts'
import { samplesOf } from '../../../../../support/unix_tree.ts'

it('tells the time and what it is counted with', async () => {
  const source = 'sys/devices/system/clocksource/clocksource0'
  const tree = {
    [`${source}/available_clocksource`]: 'tsc hpet \n',
    [`${source}/current_clocksource`]: 'tsc\n',
  }
  const beforeSeconds = Date.now() / 1000
  const samples = await samplesOf(time, tree)
  expect(samples.slice(0, 3)).toEqual([
    'node_time_clocksource_available_info{clocksource="hpet",device="0"} 1',
    'node_time_clocksource_available_info{clocksource="tsc",device="0"} 1',
    'node_time_clocksource_current_info{clocksource="tsc",device="0"} 1',
  ])
  const seconds = Number(/^node_time_seconds (\S+)$/.exec(samples[3] ?? '')?.[1])
  expect(seconds).toBeGreaterThanOrEqual(beforeSeconds)
  expect(seconds).toBeLessThan(beforeSeconds + 60)
  expect(samples[4]).toMatch(/^node_time_zone_offset_seconds\{time_zone="[^"]+"\} -?\d+$/)
})

it.each([
  ['UTC', 'UTC'],
  ['Europe/Berlin', 'CET'],
  ['America/New_York', 'EST'],
  ['Asia/Kolkata', 'IST'],
  ['Europe/Istanbul', '+03'],
  ['Asia/Kathmandu', '+0545'],
])('names the zone of %s as its database does', (zone, expected) => {
  expect(zoneName(new Date('2026-01-15T12:00:00Z'), zone)).toBe(expected)
})
