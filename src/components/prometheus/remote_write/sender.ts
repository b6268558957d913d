// Sends one body until it is delivered, refused for good, or nobody wants it any more.
// Source of the behaviour: prometheus/storage/remote/{client,queue_manager}.go.

import { setMaxListeners } from 'node:events'
import { describe } from '../../../engine/describe.ts'
import type { Clock } from '../../../model/clock.ts'
import type { Logger } from '../../../model/logger.ts'
import type { HttpClient } from '../../../net/http_client.ts'
import { HttpError, type HttpResponse } from '../../../net/http_exchange.ts'
import { retryAfterMs } from './retry_after.ts'

/** Of an answer that refuses, what is logged. */
const refusalSizeMax = 1024

export interface SenderOptions {
  readonly clock: Clock
  readonly logger: Logger
  readonly client: HttpClient
  readonly url: string
  readonly timeoutMs: number
  /** Besides those of the protocol. */
  readonly headers: Readonly<Record<string, string>>
  readonly followRedirects: boolean
  readonly retryOn429: boolean
  readonly backoffMinMs: number
  readonly backoffMaxMs: number
  /** Seconds that an attempt took. */
  readonly observeAttempt: (seconds: number) => void
}

/** What is sent, as its sender counts it. */
export interface Sending {
  /** Called before each attempt; no body: there is nothing left to send. */
  body(attempt: number): Uint8Array | undefined
  retried(): void
  /** For the log line of a refusal. */
  readonly fields: () => Readonly<Record<string, number>>
}

/** `stopped`: it may or may not have arrived. `empty`: nothing was left to send. */
export type SendResult = 'delivered' | 'refused' | 'stopped' | 'empty'

type Verdict =
  | { readonly is: 'delivered' }
  | { readonly is: 'stopped' }
  | { readonly is: 'refused'; readonly error: string }
  | { readonly is: 'failed'; readonly error: string; readonly retryAfterMs: number }

export class Sender {
  /** Unix time in ms of the last delivery, and why the last attempt failed; '' after a delivery. */
  lastDelivered = 0
  failingSince = 0
  failure = ''
  /** Unix time in ms until which failures say more about the receiver than about our speed. */
  backingOffUntil = 0
  readonly #options: SenderOptions

  constructor(options: SenderOptions) {
    this.#options = options
  }

  async send(sending: Sending, signal: AbortSignal): Promise<SendResult> {
    const { clock, logger, backoffMinMs, backoffMaxMs } = this.#options
    let backoffMs = backoffMinMs
    for (let attempt = 0; ; attempt++) {
      if (signal.aborted) return 'stopped'
      const body = sending.body(attempt)
      if (body === undefined) return 'empty'
      const verdict = await this.#attempt(body, attempt, signal)
      this.#note(verdict)
      if (verdict.is === 'delivered' || verdict.is === 'stopped') return verdict.is
      if (verdict.is === 'refused') {
        const fields = { ...sending.fields(), err: verdict.error }
        logger.log('error', 'non-recoverable error', fields)
        return 'refused'
      }
      sending.retried()
      const waitMs = verdict.retryAfterMs > 0 ? verdict.retryAfterMs : backoffMs
      this.backingOffUntil = clock.now() + 2 * waitMs
      logger.log('warn', 'Failed to send batch, retrying', { err: verdict.error })
      if (!(await slept(clock, waitMs, signal))) return 'stopped'
      backoffMs = Math.min(2 * waitMs, backoffMaxMs)
    }
  }

  async #attempt(body: Uint8Array, attempt: number, signal: AbortSignal): Promise<Verdict> {
    const { clock, client, url, timeoutMs, headers, observeAttempt } = this.#options
    const started = clock.monotonic()
    try {
      setMaxListeners(0, signal)
      const response = await client.request({
        method: 'POST',
        url,
        body,
        headers: attempt === 0 ? headers : { ...headers, 'Retry-Attempt': String(attempt) },
        timeoutMs,
        signal,
        bodySizeMax: refusalSizeMax,
        whenLarger: 'cut',
      })
      return this.#verdict(response)
    } catch (error) {
      if (signal.aborted) return { is: 'stopped' }
      // The client words its errors without secrets; anything else is a defect, and retried too.
      const message = error instanceof HttpError ? error.message : describe(error)
      return { is: 'failed', error: message, retryAfterMs: 0 }
    } finally {
      observeAttempt((clock.monotonic() - started) / 1000)
    }
  }

  #verdict(response: HttpResponse): Verdict {
    const { status, headers } = response
    const { clock, retryOn429, followRedirects } = this.#options
    if (status >= 200 && status < 300) return { is: 'delivered' }
    const error = `server returned HTTP status ${status} ${statusTexts.get(status) ?? ''}`.trim()
    if (followRedirects && status >= 301 && status <= 303) {
      // To follow would turn the request into a GET without a body, and its samples into nothing.
      const to = 'it asks to send to another URL, which is not done with data: correct `url`'
      return { is: 'failed', error: `${error}: ${to}`, retryAfterMs: 0 }
    }
    const text = Buffer.from(response.body).toString('utf8').split('\n')[0]!.trim()
    const message = `${error}: ${text}`
    if (status >= 500 || (status === 429 && retryOn429)) {
      const wait = retryAfterMs(headers['retry-after'], clock.now())
      return { is: 'failed', error: message, retryAfterMs: wait }
    }
    return { is: 'refused', error: message }
  }

  #note(verdict: Verdict): void {
    const now = this.#options.clock.now()
    if (verdict.is === 'delivered') {
      this.lastDelivered = now
      this.failure = ''
    } else if (verdict.is !== 'stopped') {
      if (this.failure === '') this.failingSince = now
      this.failure = verdict.error
    }
  }
}

/** Whether the time has passed, rather than the signal fired. */
async function slept(clock: Clock, ms: number, signal: AbortSignal): Promise<boolean> {
  try {
    await clock.sleep(ms, signal)
    return true
  } catch {
    return false
  }
}

const statusTexts: ReadonlyMap<number, string> = new Map([
  [301, 'Moved Permanently'],
  [302, 'Found'],
  [303, 'See Other'],
  [307, 'Temporary Redirect'],
  [308, 'Permanent Redirect'],
  [400, 'Bad Request'],
  [401, 'Unauthorized'],
  [403, 'Forbidden'],
  [404, 'Not Found'],
  [405, 'Method Not Allowed'],
  [408, 'Request Timeout'],
  [409, 'Conflict'],
  [413, 'Request Entity Too Large'],
  [415, 'Unsupported Media Type'],
  [422, 'Unprocessable Entity'],
  [429, 'Too Many Requests'],
  [500, 'Internal Server Error'],
  [501, 'Not Implemented'],
  [502, 'Bad Gateway'],
  [503, 'Service Unavailable'],
  [504, 'Gateway Timeout'],
])
