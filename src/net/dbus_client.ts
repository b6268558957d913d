// Calls of methods over D-Bus, on a Unix socket.
// Source: D-Bus Specification, Authentication Protocol.

import { connect, type Socket } from 'node:net'
import {
  type DbusCall,
  type DbusMessage,
  decodeMessage,
  encodeCall,
  MessageType,
} from '../wire/dbus/message.ts'
import type { DbusValue } from '../wire/dbus/values.ts'

export interface DbusOptions {
  /** Of the socket. */
  readonly path: string
  /** Whether a bus is there, which wants to be greeted, rather than a program itself. */
  readonly isBus: boolean
  /** After which all fails that is not done, in ms. */
  readonly timeoutMs: number
}

/** An error that the called one answers, such as `org.freedesktop.DBus.Error.UnknownProperty`. */
export class DbusError extends Error {
  override readonly name = 'DbusError'
  readonly errorName: string

  constructor(errorName: string, message: string) {
    super(message === '' ? errorName : message)
    this.errorName = errorName
  }
}

const greeting: DbusCall = {
  destination: 'org.freedesktop.DBus',
  path: '/org/freedesktop/DBus',
  interface: 'org.freedesktop.DBus',
  member: 'Hello',
  signature: '',
  values: [],
}

/** Of what arrives before a message is whole. */
const pendingBytesMax = 32 * 2 ** 20
const lineBytesMax = 4096

interface Waiting {
  resolve(values: readonly DbusValue[]): void
  reject(error: Error): void
}

/** One connection. Whoever opens it closes it. */
export class DbusClient {
  readonly #socket: Socket
  readonly #waiting = new Map<number, Waiting>()
  #serial = 0
  /** Undefined before the peer lets us in. */
  #onLine: ((line: string) => void) | undefined
  #pending: Buffer = Buffer.alloc(0)
  #failure: Error | undefined

  /** Rejects where nobody listens, or where this user may not come in. */
  static async open({ isBus, path, timeoutMs }: DbusOptions): Promise<DbusClient> {
    const client = new DbusClient(connect({ path }), timeoutMs)
    try {
      await client.#authenticate()
      if (isBus) await client.call(greeting)
      return client
    } catch (error) {
      client.close()
      throw error
    }
  }

  private constructor(socket: Socket, timeoutMs: number) {
    this.#socket = socket
    const timer = setTimeout(() => {
      this.#fail(new Error(`D-Bus gave no answer within ${String(timeoutMs / 1000)}s`))
    }, timeoutMs)
    socket.on('data', (chunk: Buffer) => this.#take(chunk))
    socket.on('error', (error) => this.#fail(error))
    socket.on('close', () => {
      clearTimeout(timer)
      this.#fail(new Error('D-Bus closed the connection'))
    })
  }

  /** Calls may run at the same time. Rejects with a `DbusError` where the called one says so. */
  call(call: DbusCall): Promise<readonly DbusValue[]> {
    return new Promise((resolve, reject) => {
      if (this.#failure !== undefined) {
        reject(this.#failure)
        return
      }
      const serial = ++this.#serial
      this.#waiting.set(serial, { resolve, reject })
      this.#socket.write(encodeCall(serial, call))
    })
  }

  close(): void {
    this.#socket.destroy()
  }

  /** By the credentials of the socket, which the kernel vouches for. */
  async #authenticate(): Promise<void> {
    const user = String(process.getuid?.() ?? 0)
    const answer = new Promise<string>((resolve, reject) => {
      this.#onLine = resolve
      this.#waiting.set(0, { resolve: () => resolve(''), reject })
    })
    this.#socket.write(`\0AUTH EXTERNAL ${Buffer.from(user).toString('hex')}\r\n`)
    const line = await answer
    this.#waiting.delete(0)
    if (!line.startsWith('OK ')) throw new Error(`D-Bus refuses user ${user}: ${line}`)
    this.#onLine = undefined
    this.#socket.write('BEGIN\r\n')
  }

  #take(chunk: Buffer): void {
    this.#pending = this.#pending.length === 0 ? chunk : Buffer.concat([this.#pending, chunk])
    try {
      if (this.#onLine === undefined) this.#takeMessages()
      else this.#takeLine(this.#onLine)
      if (this.#pending.length > pendingBytesMax) throw new Error('D-Bus sends too much')
    } catch (error) {
      this.#fail(error as Error)
    }
  }

  #takeLine(onLine: (line: string) => void): void {
    const end = this.#pending.indexOf('\r\n')
    if (end < 0 && this.#pending.length > lineBytesMax) throw new Error('D-Bus sends no line')
    if (end < 0) return
    const line = this.#pending.toString('latin1', 0, end)
    this.#pending = this.#pending.subarray(end + 2)
    onLine(line)
  }

  #takeMessages(): void {
    for (;;) {
      const found = decodeMessage(this.#pending)
      if (found === undefined) return
      this.#pending = this.#pending.subarray(found.length)
      this.#answer(found.message)
    }
  }

  /** Signals, such as the name that a bus gives us, answer nothing. */
  #answer({ errorName, replySerial, type, values }: DbusMessage): void {
    const waiting = this.#waiting.get(replySerial)
    if (waiting === undefined || type === MessageType.signal) return
    this.#waiting.delete(replySerial)
    if (type === MessageType.error) {
      const [text] = values
      waiting.reject(new DbusError(errorName, typeof text === 'string' ? text : ''))
    } else waiting.resolve(values)
  }

  #fail(error: Error): void {
    this.#failure ??= error
    for (const { reject } of this.#waiting.values()) reject(this.#failure)
    this.#waiting.clear()
    this.#socket.destroy()
  }
}
