// The pools of connections of one client, renewed when a certificate's file changes.

import { Agent } from 'undici'
import { connector } from './connector.ts'
import type { FileCache, FileVersion } from './file_cache.ts'
import type { HttpClientSettings, TlsSettings } from './http_settings.ts'
import type { ProxyChoice } from './proxy.ts'
import { tlsFiles, tlsOptions } from './tls_options.ts'

/** As in upstream; servers and balancers usually hang up earlier, which costs GETs one retry. */
const idleMs = 5 * 60_000

/** Of an answer's headers, names and values. Upstream takes 10 MiB from every target. */
export const headersSizeMax = 16_384

export class Connections {
  readonly #settings: HttpClientSettings
  readonly #tls: TlsSettings
  readonly #files: FileCache
  readonly #proxy: ProxyChoice
  readonly #plain: Agent
  #secure: { readonly files: readonly FileVersion[]; readonly agent: Promise<Agent> } | undefined

  constructor(settings: HttpClientSettings, files: FileCache, proxy: ProxyChoice) {
    this.#settings = settings
    this.#tls = settings.tls_config ?? {}
    this.#files = files
    this.#proxy = proxy
    this.#plain = new Agent({
      connect: connector({ tls: undefined, proxy: () => undefined, proxyHeaders: undefined }),
      ...agentOptions,
    })
  }

  /** For `protocol`, `http:` or `https:`, of the server or of the proxy in its place. */
  agent(protocol: string): Agent | Promise<Agent> {
    return protocol === 'https:' ? this.#secureAgent() : this.#plain
  }

  close(): void {
    retire(Promise.resolve(this.#plain))
    if (this.#secure !== undefined) retire(this.#secure.agent)
  }

  async #secureAgent(): Promise<Agent> {
    const files = await tlsFiles(this.#tls, this.#files)
    const known = this.#secure
    if (known !== undefined && files.every((file, i) => file === known.files[i])) return known.agent
    const agent = this.#openSecure(files)
    this.#secure = { files, agent }
    // A certificate that cannot be used fails the request, and is tried again by the next.
    agent.catch(() => {
      if (this.#secure?.agent === agent) this.#secure = undefined
    })
    if (known !== undefined) retire(known.agent)
    return agent
  }

  async #openSecure(files: readonly FileVersion[]): Promise<Agent> {
    const tls = await tlsOptions(this.#tls, files)
    const { proxy_connect_header } = this.#settings
    return new Agent({
      connect: connector({ tls, proxy: this.#proxy, proxyHeaders: proxy_connect_header }),
      ...agentOptions,
    })
  }
}

/** Undici's own timeouts are off: every request has a deadline for the whole of it. */
const agentOptions = {
  headersTimeout: 0,
  bodyTimeout: 0,
  keepAliveTimeout: idleMs,
  keepAliveMaxTimeout: idleMs,
  pipelining: 1,
  maxHeaderSize: headersSizeMax,
}

/** Requests on their way end by their own deadlines, so this needs none. */
function retire(agent: Promise<Agent>): void {
  agent.then((open) => open.close()).catch(() => undefined)
}
