// The one port of the program, and the same answers inside the process.

import { describe } from '../engine/describe.ts'
import type {
  InternalNetwork,
  InternalRequest,
  InternalResponse,
} from '../engine/internal_network.ts'
import type { Logger } from '../model/logger.ts'
import { empty, text } from './answers.ts'
import { type AuthSettings, authenticator, protectsNothing } from './authentication.ts'
import type { EngineView } from './engine_view.ts'
import { Listener } from './listener.ts'
import { requestPath } from './request_path.ts'
import { type Routes, type RoutesOptions, routes, uiPrefix } from './routes.ts'
import type { TlsArguments } from './tls_settings.ts'

/** Of a request's body; nothing that is served here takes more. */
const bodySizeMax = 1024 * 1024

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
  readonly tls?: TlsArguments | undefined
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
  readonly #listener: Listener
  #routes: Routes | undefined
  #isAllowed = authenticator(undefined)

  constructor(options: ServerOptions) {
    this.#options = options
    this.#logger = options.logger.with({ service: 'http' })
    this.#listener = new Listener({
      bodySizeMax,
      logger: this.#logger,
      isProvisional: true,
      refuse: (path, { authorization }) => this.#refuse(path, authorization),
      answer: (request) => this.#answer(request),
    })
    this.internal = {
      address: options.memoryAddr,
      request: (request) => this.#answer(request),
    }
  }

  /**
   * Binds and resolves with the address, the port filled in. Rejects with the system's error, which
   * it has logged as upstream does: the program then exits with 1.
   */
  async listen(): Promise<string> {
    const { listenAddr } = this.#options
    const failed = (error: Error) => {
      this.#logger.log('error', 'http server failed', { err: describe(error) })
    }
    try {
      const addr = await this.#listener.listen(listenAddr, failed)
      this.#logger.log('info', 'now listening for http traffic', { addr })
      return addr
    } catch (error) {
      this.#logger.log('error', `failed to listen on ${listenAddr}`, { err: describe(error) })
      throw error
    }
  }

  /**
   * Applies the http block: to every request from now on, and TLS to every new connection. Rejects
   * where certificates cannot be used; then everything stays as it was.
   */
  async configure({ auth, tls }: HttpSettings): Promise<void> {
    await this.#listener.secure(tls)
    this.#logger.log('info', `applying ${tls ? 'TLS' : 'non-TLS'} config to HTTP server`)
    if (protectsNothing(auth)) {
      this.#logger.log('warn', 'the auth block protects no path, because its filter names none')
    }
    this.#isAllowed = authenticator(auth)
  }

  /** Serves the engine from now on. Call it when the http and logging blocks are evaluated. */
  open(engine: EngineView, { groups = [], ui }: Pick<RoutesOptions, 'groups' | 'ui'> = {}): void {
    const prefix = uiPrefix(this.#options.uiPathPrefix)
    const own = { engine, logger: this.#logger, uiPrefix: prefix, groups }
    this.#routes = routes(ui === undefined ? own : { ...own, ui })
  }

  /** Stops accepting, lets requests under way finish, and cuts off those that do not. */
  async close(): Promise<void> {
    await this.#listener.close()
    if (this.#routes !== undefined) this.#logger.log('info', 'http server closed')
  }

  async #answer(request: InternalRequest): Promise<InternalResponse> {
    if (this.#routes !== undefined) return this.#routes(request)
    if (request.path === '/-/live') return text(200, 'alloyts is alive.\n')
    return text(503, 'Alloy is not ready.\n')
  }

  #refuse(written: string, authorization: string | undefined): InternalResponse | undefined {
    const target = requestPath(written)
    // What has no clean path gets no more than a redirect or a refusal.
    if (target.kind !== 'path') return undefined
    const { path } = target
    if (this.#isAllowed(path, authorization)) return undefined
    this.#logger.log('info', 'failed to authenticate request', { path })
    return empty(401, { 'www-authenticate': 'Basic realm="Restricted"' })
  }
}
