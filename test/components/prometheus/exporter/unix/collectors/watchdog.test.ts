import { expect, it } from 'vitest'
import { watchdog } from '../../../../../../src/components/prometheus/exporter/unix/collectors/watchdog.ts'
import { samplesOf } from '../../../../../support/unix_tree.ts'

it('gives what a device tells', async () => {
  const tree = {
    'sys/class/watchdog/watchdog0/identity': 'Software Watchdog\n',
    'sys/class/watchdog/watchdog0/pretimeout': '120\n',
    'sys/class/watchdog/watchdog0/state': 'active\n',
    'sys/class/watchdog/watchdog1/other': '\n',
  }
  expect(await samplesOf(watchdog, tree)).toEqual([
    'node_watchdog_info{identity="",name="watchdog1",options="",pretimeout_governor="",state="",status=""} 1',
    'node_watchdog_info{identity="Software Watchdog",name="watchdog0",options="",pretimeout_governor="",state="active",status=""} 1',
    'node_watchdog_pretimeout_seconds{name="watchdog0"} 120',
  ])
})
