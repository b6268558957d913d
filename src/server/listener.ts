// An HTTP server with bounds on everything a client may do to it.

import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import type { InternalRequest, InternalResponse } from '../engine/internal_network.ts'
import { writeAnswer, writeStream } from './answer_writer.ts'
import { failure } from './answers.ts'

/** A client has this long to send its headers, and its whole request. */
const headersTimeoutMs = 10_000
const requestTimeoutMs = 30_000

/** An answer whose beginning takes longer is given up. */
const answerTimeoutMs = 60_000

/** A client that reads nothing of its answer for so long, or at most twice, is cut off. */
const stallTimeoutMs = 60_000

/** Longer than scrapers and balancers keep connections for, so that they see no resets. */
const keepAliveMs = 75_000

const connectionsMax = 4096

/** Requests under way get this long when the server closes. */
const closeTimeoutMs = 5000

export interface ListenerOptions {
  /** Of a request's body, in bytes; longer ones are refused with 413. */
  readonly bodySizeMax: number
  /** How long a client may read nothing of its answer; 60 s unless said. */
  readonly stallTimeoutMs?: number
  /** Refuses a request before its body is read. */
  readonly refuse?: (request: IncomingMessage) => InternalResponse | undefined
  /** The signal fires when the client is gone, or when nobody waits for the answer any more. */
  answer(request: InternalRequest): Promise<InternalResponse>
}

export class Listener {
  readonly #options: ListenerOptions
  readonly #server: Server
  /** Connections that have not sent a request yet. */
  readonly #silent = new Set<Socket>()
  /** Answers without end. */
  readonly #streams = new Set<AbortController>()

  constructor(options: ListenerOptions) {
    this.#options = options
    this.#server = createServer(
      {
        headersTimeout: headersTimeoutMs,
        requestTimeout: requestTimeoutMs,
        keepAliveTimeout: keepAliveMs,
        connectionsCheckingInterval: 1000,
      },
      (request, response) => {
        this.#silent.delete(request.socket)
        this.#serve(request, response).catch(() => response.destroy())
      },
    )
    this.#server.maxConnections = connectionsMax
    this.#server.on('connection', (socket) => {
      this.#silent.add(socket)
      socket.on('close', () => this.#silent.delete(socket))
    })
  }

  /**
   * Binds `127.0.0.1:12345`, `[::1]:0` or `:80` and resolves with the address, the port filled in.
   * Rejects with the system's error. `failed` hears of later ones, such as too many open files.
   */
  async listen(listenAddr: string, failed: (error: Error) => void): Promise<string> {
    await bind(this.#server, listenAddr)
    this.#server.on('error', failed)
    const { address, port } = this.#server.address() as AddressInfo // it listens on TCP
    return address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`
  }

  /**
   * Stops accepting, ends answers that have no end, lets other requests under way finish, and cuts
   * off those that do not.
   */
  async close(): Promise<void> {
    if (!this.#server.listening) return
    const closed = new Promise<void>((resolve) => this.#server.close(() => resolve()))
    this.#server.closeIdleConnections()
    for (const socket of this.#silent) socket.destroy()
    for (const control of this.#streams) control.abort()
    const timer = setTimeout(() => this.#server.closeAllConnections(), closeTimeoutMs)
    await closed
    clearTimeout(timer)
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const control = new AbortController()
    const { signal } = control
    const timer = setTimeout(() => control.abort(), answerTimeoutMs)
    response.on('close', () => control.abort())
    try {
      const answer = await this.#answerTo(request, signal)
      // Nobody may ask again once the server closes, which would wait for the connection.
      if (!this.#server.listening) response.shouldKeepAlive = false
      const stallMs = this.#options.stallTimeoutMs ?? stallTimeoutMs
      const { stream } = answer
      if (stream === undefined) {
        await writeAnswer(request, response, answer, stallMs)
        return
      }
      clearTimeout(timer)
      this.#streams.add(control)
      if (!this.#server.listening) control.abort()
      const bounds = { signal, stallTimeoutMs: stallMs }
      await writeStream(request, response, { ...answer, stream }, bounds)
    } finally {
      clearTimeout(timer)
      this.#streams.delete(control)
    }
  }

  async #answerTo(request: IncomingMessage, signal: AbortSignal): Promise<InternalResponse> {
    const refusal = this.#options.refuse?.(request)
    if (refusal !== undefined) return refusal
    const body = await bodyOf(request, this.#options.bodySizeMax)
    if (body === undefined) return failure(413, 'request body too large')
    const { method = 'GET', url: path = '/' } = request
    const headers = headersOf(request)
    return withinSignal(this.#options.answer({ method, path, headers, body, signal }), signal)
  }
}

function bind(server: Server, listenAddr: string): Promise<void> {
  const [, host = '', port = ''] = /^\[?(.*?)\]?:(\d+)$/.exec(listenAddr) ?? []
  if (port === '' || Number(port) > 65_535) {
    const problem = port === '' ? 'missing port in address' : 'invalid port'
    return Promise.reject(new Error(`listen tcp: address ${listenAddr}: ${problem}`))
  }
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen({ port: Number(port), ...(host === '' ? {} : { host }) }, () => {
      server.off('error', reject)
      resolve()
    })
  })
}

function headersOf(request: IncomingMessage): Readonly<Record<string, string>> {
  const entries = Object.entries(request.headers).map(([name, value]) => [name, String(value)])
  return Object.fromEntries(entries)
}

/** `undefined` where it is too long. */
async function bodyOf(request: IncomingMessage, sizeMax: number): Promise<Uint8Array | undefined> {
  if (Number(request.headers['content-length'] ?? 0) > sizeMax) return undefined
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request) {
    size += chunk.length
    if (size > sizeMax) return undefined
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

function withinSignal(
  answering: Promise<InternalResponse>,
  signal: AbortSignal,
): Promise<InternalResponse> {
  return new Promise((resolve, reject) => {
    const late = () => resolve(failure(503, 'no answer in time'))
    signal.addEventListener('abort', late, { once: true })
    answering.then(resolve, reject)
  })
}
