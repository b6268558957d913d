// import.http: modules from a server.
// Source of the behaviour: alloy/internal/component/remote/http/http.go, which does the work there.

import { STATUS_CODES } from 'node:http'
import type { declaration } from '../../components/config/import/http.ts'
import { describe } from '../../engine/describe.ts'
import type { Health } from '../../engine/health.ts'
import type { ImportContext, ImportSource, OpenImport } from '../../engine/modules/import_source.ts'
import { untilAborted } from '../../engine/until_aborted.ts'
import { bytesOf, textOf } from '../../go/text.ts'
import { HttpClient } from '../../net/http_client.ts'
import { inflate } from '../../net/inflate.ts'
import type { Arguments } from '../../schema/declaration.ts'

type Args = Arguments<typeof declaration>

/** A longer answer is no configuration. */
const bodySizeMax = 64 * 1024 * 1024

export const openHttpImport: OpenImport = (context) => new HttpImport(context)

/** What polls, for as long as the arguments stay. */
interface Polling {
  readonly args: Args
  readonly client: HttpClient
  readonly end: AbortController
}

class HttpImport implements ImportSource {
  readonly #context: ImportContext
  #polling: Polling | undefined
  #health: Health
  #running: AbortSignal | undefined
  #loop: Promise<void> = Promise.resolve()

  constructor(context: ImportContext) {
    this.#context = context
    this.#health = this.#healthOf('unknown', '')
  }

  async update(args: unknown): Promise<void> {
    // As the declaration decodes them.
    const next = args as Args
    const what = this.#polling === undefined ? 'creating http component' : 'updating component'
    const polling = await this.#open(next, what)
    this.#end()
    this.#polling = polling
    if (this.#running !== undefined) this.#start(this.#running)
  }

  async run(signal: AbortSignal): Promise<void> {
    this.#running = signal
    this.#start(signal)
    await untilAborted(signal)
    await this.#loop
  }

  health(): Health {
    return this.#health
  }

  close(): void {
    this.#end()
  }

  async #open(args: Args, what: string): Promise<Polling> {
    const { internal, program } = this.#context
    let client: HttpClient | undefined
    try {
      client = new HttpClient(args.client, { userAgent: program.userAgent, internal })
      const polling = { args, client, end: new AbortController() }
      await this.#poll(polling)
      return polling
    } catch (cause) {
      client?.close()
      throw new Error(what, { cause })
    }
  }

  #end(): void {
    this.#polling?.end.abort()
    this.#polling?.client.close()
  }

  #start(signal: AbortSignal): void {
    const polling = this.#polling
    if (polling === undefined) return
    const until = AbortSignal.any([signal, polling.end.signal])
    this.#loop = this.#loop.then(() => this.#pollUntil(polling, until))
  }

  async #pollUntil(polling: Polling, until: AbortSignal): Promise<void> {
    while (!until.aborted) {
      try {
        await this.#context.clock.sleep(polling.args.poll_frequency, until)
      } catch {
        return
      }
      try {
        await this.#poll(polling, until)
      } catch (error) {
        if (until.aborted) return
        this.#health = this.#healthOf('unhealthy', `polling failed: ${describe(error)}`)
        this.#context.logger.log('error', 'failed to poll', { err: describe(error) })
      }
    }
  }

  async #poll({ args, client }: Polling, signal?: AbortSignal): Promise<void> {
    const { id, logger, publish } = this.#context
    const { status, body, headers } = await client.request({
      method: args.method,
      url: args.url,
      headers: Object.fromEntries(args.headers),
      ...(args.body !== '' && { body: bytesOf(args.body) }),
      timeoutMs: args.poll_timeout,
      bodySizeMax,
      ...(signal && { signal }),
    })
    if (status !== 200) {
      const words = `${status} ${STATUS_CODES[status] ?? ''}`.trim()
      logger.log('error', 'unexpected status code from response', { status: words })
      throw new Error(`unexpected status code ${words}`)
    }
    const isZipped = headers['content-encoding'] === 'gzip'
    const text = textOf(isZipped ? await inflate(body, bodySizeMax) : body).trim()
    this.#health = this.#healthOf('healthy', 'polled endpoint')
    await publish({ texts: new Map([[id, bytesOf(text)]]), modulePath: folderOf(args.url) })
  }

  #healthOf(state: Health['state'], message: string): Health {
    return { state, message, updatedMs: this.#context.clock.now() }
  }
}

/** `https://host/modules` of `https://host/modules/m.alloy`. */
function folderOf(url: string): string {
  return url.slice(0, url.lastIndexOf('/'))
}
