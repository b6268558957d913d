// Asks over HTTP, with a deadline and a bound on every answer. Runs in Node and in browsers.

import { ClientError, reasonOf } from './client_error.ts'

/** What is used of `fetch`, so that another one can stand in: of undici, or of a test. */
export type Fetch = (url: string, init: FetchInit) => Promise<FetchAnswer>

export interface FetchInit {
  readonly method: string
  readonly headers: Record<string, string>
  readonly signal: AbortSignal
}

export interface FetchAnswer {
  readonly status: number
  readonly body: { getReader(): BodyReader } | null
}

interface BodyReader {
  read(): Promise<{ readonly done: boolean; readonly value?: Uint8Array | undefined }>
  cancel(): Promise<void>
}

export interface RequesterOptions {
  /** Where the UI is, `http://host:12345/` or `http://host:12345/alloy/`; the slash is added. */
  readonly baseUrl: string
  /** The whole value of the header Authorization: `basicAuth`, `bearerAuth`. */
  readonly authorization?: string
  readonly fetch?: Fetch
}

export interface RequestOptions {
  readonly method?: 'GET' | 'POST'
  /** Until the whole answer is there, or, of a stream, until it begins. */
  readonly timeoutMs?: number
  readonly bytesMax?: number
  readonly signal?: AbortSignal
}

export interface Answer {
  readonly status: number
  readonly text: string
}

const timeoutMsDefault = 10_000

const bytesMaxDefault = 32 << 20

/** The most that is read of an answer that is an error. */
const errorBytesMax = 64 << 10

export function basicAuth(user: string, password: string): string {
  const bytes = new TextEncoder().encode(`${user}:${password}`)
  return `Basic ${btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''))}`
}

export function bearerAuth(token: string): string {
  return `Bearer ${token}`
}

/** Every method rejects with a ClientError, or with the reason of the caller's signal. */
export class Requester {
  readonly #base: URL
  readonly #headers: Record<string, string>
  readonly #fetch: Fetch

  constructor({ authorization, baseUrl, fetch }: RequesterOptions) {
    this.#base = new URL(baseUrl.endsWith('/') ? baseUrl : `${baseUrl}/`)
    this.#headers = authorization === undefined ? {} : { authorization }
    this.#fetch = fetch ?? ((url, init) => globalThis.fetch(url, init))
  }

  /** `api/v0/web/peers` is below the base, `/metrics` at the root of the server. */
  url(path: string): string {
    return new URL(path, this.#base).href
  }

  /** The answer whatever its status, in UTF-8. */
  async answer(path: string, options: RequestOptions = {}): Promise<Answer> {
    const { bytesMax = bytesMaxDefault, signal, timeoutMs = timeoutMsDefault } = options
    const time = new RequestTime(timeoutMs, signal)
    try {
      const { body, status } = await this.#ask(path, options.method ?? 'GET', time)
      return { status, text: await wholeText(body, bytesMax, time) }
    } finally {
      time.release()
    }
  }

  /** The text of an answer of status 200. */
  async text(path: string, options: RequestOptions = {}): Promise<string> {
    const { status, text } = await this.answer(path, options)
    if (status !== 200) throw failedAnswer(status, text)
    return text
  }

  /** A 200 proves nothing: below `/` Go Alloy answers unknown paths with its page. */
  async json(path: string, options: RequestOptions = {}): Promise<unknown> {
    const text = await this.text(path, options)
    try {
      return JSON.parse(text)
    } catch (error) {
      throw new ClientError('shape', `${path} is not answered with JSON`, {
        status: 200,
        cause: error,
      })
    }
  }

  /** The pieces of an answer of status 200 as they come, until it ends or the signal fires. */
  async *stream(path: string, options: StreamOptions): AsyncGenerator<Uint8Array, void> {
    const { idleMs, onOpen, signal, timeoutMs = timeoutMsDefault } = options
    const time = new RequestTime(timeoutMs, signal)
    let reader: BodyReader | undefined
    try {
      const { body, status } = await this.#ask(path, 'GET', time)
      if (status !== 200) throw failedAnswer(status, await wholeText(body, errorBytesMax, time))
      onOpen?.()
      reader = body?.getReader()
      while (reader !== undefined) {
        time.restart(idleMs)
        const { done, value } = await reader.read().catch((error) => time.fail(error))
        if (done) return
        if (value !== undefined) yield value
      }
    } finally {
      time.release()
      await reader?.cancel().catch(() => undefined)
    }
  }

  async #ask(path: string, method: string, time: RequestTime): Promise<FetchAnswer> {
    const init = { method, headers: { ...this.#headers }, signal: time.signal }
    return this.#fetch(this.url(path), init).catch((error) => time.fail(error))
  }
}

export interface StreamOptions {
  readonly signal: AbortSignal
  readonly timeoutMs?: number
  /** The longest silence that is no failure; absent for any. */
  readonly idleMs?: number
  /** Called once the answer has begun. */
  onOpen?(): void
}

/** How long a request may last: its own time and its caller's signal, as one signal. */
class RequestTime {
  readonly #abort = new AbortController()
  readonly #caller: AbortSignal | undefined
  readonly #onCaller = () => this.#abort.abort(this.#caller?.reason)
  #timer: ReturnType<typeof setTimeout> | undefined
  #isOver = false

  constructor(timeoutMs: number, caller: AbortSignal | undefined) {
    this.#caller = caller
    if (caller?.aborted) this.#onCaller()
    else caller?.addEventListener('abort', this.#onCaller, { once: true })
    this.restart(timeoutMs)
  }

  get signal(): AbortSignal {
    return this.#abort.signal
  }

  /** Undefined for ever. */
  restart(timeoutMs: number | undefined): void {
    clearTimeout(this.#timer)
    if (timeoutMs === undefined) return
    this.#timer = setTimeout(() => {
      this.#isOver = true
      this.#abort.abort()
    }, timeoutMs)
  }

  /** Says what an error of the transport means. */
  fail(error: unknown): never {
    if (error instanceof ClientError) throw error
    if (this.#caller?.aborted) throw this.#caller.reason
    if (this.#isOver) throw new ClientError('timeout', 'no answer in time', { cause: error })
    throw new ClientError('unreachable', reasonOf(error), { cause: error })
  }

  release(): void {
    clearTimeout(this.#timer)
    this.#caller?.removeEventListener('abort', this.#onCaller)
  }
}

async function wholeText(
  body: FetchAnswer['body'],
  bytesMax: number,
  time: RequestTime,
): Promise<string> {
  if (body === null) return ''
  const reader = body.getReader()
  const decoder = new TextDecoder()
  let text = ''
  let length = 0
  for (;;) {
    const { done, value } = await reader.read().catch((error) => time.fail(error))
    if (done) return text + decoder.decode()
    if (value === undefined) continue
    length += value.length
    if (length > bytesMax) {
      await reader.cancel().catch(() => undefined)
      const message = `the answer is longer than ${Math.round(bytesMax / 1e6)} MB`
      throw new ClientError('too_large', message)
    }
    text += decoder.decode(value, { stream: true })
  }
}

/** What an error says: `{"error":"…"}`, or the text, unless it is a page. */
function failedAnswer(status: number, text: string): ClientError {
  let reason = text.trim()
  try {
    const parsed: unknown = JSON.parse(reason)
    if (typeof parsed === 'object' && parsed !== null && 'error' in parsed) {
      reason = String(parsed.error)
    }
  } catch {
    if (reason.startsWith('<')) reason = ''
  }
  const shown = reason === '' ? `status ${status}` : `status ${status}: ${reason.slice(0, 1000)}`
  return new ClientError('status', shown, { status })
}
