import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, it } from 'vitest'
import { DbusClient, DbusError } from '../../src/net/dbus_client.ts'
import type { DbusCall } from '../../src/wire/dbus/message.ts'
import { type DbusServer, dbusServer, type Reply } from '../support/dbus_server.ts'

const call = (member: string): DbusCall => ({
  destination: 'a.b',
  path: '/a',
  interface: 'a.b',
  member,
  signature: 's',
  values: [member],
})

let server: DbusServer | undefined

afterEach(async () => {
  await server?.close()
  server = undefined
})

async function clientOf(
  reply: (member: string) => Reply,
  { isBus = true, timeoutMs = 5000 } = {},
): Promise<DbusClient> {
  server = await dbusServer(({ member }) => reply(member))
  return await DbusClient.open({ path: server.path, isBus, timeoutMs })
}

it('greets a bus, and not a program', async () => {
  const client = await clientOf(() => ['s', 'x'])
  expect(await client.call(call('One'))).toEqual(['x'])
  client.close()
  expect(server?.called).toEqual(['Hello', 'One'])
  await server?.close()
  const other = await clientOf(() => ['s', 'x'], { isBus: false })
  await other.call(call('One'))
  other.close()
  expect(server?.called).toEqual(['One'])
})

it('tells the answers of calls at the same time apart', async () => {
  const client = await clientOf((member) => ['s', `${member}!`])
  const members = Array.from({ length: 300 }, (_, i) => `M${String(i)}`)
  const answers = await Promise.all(members.map((member) => client.call(call(member))))
  client.close()
  expect(answers.map(([text]) => text)).toEqual(members.map((member) => `${member}!`))
})

it('rejects with the error that is answered', async () => {
  const client = await clientOf(() => 'a.b.Error.No')
  const error = await client.call(call('One')).catch((reason: unknown) => reason)
  client.close()
  expect(error).toBeInstanceOf(DbusError)
  expect([(error as DbusError).errorName, (error as DbusError).message]).toEqual([
    'a.b.Error.No',
    'because',
  ])
})

it('rejects where nobody listens, and after it was closed', async () => {
  await expect(
    DbusClient.open({ path: '/no/such/socket', isBus: true, timeoutMs: 5000 }),
  ).rejects.toThrow('ENOENT')
  const client = await clientOf(() => ['s', 'x'])
  client.close()
  await expect(client.call(call('One'))).rejects.toThrow('D-Bus closed the connection')
})

/** A server that says one thing to whoever comes, and another once it is told to begin. */
async function rude(
  [first, second]: readonly [string, string],
  use: (path: string) => Promise<void>,
): Promise<void> {
  const directory = await mkdtemp(join(tmpdir(), 'dbus-'))
  const path = join(directory, 'bus')
  const silent = createServer((socket) => {
    socket.on('error', () => socket.destroy())
    socket.on('data', (chunk) => {
      if (chunk.includes('BEGIN')) socket.write(second)
    })
    socket.write(first)
  })
  await new Promise<void>((resolve) => silent.listen(path, resolve))
  try {
    await use(path)
  } finally {
    silent.close()
    await rm(directory, { recursive: true })
  }
}

it.each([
  ['refuses', 'REJECTED EXTERNAL\r\n', '', 5000, 'D-Bus refuses user'],
  ['says nothing', '', '', 50, 'D-Bus gave no answer within 0.05s'],
  ['says no line', 'x'.repeat(8192), '', 5000, 'D-Bus sends no line'],
  ['sends no message', 'OK 1\r\n', 'x'.repeat(64), 5000, 'cannot read a D-Bus message'],
])('rejects where the other side %s', async (_, first, second, timeoutMs, message) => {
  await rude([first, second], async (path) => {
    await expect(DbusClient.open({ path, isBus: true, timeoutMs })).rejects.toThrow(message)
  })
})
