// logind: sessions of users, asked over D-Bus.
// Source: org.freedesktop.login1(5).

import type { DbusClient } from '../../../../../net/dbus_client.ts'
import { type OpenBus, openBus, systemBus } from '../bus.ts'
import { type BuildCollector, gauge } from '../collector.ts'
import { propertyOf } from './systemd_manager.ts'

const sessions = gauge('node_logind_sessions', 'Number of sessions registered in logind.')

const destination = 'org.freedesktop.login1'
const managerPath = '/org/freedesktop/login1'

const remotes = ['true', 'false']
/** What is none of these counts as the first. */
const types = ['other', 'unspecified', 'tty', 'x11', 'wayland', 'mir', 'web']
const classes = ['other', 'user', 'greeter', 'lock-screen', 'background']

export const logind: BuildCollector = (setting) => logindFrom(() => openBus([systemBus]))(setting)

export function logindFrom(open: OpenBus): BuildCollector {
  return () => ({
    name: 'logind',
    async collect(page) {
      const client = await open()
      try {
        for (const [labels, count] of await countSessions(client)) {
          const [seat = '', remote = '', type = '', group = ''] = labels.split('\0')
          page.add(sessions, count, { seat, remote, type, class: group })
        }
      } finally {
        client.close()
      }
    },
  })
}

/** By seat, remote, type and class. Those without a session are zero. */
async function countSessions(client: DbusClient): Promise<ReadonlyMap<string, number>> {
  const [seats] = await ask(client, 'ListSeats')
  const seatNames = ['', ...(seats as readonly (readonly string[])[]).map(([name = '']) => name)]
  const counts = new Map<string, number>()
  for (const seat of seatNames) {
    for (const remote of remotes) {
      for (const type of types) {
        for (const group of classes) counts.set([seat, remote, type, group].join('\0'), 0)
      }
    }
  }
  const [list] = await ask(client, 'ListSessions')
  for (const [, , , seat = '', path = ''] of list as readonly (readonly string[])[]) {
    const property = async (name: string) => {
      const of = { destination, path, interface: `${destination}.Session`, property: name }
      return String((await propertyOf(client, of)) ?? '')
    }
    const remote = await property('Remote')
    // It ended meanwhile.
    if (remote === '') continue
    const type = knownOf(types, await property('Type'))
    const key = [seat, remote, type, knownOf(classes, await property('Class'))].join('\0')
    counts.set(key, (counts.get(key) ?? 0) + 1)
  }
  return counts
}

function ask(client: DbusClient, member: string) {
  const to = { destination, path: managerPath, interface: `${destination}.Manager` }
  return client.call({ ...to, member, signature: '', values: [] })
}

function knownOf(known: readonly string[], text: string): string {
  return known.includes(text) ? text : 'other'
}
