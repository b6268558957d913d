// The one port: HTTP/1.1, and with TLS also HTTP/2, for connections as they come.
//
// Every connection goes first to `#accepted`, which hands it to TLS or to the HTTP/1.1 server.
// HTTP/2 in clear would be told apart there, by its first bytes. The HTTP/1.1 server listens
// itself, with its own handler of connections taken away: one that does not listen enforces none of
// its timeouts.

import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import {
  createServer as createHttp2Server,
  type Http2Server,
  type Http2ServerRequest,
  type Http2ServerResponse,
  type ServerHttp2Session,
} from 'node:http2'
import type { AddressInfo, Socket } from 'node:net'
import type { TLSSocket } from 'node:tls'

export type Incoming = IncomingMessage | Http2ServerRequest
export type Outgoing = ServerResponse | Http2ServerResponse

/** Longer than scrapers and balancers keep connections for, so that they see no resets. */
const keepAliveMs = 75_000

const connectionsMax = 4096

/** Requests of one HTTP/2 connection at a time, and what it may send of them ahead. */
const http2Settings = { maxConcurrentStreams: 256, initialWindowSize: 1024 * 1024 }

/** Requests under way get this long when the server closes. */
const closeTimeoutMs = 5000

/** How long a client may take. */
export interface Patience {
  /** For the headers of a request, and for all of it; then it is answered with 408. */
  readonly headersMs: number
  readonly requestMs: number
}

/** Takes a connection and calls `Port.secured` once it is encrypted. */
export interface Acceptor {
  accept(socket: Socket): Promise<void>
}

export class Port {
  readonly #server: Server
  readonly #http2: Http2Server
  /** Connections that have not sent a request yet, by who they are from. */
  readonly #silent = new Map<string, Socket>()
  /** Of all connections, whatever they speak. */
  readonly #sockets = new Set<Socket>()
  readonly #sessions = new Set<ServerHttp2Session>()
  readonly #takeHttp1: (socket: Socket) => void
  #acceptor: Acceptor | undefined
  /** Until it is known what connections have to speak, each takes one request. */
  #isProvisional: boolean

  /** @param isProvisional whether the first call of `acceptWith` decides for all connections. */
  constructor(
    { headersMs, requestMs }: Patience,
    isProvisional: boolean,
    serve: (request: Incoming, response: Outgoing) => void,
  ) {
    this.#isProvisional = isProvisional
    this.#server = createServer(
      {
        headersTimeout: headersMs,
        requestTimeout: requestMs,
        keepAliveTimeout: keepAliveMs,
        connectionsCheckingInterval: 1000,
        // Streams may have nothing to write to clients that are long gone.
        keepAlive: true,
        keepAliveInitialDelay: 60_000,
      },
      (request, response) => {
        this.#silent.delete(origin(request.socket))
        serve(request, response)
      },
    )
    this.#server.maxConnections = connectionsMax
    const [own] = this.#server.listeners('connection')
    this.#takeHttp1 = (socket) => own?.call(this.#server, socket)
    this.#server.removeAllListeners('connection')
    this.#server.on('connection', (socket) => this.#accepted(socket))
    this.#http2 = createHttp2Server({ settings: http2Settings }, serve)
    this.#http2.on('session', (session) => this.#keep(session))
    this.#http2.on('sessionError', () => {})
  }

  get isProvisional(): boolean {
    return this.#isProvisional
  }

  get isOpen(): boolean {
    return this.#server.listening
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

  /** For connections from now on; those that there are go on as they are. */
  acceptWith(acceptor: Acceptor | undefined): void {
    this.#acceptor = acceptor
    if (!this.#isProvisional) return
    this.#isProvisional = false
    // Who came before TLS was asked for must not go on in clear, and without a certificate.
    if (acceptor !== undefined) for (const socket of this.#silent.values()) socket.destroy()
  }

  secured(socket: TLSSocket): void {
    socket.on('error', () => {})
    if (socket.alpnProtocol !== 'h2') {
      this.#takeHttp1(socket)
      return
    }
    this.#silent.delete(origin(socket))
    this.#http2.emit('connection', socket)
  }

  /** Stops accepting, lets requests under way finish, and cuts off those that do not. */
  async close(): Promise<void> {
    if (!this.#server.listening) return
    const closed = new Promise<void>((resolve) => this.#server.close(() => resolve()))
    this.#server.closeIdleConnections()
    for (const socket of this.#silent.values()) socket.destroy()
    for (const session of this.#sessions) session.close()
    const timer = setTimeout(() => {
      for (const session of this.#sessions) session.destroy()
      for (const socket of this.#sockets) socket.destroy()
    }, closeTimeoutMs)
    await closed
    clearTimeout(timer)
  }

  #accepted(socket: Socket): void {
    const from = origin(socket)
    this.#sockets.add(socket)
    this.#silent.set(from, socket)
    socket.on('close', () => {
      this.#sockets.delete(socket)
      this.#silent.delete(from)
    })
    if (this.#acceptor === undefined) {
      this.#takeHttp1(socket)
      return
    }
    socket.on('error', () => {})
    this.#acceptor.accept(socket).catch(() => socket.destroy())
  }

  /** Idle sessions are closed, which Node does for HTTP/1.1 only. */
  #keep(session: ServerHttp2Session): void {
    let open = 0
    session.on('stream', (stream) => {
      open++
      stream.on('close', () => open--)
    })
    session.setTimeout(keepAliveMs, () => {
      if (open === 0) session.close()
    })
    this.#sessions.add(session)
    session.on('close', () => this.#sessions.delete(session))
  }
}

/** Node does not say which socket a TLS socket was made of, but both have the same ends. */
function origin({ remoteAddress, remotePort, localAddress }: Socket): string {
  return `${remoteAddress} ${remotePort} ${localAddress}`
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
