import { afterEach, beforeEach, expect, it } from 'vitest'
import { systemdFrom } from '../../../../../../src/components/prometheus/exporter/unix/collectors/systemd.ts'
import { DbusClient } from '../../../../../../src/net/dbus_client.ts'
import type { DbusVariant } from '../../../../../../src/wire/dbus/values.ts'
import { type DbusServer, dbusServer } from '../../../../../support/dbus_server.ts'
import { samplesOf } from '../../../../../support/unix_tree.ts'

const unit = (name: string, active: string, load = 'loaded') =>
  [name, 'About it', load, active, 'sub', '', `/${name}`, 0, '', '/'] as const

const units = [
  unit('a.service', 'active'),
  unit('b.service', 'failed'),
  unit('c.socket', 'active'),
  unit('d.timer', 'active'),
  unit('e.mount', 'active'),
  unit('f.service', 'inactive', 'not-found'),
  unit('g.target', 'reloading'),
]

const properties: Readonly<Record<string, DbusVariant>> = {
  Version: { signature: 's', value: '252.22-1~deb12u1' },
  SystemState: { signature: 's', value: 'running' },
  Type: { signature: 's', value: 'simple' },
  NRestarts: { signature: 'u', value: 3 },
  TasksCurrent: { signature: 't', value: 7n },
  TasksMax: { signature: 't', value: 2n ** 64n - 1n },
  ActiveEnterTimestamp: { signature: 't', value: 1_700_000_000_123_456n },
  LastTriggerUSec: { signature: 't', value: 1_700_000_001_500_000n },
  NAccepted: { signature: 'u', value: 4 },
  NConnections: { signature: 'u', value: 1 },
}

let server: DbusServer

beforeEach(async () => {
  server = await dbusServer(({ member, values }) => {
    if (member === 'ListUnits') return ['a(ssssssouso)', units]
    const property = properties[String(values[1])]
    return property === undefined ? 'org.freedesktop.DBus.Error.UnknownProperty' : ['v', property]
  })
})

afterEach(() => server.close())

function samples(block = ''): Promise<string[]> {
  const open = () => DbusClient.open({ path: server.path, isBus: true, timeoutMs: 5000 })
  return samplesOf(systemdFrom(open), {}, { args: `systemd {\n${block}\n}` })
}

// What node_exporter 1.5 gives for the same answers.
it('gives states of loaded units, of timers and sockets', async () => {
  const found = await samples()
  expect(found.filter((line) => !line.startsWith('node_systemd_unit_state'))).toEqual([
    'node_systemd_socket_accepted_connections_total{name="c.socket"} 4',
    'node_systemd_socket_current_connections{name="c.socket"} 1',
    'node_systemd_system_running 1',
    'node_systemd_timer_last_trigger_seconds{name="d.timer"} 1.7000000015e+09',
    'node_systemd_units{state="activating"} 0',
    'node_systemd_units{state="active"} 4',
    'node_systemd_units{state="deactivating"} 0',
    'node_systemd_units{state="failed"} 1',
    'node_systemd_units{state="inactive"} 1',
    'node_systemd_units{state="reloading"} 1',
    'node_systemd_version{version="252.22-1~deb12u1"} 252.22',
  ])
  const states = found.filter((line) => line.startsWith('node_systemd_unit_state'))
  expect(states.length).toBe(5 * 5)
  expect(states.filter((line) => line.endsWith(' 1'))).toEqual([
    'node_systemd_unit_state{name="a.service",state="active",type="simple"} 1',
    'node_systemd_unit_state{name="b.service",state="failed",type="simple"} 1',
    'node_systemd_unit_state{name="c.socket",state="active",type=""} 1',
    'node_systemd_unit_state{name="d.timer",state="active",type=""} 1',
  ])
})

it('gives more of services where it is told to', async () => {
  const block =
    'enable_restarts = true\nstart_time = true\ntask_metrics = true\nunit_include = "[ab].*"'
  const found = await samples(block)
  expect(found.filter((line) => /restart|start_time|tasks/.test(line))).toEqual([
    'node_systemd_service_restart_total{name="a.service"} 3',
    'node_systemd_service_restart_total{name="b.service"} 3',
    'node_systemd_unit_start_time_seconds{name="a.service"} 1.700000000123456e+09',
    'node_systemd_unit_start_time_seconds{name="b.service"} 0',
    'node_systemd_unit_tasks_current{name="a.service"} 7',
    'node_systemd_unit_tasks_current{name="b.service"} 7',
  ])
})

it('matches whole names of units', async () => {
  const found = await samples('unit_include = "a|.*[.]timer"\nunit_exclude = "d"')
  expect(found.filter((line) => line.includes('unit_state')).length).toBe(5)
})

it('refuses a pattern that is none', async () => {
  await expect(samples('unit_include = "("')).rejects.toThrow('error parsing regexp')
})
