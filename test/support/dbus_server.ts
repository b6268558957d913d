// A peer on a Unix socket that speaks D-Bus, for tests: it answers calls with what they give it.

import { mkdtemp, rm } from 'node:fs/promises'
import { createServer, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type DbusMessage, decodeMessage, encodeAnswer } from '../../src/wire/dbus/message.ts'
import type { DbusValue } from '../../src/wire/dbus/values.ts'

/** Values and their signature, or the name of an error. */
export type Reply = readonly [signature: string, ...values: readonly DbusValue[]] | string

export interface DbusServer {
  readonly path: string
  /** Members of all calls, in order. */
  readonly called: readonly string[]
  close(): Promise<void>
}

export async function dbusServer(reply: (call: DbusMessage) => Reply): Promise<DbusServer> {
  const directory = await mkdtemp(join(tmpdir(), 'dbus-'))
  const path = join(directory, 'bus')
  const called: string[] = []
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => socket.destroy())
    serve(socket, (call) => {
      called.push(call.member)
      return call.member === 'Hello' ? ['s', ':1.1'] : reply(call)
    })
  })
  await new Promise<void>((resolve) => server.listen(path, resolve))
  const close = async (): Promise<void> => {
    for (const socket of sockets) socket.destroy()
    await new Promise((resolve) => server.close(resolve))
    await rm(directory, { recursive: true })
  }
  return { path, called, close }
}

function serve(socket: Socket, reply: (call: DbusMessage) => Reply): void {
  let pending = Buffer.alloc(0)
  let isIn = false
  let serial = 0
  socket.on('data', (chunk: Buffer) => {
    pending = Buffer.concat([pending, chunk])
    while (!isIn && pending.includes('\r\n')) {
      const line = pending.toString('latin1', 0, pending.indexOf('\r\n')).replace('\0', '')
      pending = pending.subarray(pending.indexOf('\r\n') + 2)
      isIn = line === 'BEGIN'
      const greeting = lineAnswers.find(([start]) => line.startsWith(start))
      if (greeting !== undefined) socket.write(`${greeting[1]}\r\n`)
    }
    for (let found = isIn && decodeMessage(pending); found; found = decodeMessage(pending)) {
      pending = pending.subarray(found.length)
      const answer = reply(found.message)
      const [errorName, [signature = '', ...values]] =
        typeof answer === 'string' ? [answer, ['s', 'because']] : ['', answer]
      const replySerial = found.message.serial
      socket.write(
        encodeAnswer(++serial, { errorName, replySerial, signature: String(signature), values }),
      )
    }
  })
}

const lineAnswers = [
  ['AUTH EXTERNAL', 'OK 1234deadbeef'],
  ['AUTH', 'REJECTED EXTERNAL'],
  ['NEGOTIATE', 'ERROR'],
] as const
