// The one port of the program, and the same answers inside the process.

import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import { describe } from '../engine/describe.ts'
import type {
  InternalNetwork,
  InternalRequest,
  InternalResponse,
} from '../engine/internal_network.ts'
import type { Logger } from '../model/logger.ts'
import { empty, failure, text } from './answers.ts'
import { type AuthSettings, authenticator } from './authentication.ts'
import type { EngineView } from './engine_view.ts'
import { type Routes, routes, uiPrefix } from './routes.ts'

/** Of a request's body; nothing that is served here takes more. */
const bodySizeMax = 1024 * 1024

/** A client has this long to send its headers, and its whole request. */
const headersTimeoutMs = 10_000
const requestTimeoutMs = 30_000

/** An answer that takes longer is given up. */
const answerTimeoutMs = 60_000

/** Longer than scrapers and balancers keep connections for, so that they see no resets. */
const keepAliveMs = 75_000

const connectionsMax = 4096

/** Shorter answers gain nothing. */
const gzipSizeMin = 1024

/** Requests under way get this long when the server closes. */
const closeTimeoutMs = 5000

const compress = promisify(gzip)

export interface ServerOptions {
  /** `127.0.0.1:12345`, `[::1]:0`, `:80`. */
  readonly listenAddr: string
  /** The address that stays inside the process, `alloy.internal:12345`. */
  readonly memoryAddr: string
  /** As given: `/`, `alloy`, `/alloy/`. */
  readonly uiPathPrefix: string
  readonly logger: Logger
}

/** The http block, decoded. */
export interface HttpSettings {
  readonly auth?: AuthSettings | undefined
  readonly tls?: unknown
}

/**
 * Listens before there is an engine, so that probes are answered: until `open`, `/-/live` says 200
 * and everything else 503, for nothing may be served before authentication is known.
 */
export class HttpServer {
  /** Requests within the process: they need neither sockets nor authentication. */
  readonly internal: InternalNetwork
  readonly #options: ServerOptions
  readonly #logger: Logger
  readonly #server: Server
  /** Connections that have not sent a request yet. */
  readonly #silent = new Set<Socket>()
  #routes: Routes | undefined
  #isAllowed = authenticator(undefined)

  constructor(options: ServerOptions) {
    this.#options = options
    this.#logger = options.logger.with({ service: 'http' })
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
    this.internal = {
      address: options.memoryAddr,
      request: async (request) => this.#answer(request),
    }
  }

  /**
   * Binds and resolves with the address, the port filled in. Rejects with the system's error, which
   * it has logged as upstream does: the program then exits with 1.
   */
  async listen(): Promise<string> {
    const { listenAddr } = this.#options
    try {
      await bind(this.#server, listenAddr)
    } catch (error) {
      this.#logger.log('error', `failed to listen on ${listenAddr}`, { err: describe(error) })
      throw error
    }
    // Errors of accepting, such as too many open files, must not end the program.
    this.#server.on('error', (error) => {
      this.#logger.log('error', 'http server failed', { err: describe(error) })
    })
    const addr = addressText(this.#server.address() as AddressInfo) // it listens on TCP
    this.#logger.log('info', 'now listening for http traffic', { addr })
    return addr
  }

  /** Applies the http block. Throws where it asks for what is not available. */
  configure(settings: HttpSettings): void {
    if (settings.tls !== undefined) throw new Error('tls is not available in alloyts yet')
    this.#isAllowed = authenticator(settings.auth)
  }

  /** Serves the engine from now on. Call it when the http and logging blocks are evaluated. */
  open(engine: EngineView): void {
    const prefix = uiPrefix(this.#options.uiPathPrefix)
    this.#routes = routes({ engine, logger: this.#logger, uiPrefix: prefix })
  }

  /** Stops accepting, lets requests under way finish, and cuts off those that do not. */
  async close(): Promise<void> {
    if (!this.#server.listening) return
    const closed = new Promise<void>((resolve) => this.#server.close(() => resolve()))
    this.#server.closeIdleConnections()
    for (const socket of this.#silent) socket.destroy()
    const timer = setTimeout(() => this.#server.closeAllConnections(), closeTimeoutMs)
    await closed
    clearTimeout(timer)
    this.#logger.log('info', 'http server closed')
  }

  async #answer(request: InternalRequest): Promise<InternalResponse> {
    if (this.#routes !== undefined) return this.#routes(request)
    if (request.path === '/-/live') return text(200, 'alloyts is alive.\n')
    return text(503, 'Alloy is not ready.\n')
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const control = new AbortController()
    const timer = setTimeout(() => control.abort(), answerTimeoutMs)
    response.on('close', () => control.abort())
    try {
      const answer = await this.#answerTo(request, control.signal)
      await send(request, response, answer)
    } finally {
      clearTimeout(timer)
    }
  }

  async #answerTo(request: IncomingMessage, signal: AbortSignal): Promise<InternalResponse> {
    const { method = 'GET', url = '/' } = request
    const [path = '/'] = url.split('?')
    if (!this.#isAllowed(decodedPath(path), request.headers.authorization)) {
      this.#logger.log('info', 'failed to authenticate request', { path })
      return empty(401, { 'www-authenticate': 'Basic realm="Restricted"' })
    }
    const body = await bodyOf(request)
    if (body === undefined) return failure(413, 'request body too large')
    const answering = this.#answer({ method, path: url, headers: headersOf(request), body, signal })
    return withinSignal(answering, signal)
  }
}

function bind(server: Server, listenAddr: string): Promise<void> {
  const [, host = '', port = ''] = /^\[?(.*?)\]?:(\d+)$/.exec(listenAddr) ?? []
  if (port === '' || Number(port) > 65_535) {
    return Promise.reject(new Error(`listen tcp: address ${listenAddr}: missing port in address`))
  }
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen({ port: Number(port), ...(host === '' ? {} : { host }) }, () => {
      server.off('error', reject)
      resolve()
    })
  })
}

function addressText({ address, port }: AddressInfo): string {
  return address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`
}

/** For the filter of paths; what cannot be decoded is refused later. */
function decodedPath(path: string): string {
  try {
    return decodeURIComponent(path)
  } catch {
    return path
  }
}

function headersOf(request: IncomingMessage): Readonly<Record<string, string>> {
  const entries = Object.entries(request.headers).map(([name, value]) => [name, String(value)])
  return Object.fromEntries(entries)
}

/** `undefined` where it is too long. */
async function bodyOf(request: IncomingMessage): Promise<Uint8Array | undefined> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request) {
    size += chunk.length
    if (size > bodySizeMax) return undefined
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

function withinSignal(
  answering: Promise<InternalResponse>,
  signal: AbortSignal,
): Promise<InternalResponse> {
  return new Promise((resolve, reject) => {
    signal.addEventListener('abort', () => resolve(failure(503, 'no answer in time')), {
      once: true,
    })
    answering.then(resolve, reject)
  })
}

async function send(
  request: IncomingMessage,
  response: ServerResponse,
  answer: InternalResponse,
): Promise<void> {
  if (response.destroyed) return
  const zipped = acceptsGzip(request) && answer.body.length >= gzipSizeMin
  const body = zipped ? await compress(answer.body) : answer.body
  response.writeHead(answer.status, {
    ...answer.headers,
    ...(zipped ? { 'content-encoding': 'gzip' } : {}),
    'content-length': body.length,
    // A request that was not read to its end makes the connection useless.
    ...(request.complete ? {} : { connection: 'close' }),
  })
  response.end(request.method === 'HEAD' ? undefined : body)
}

function acceptsGzip(request: IncomingMessage): boolean {
  const accepted = String(request.headers['accept-encoding'] ?? '')
  return /(^|,)\s*gzip\s*(;\s*q=(1|0?\.\d*[1-9]\d*|1\.0*))?\s*(,|$)/i.test(accepted)
}
