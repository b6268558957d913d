// The HTTP client of every component that makes requests.

import type { Dispatcher } from 'undici'
import { describe, withoutUserInfo } from '../engine/describe.ts'
import type { InternalNetwork } from '../engine/internal_network.ts'
import { type Address, Addresses } from './address.ts'
import { Connections, headersSizeMax } from './connections.ts'
import { authorizationOf, authorizationOfUrl } from './credentials.ts'
import { Deadline } from './deadline.ts'
import { type Answer, BrokenAnswer, exchange } from './exchange.ts'
import { FileCache } from './file_cache.ts'
import { HttpError, type HttpRequest, type HttpResponse } from './http_exchange.ts'
import type { HttpClientSettings } from './http_settings.ts'
import { OAuth2Tokens } from './oauth2.ts'
import { type ProxyChoice, proxyChoice } from './proxy.ts'

/** Requests in one chain of redirects, the first included; as in Go's net/http. */
const chainMax = 10

export interface HttpClientOptions {
  /** Sent unless the request names another. */
  readonly userAgent: string
  /** Requests to its address stay in the process. Without it they go to the resolver. */
  readonly internal?: InternalNetwork
  /** `process.env` where absent; for `proxy_from_environment`. */
  readonly environment?: Readonly<Record<string, string | undefined>>
}

/** Holds its connections until closed; requests may overlap. */
export class HttpClient {
  readonly #settings: HttpClientSettings
  readonly #options: HttpClientOptions
  readonly #files = new FileCache()
  readonly #addresses = new Addresses()
  readonly #connections: Connections
  readonly #proxy: ProxyChoice
  /** For the tokens of OAuth 2.0, which have TLS and proxies of their own. */
  readonly #tokenClient: HttpClient | undefined
  readonly #tokens: OAuth2Tokens | undefined

  /** Throws where the settings name what cannot work. */
  constructor(settings: HttpClientSettings, options: HttpClientOptions) {
    this.#settings = settings
    this.#options = options
    this.#proxy = proxyChoice(settings, options.environment ?? process.env)
    this.#connections = new Connections(settings, this.#files, this.#proxy)
    const { oauth2 } = settings
    if (oauth2 === undefined) return
    const { tls_config, proxy_url, no_proxy, proxy_from_environment, proxy_connect_header } = oauth2
    const proxy = { proxy_url, no_proxy, proxy_from_environment, proxy_connect_header }
    const { internal: _, ...outside } = options
    const client = new HttpClient({ tls_config, ...proxy }, outside)
    const send = (request: HttpRequest) => client.request(request)
    this.#tokenClient = client
    this.#tokens = new OAuth2Tokens(oauth2, this.#files, send)
  }

  /**
   * Resolves with whatever the server answered, redirects followed where the settings say so;
   * rejects with `HttpError`. A 301, 302 or 303 to anything but GET and HEAD is an answer: it is
   * never turned into a GET, which would count unsent data as sent.
   */
  async request(request: HttpRequest): Promise<HttpResponse> {
    let address = this.#addresses.of(request.url)
    const deadline = new Deadline(request.timeoutMs, request.signal)
    try {
      let trusted = true
      for (let sent = 1; ; sent++) {
        const { url, shown } = address
        const answer = await this.#send(request, address, trusted, deadline)
        const next = this.#redirect(request.method, url, answer)
        if (next === undefined) return { ...answer, url: shown }
        if (sent === chainMax) {
          throw new HttpError('redirect', `stopped after ${chainMax} redirects`)
        }
        trusted &&= isSameHost(url, next)
        address = this.#addresses.of(next)
      }
    } catch (error) {
      throw failure(request.method, address.url, error)
    } finally {
      deadline.release()
    }
  }

  /** Ends idle connections at once and busy ones when their request settles. */
  close(): void {
    this.#connections.close()
    this.#tokenClient?.close()
  }

  async #send(
    request: HttpRequest,
    address: Address,
    trusted: boolean,
    deadline: Deadline,
  ): Promise<Answer> {
    const { url } = address
    const headers = await deadline.race(this.#headers(request, url, trusted))
    const { internal } = this.#options
    if (internal?.address === address.host) {
      return this.#sendInside(internal, request, address.path, headers, deadline)
    }
    const proxy = url.protocol === 'http:' ? this.#proxy(url) : undefined
    const options = dispatchOptions(request, address, headers, proxy)
    const opening = this.#connections.agent((proxy ?? url).protocol)
    const agent = opening instanceof Promise ? await deadline.race(opening) : opening
    try {
      return await exchange(agent, options, request, deadline)
    } catch (error) {
      // The server may have hung up an idle connection at the moment we used it again.
      if (!isIdempotent(request.method) || !isHangUp(error)) throw error
      return exchange(agent, options, request, deadline)
    }
  }

  async #sendInside(
    network: InternalNetwork,
    request: HttpRequest,
    path: string,
    headers: Headers,
    deadline: Deadline,
  ): Promise<Answer> {
    const control = new AbortController()
    const answering = network.request({
      method: request.method,
      path,
      headers: Object.fromEntries(headers.map(([name, value]) => [name.toLowerCase(), value])),
      ...(request.body === undefined ? {} : { body: request.body }),
      signal: control.signal,
    })
    try {
      const answer = await deadline.race(answering)
      if (answer.body.length <= request.bodySizeMax) return answer
      if (request.whenLarger !== 'cut') {
        throw new HttpError('size', `the body is longer than ${request.bodySizeMax} bytes`)
      }
      return { ...answer, body: answer.body.subarray(0, request.bodySizeMax) }
    } finally {
      control.abort()
    }
  }

  /** In the order in which upstream sends them. */
  async #headers(request: HttpRequest, url: URL, trusted: boolean): Promise<Headers> {
    const own = Object.entries(request.headers ?? {})
    const named = new Set(own.map(([name]) => name.toLowerCase()))
    const headers: [string, string][] = []
    if (!named.has('user-agent')) headers.push(['User-Agent', this.#options.userAgent])
    if (!named.has('authorization')) {
      const login = trusted ? await this.#authorization(url) : authorizationOfUrl(url)
      if (login !== undefined) headers.push(['Authorization', login])
    }
    for (const [name, value] of own) {
      if (trusted || !isCredential(name)) headers.push([name, value])
    }
    for (const [name, values] of trusted ? (this.#settings.http_headers ?? []) : []) {
      for (const value of values) headers.push([name, value.reveal()])
    }
    return headers
  }

  async #authorization(url: URL): Promise<string | undefined> {
    if (this.#tokens !== undefined) return this.#tokens.authorization()
    try {
      return (await authorizationOf(this.#settings, this.#files)) ?? authorizationOfUrl(url)
    } catch (cause) {
      throw new HttpError('settings', 'cannot read the credentials', cause)
    }
  }

  #redirect(method: string, url: URL, { status, headers }: Answer): URL | undefined {
    if (this.#settings.follow_redirects === false) return undefined
    const { location } = headers
    const repeats = status === 307 || status === 308
    const moves = isIdempotent(method) && (status === 301 || status === 302 || status === 303)
    if (!(repeats || moves) || location === undefined) return undefined
    if (!URL.canParse(location, url.href)) {
      throw new HttpError('redirect', 'the server redirects to what is no URL')
    }
    const next = new URL(location, url.href)
    if (next.protocol !== 'http:' && next.protocol !== 'https:') {
      throw new HttpError('redirect', `unsupported protocol scheme "${next.protocol.slice(0, -1)}"`)
    }
    const inside = this.#options.internal?.address
    // Nobody outside may send us to our own API, where a POST reloads.
    if (next.host === inside && url.host !== inside) {
      throw new HttpError('redirect', 'the server redirects to an address inside the process')
    }
    return next
  }
}

type Headers = readonly (readonly [name: string, value: string])[]

function dispatchOptions(
  request: HttpRequest,
  { origin, path, host }: Address,
  headers: Headers,
  proxy: URL | undefined,
): Dispatcher.DispatchOptions {
  const lines = headers.flat()
  const common = { method: request.method, body: request.body ?? null }
  if (proxy === undefined) return { ...common, origin, path, headers: lines }
  const login = authorizationOfUrl(proxy)
  if (login !== undefined) lines.push('Proxy-Authorization', login)
  lines.push('Host', host)
  return { ...common, origin: proxy.origin, path: `http://${host}${path}`, headers: lines }
}

/** Ports do not matter, as in Go; but what was encrypted is not repeated in clear. */
function isSameHost(from: URL, to: URL): boolean {
  return from.hostname === to.hostname && !(from.protocol === 'https:' && to.protocol === 'http:')
}

function isCredential(name: string): boolean {
  return /^(authorization|cookie2?|www-authenticate|x-api-key|.*-(key|token|secret))$/i.test(name)
}

function isIdempotent(method: string): boolean {
  return method === 'GET' || method === 'HEAD'
}

function isHangUp(error: unknown): boolean {
  return (
    error instanceof Error &&
    'code' in error &&
    ['UND_ERR_SOCKET', 'ECONNRESET', 'EPIPE'].includes(String(error.code))
  )
}

/** `Get "http://host/path": dial tcp …: connection refused`, as Go words it. */
function failure(method: string, url: URL, error: unknown): HttpError {
  const verb = `${method.slice(0, 1)}${method.slice(1).toLowerCase()}`
  const message = `${verb} "${withoutUserInfo(url.href)}": ${reasonOf(error)}`
  return new HttpError(error instanceof HttpError ? error.reason : 'network', message)
}

function reasonOf(error: unknown): string {
  if (error instanceof BrokenAnswer) return 'unexpected EOF'
  if (!(error instanceof Error) || !('code' in error)) return describe(error)
  switch (error.code) {
    case 'UND_ERR_SOCKET':
      return 'EOF'
    case 'UND_ERR_CONNECT_TIMEOUT':
      return 'dial tcp: i/o timeout'
    case 'UND_ERR_HEADERS_OVERFLOW':
      return `net/http: server response headers exceeded ${headersSizeMax} bytes; aborted`
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return `dial tcp: ${describe(error)}`
    default:
      return describe(error)
  }
}
