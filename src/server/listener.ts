// An HTTP server with bounds on everything a client may do to it.

import type { IncomingHttpHeaders } from 'node:http'
import { describe } from '../engine/describe.ts'
import type { InternalRequest, InternalResponse } from '../engine/internal_network.ts'
import type { Logger } from '../model/logger.ts'
import { FileCache } from '../net/file_cache.ts'
import { writeAnswer, writeStream } from './answer_writer.ts'
import { failure } from './answers.ts'
import { type Incoming, type Outgoing, type Patience, Port } from './port.ts'
import { TlsAcceptor } from './tls_acceptor.ts'
import type { TlsArguments } from './tls_settings.ts'
import { unlessAborted } from './unless_aborted.ts'

/** How long clients may take, and how long they wait. */
export interface Deadlines extends Patience {
  /** An answer whose beginning takes longer is given up. */
  readonly answerMs: number
  /** A client that reads nothing of its answer for so long, or at most twice, is cut off. */
  readonly stallMs: number
}

const usual: Deadlines = {
  headersMs: 10_000,
  requestMs: 30_000,
  answerMs: 60_000,
  stallMs: 60_000,
}

export interface ListenerOptions {
  /** Of a request's body, in bytes; longer ones are refused with 413. */
  readonly bodySizeMax: number
  readonly deadlines?: Partial<Deadlines>
  readonly logger: Logger
  /** Whether `secure` is still to say what connections have to speak. */
  readonly isProvisional?: boolean
  /** Refuses a request before its body is read. */
  readonly refuse?: (path: string, headers: Headers) => InternalResponse | undefined
  /** The signal fires when the client is gone, or when nobody waits for the answer any more. */
  answer(request: InternalRequest): Promise<InternalResponse>
}

type Headers = InternalRequest['headers']

export class Listener {
  readonly #options: ListenerOptions
  readonly #deadlines: Deadlines
  readonly #port: Port
  readonly #files = new FileCache()
  /** Answers without end. */
  readonly #streams = new Set<AbortController>()

  constructor(options: ListenerOptions) {
    this.#options = options
    this.#deadlines = { ...usual, ...options.deadlines }
    const { isProvisional = false } = options
    this.#port = new Port(this.#deadlines, isProvisional, (request, response) => {
      // Whoever sets a timeout on the answer means this.
      response.on('timeout', () => response.destroy())
      this.#serve(request, response).catch(() => response.destroy())
    })
  }

  /** As `Port.listen`. */
  listen(listenAddr: string, failed: (error: Error) => void): Promise<string> {
    return this.#port.listen(listenAddr, failed)
  }

  /**
   * Speaks TLS, or without arguments HTTP in clear, from the next connection on. Rejects where a
   * file cannot be read or a certificate or key is none; then everything stays as it was.
   */
  async secure(args: TlsArguments | undefined): Promise<void> {
    const secured = this.#port.secured.bind(this.#port)
    const options = { files: this.#files, logger: this.#options.logger, secured }
    this.#port.acceptWith(args && (await TlsAcceptor.open({ ...options, args })))
  }

  /**
   * Stops accepting, ends answers that have no end, lets other requests under way finish, and cuts
   * off those that do not.
   */
  async close(): Promise<void> {
    const closed = this.#port.close()
    for (const control of this.#streams) control.abort()
    await closed
  }

  async #serve(request: Incoming, response: Outgoing): Promise<void> {
    const control = new AbortController()
    const { signal } = control
    const { answerMs, stallMs } = this.#deadlines
    const { isProvisional } = this.#port
    const timer = setTimeout(() => control.abort(), answerMs)
    response.on('close', () => control.abort())
    try {
      const answer = await this.#answerTo(request, signal)
      const { stream } = answer
      if (stream === undefined) {
        // Nobody may ask again once the server closes, which would wait for the connection.
        const isLast = isProvisional || !this.#port.isOpen
        await writeAnswer(request, response, answer, { isLast, stallMs })
        return
      }
      clearTimeout(timer)
      this.#streams.add(control)
      if (!this.#port.isOpen) control.abort()
      const bounds = { signal, stallMs }
      await writeStream(request, response, { ...answer, stream }, bounds)
    } finally {
      clearTimeout(timer)
      this.#streams.delete(control)
    }
  }

  async #answerTo(request: Incoming, signal: AbortSignal): Promise<InternalResponse> {
    const { method = 'GET', url: path = '/' } = request
    const headers = headersOf(request.headers)
    const { isProvisional } = this.#port
    const refusal = this.#options.refuse?.(path, headers)
    if (refusal !== undefined) return refusal
    const body = await unlessAborted(bodyOf(request, this.#options.bodySizeMax), signal)
    if (body === undefined) return failure(408, 'request body not sent in time')
    if (body === 'too long') return failure(413, 'request body too large')
    // Let in before it was known who may ask, and how.
    if (isProvisional && !this.#port.isProvisional) return failure(503, 'Alloy is not ready.')
    try {
      const answering = this.#options.answer({ method, path, headers, body, signal })
      return (await unlessAborted(answering, signal)) ?? failure(503, 'no answer in time')
    } catch (error) {
      return failure(500, describe(error))
    }
  }
}

/** Host under its name of HTTP/1.1. */
function headersOf(headers: IncomingHttpHeaders): Headers {
  const shown = Object.entries(headers).map(([name, value]) => {
    return [name === ':authority' ? 'host' : name, String(value)] as const
  })
  return Object.fromEntries(shown.filter(([name]) => !name.startsWith(':')))
}

async function bodyOf(request: Incoming, sizeMax: number): Promise<Uint8Array | 'too long'> {
  if (Number(request.headers['content-length'] ?? 0) > sizeMax) return 'too long'
  const chunks: Buffer[] = []
  let size = 0
  // Left undestroyed when it is too long: with HTTP/2 the answer would go with it.
  for await (const chunk of request.iterator({ destroyOnReturn: false })) {
    size += chunk.length
    if (size > sizeMax) return 'too long'
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}
