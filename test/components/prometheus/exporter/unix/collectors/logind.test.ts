import { expect, it } from 'vitest'
import { logindFrom } from '../../../../../../src/components/prometheus/exporter/unix/collectors/logind.ts'
import { DbusClient } from '../../../../../../src/net/dbus_client.ts'
import { dbusServer } from '../../../../../support/dbus_server.ts'
import { samplesOf } from '../../../../../support/unix_tree.ts'

const sessions = [
  ['1', 0, 'root', 'seat0', '/s1'],
  ['2', 1000, 'user', '', '/s2'],
  ['3', 1000, 'user', '', '/gone'],
] as const

// Seats, types and classes as node_exporter 1.5 has them for the same answers.
it('counts sessions of each kind, and those that are none', async () => {
  const server = await dbusServer(({ member, path, values }) => {
    if (member === 'ListSeats') return ['a(so)', [['seat0', '/seat0']]]
    if (member === 'ListSessions') return ['a(susso)', sessions]
    if (path === '/gone') return 'org.freedesktop.DBus.Error.UnknownObject'
    if (values[1] === 'Remote') return ['v', { signature: 'b', value: path === '/s2' }]
    const type = path === '/s1' ? 'tty' : 'strange'
    return ['v', { signature: 's', value: values[1] === 'Type' ? type : 'user' }]
  })
  try {
    const open = () => DbusClient.open({ path: server.path, isBus: true, timeoutMs: 5000 })
    const samples = await samplesOf(logindFrom(open), {})
    expect(samples.length).toBe(2 * 2 * 7 * 5)
    expect(samples.filter((line) => !line.endsWith(' 0'))).toEqual([
      'node_logind_sessions{class="user",remote="false",seat="seat0",type="tty"} 1',
      'node_logind_sessions{class="user",remote="true",seat="",type="other"} 1',
    ])
  } finally {
    await server.close()
  }
})
