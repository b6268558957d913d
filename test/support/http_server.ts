// Real servers on loopback for tests of what talks HTTP.

import { readFileSync } from 'node:fs'
import http, { type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http'
import https from 'node:https'
import {
  type AddressInfo,
  createServer as createTcpServer,
  type Server,
  type Socket,
} from 'node:net'
import { onTestFinished } from 'vitest'

export interface Received {
  readonly method: string
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

export interface TestServer {
  readonly port: number
  readonly origin: string
  readonly received: readonly Received[]
  /** Connections accepted so far. */
  connections(): number
}

export type Answering = (request: Received, response: ServerResponse) => void

/** Lives until the test ends. */
export async function serve(answer: Answering): Promise<TestServer> {
  return start('http', (listener) => http.createServer(listener), answer)
}

export async function serveTls(
  answer: Answering,
  options: https.ServerOptions = {},
): Promise<TestServer> {
  const own = { key: fixture('server.key'), cert: fixture('server.crt') }
  return start('https', (listener) => https.createServer({ ...own, ...options }, listener), answer)
}

/** A server that speaks bytes instead of HTTP. */
export async function serveBytes(answer: (socket: Socket) => void): Promise<TestServer> {
  let connections = 0
  const server = createTcpServer((socket) => {
    connections++
    socket.on('error', () => undefined)
    answer(socket)
  })
  const port = await listen(server)
  return { port, origin: `http://127.0.0.1:${port}`, received: [], connections: () => connections }
}

export function fixture(name: string): string {
  return readFileSync(fixturePath(name), 'utf8')
}

export function fixturePath(name: string): string {
  return new URL(`../fixtures/tls/${name}`, import.meta.url).pathname
}

/** A port that nothing listens on. */
export async function freePort(): Promise<number> {
  const server = createTcpServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}

async function start(
  scheme: 'http' | 'https',
  create: (listener: RequestListener) => http.Server | https.Server,
  answer: Answering,
): Promise<TestServer> {
  const received: Received[] = []
  let connections = 0
  const server = create((request, response) => {
    collect(request).then(
      (body) => {
        const { method = '', url = '' } = request
        const headers = Object.fromEntries(
          Object.entries(request.headers).map(([name, value]) => [name, String(value)]),
        )
        const entry = { method, url, headers, body }
        received.push(entry)
        answer(entry, response)
      },
      () => response.destroy(),
    )
  })
  server.on('connection', () => connections++)
  const port = await listen(server)
  return {
    port,
    origin: `${scheme}://127.0.0.1:${port}`,
    received,
    connections: () => connections,
  }
}

async function collect(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk)
  return Buffer.concat(chunks).toString('latin1')
}

async function listen(server: Server): Promise<number> {
  const sockets = new Set<Socket>()
  server.on('connection', (socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(async () => {
    const closed = new Promise((resolve) => server.close(resolve))
    for (const socket of sockets) socket.destroy()
    await closed
  })
  return (server.address() as AddressInfo).port
}
