// One request on a connection, and its answer collected within bounds.

import type { Dispatcher } from 'undici'
import { BodyBuffer } from './body_buffer.ts'
import type { Deadline } from './deadline.ts'
import { HttpError, type HttpRequest } from './http_exchange.ts'

export interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array
}

type Bounds = Pick<HttpRequest, 'bodySizeMax' | 'whenLarger'>

/**
 * Rejects with `HttpError` when the deadline is over or the body too long, and with undici's error
 * otherwise. Either way the connection is given up, never left half read.
 */
export function exchange(
  dispatcher: Dispatcher,
  options: Dispatcher.DispatchOptions,
  bounds: Bounds,
  deadline: Deadline,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const collector = new Collector(bounds, resolve, reject)
    deadline.onEnd((error) => collector.end(error))
    if (!collector.ended) dispatcher.dispatch(options, collector)
  })
}

/** Whether the server had begun to answer when the exchange failed. */
export class BrokenAnswer extends Error {
  override readonly name = 'BrokenAnswer'
}

class Collector implements Dispatcher.DispatchHandler {
  ended = false
  readonly #bounds: Bounds
  readonly #resolve: (answer: Answer) => void
  readonly #reject: (error: Error) => void
  readonly #body = new BodyBuffer()
  #status = 0
  #headers: Readonly<Record<string, string>> = {}
  #controller: Dispatcher.DispatchController | undefined
  #error: Error | undefined

  constructor(bounds: Bounds, resolve: (answer: Answer) => void, reject: (error: Error) => void) {
    this.#bounds = bounds
    this.#resolve = resolve
    this.#reject = reject
  }

  /** Settles now, wherever the request is, and takes it off the connection. */
  end(error: Error): void {
    if (this.ended) return
    this.ended = true
    this.#error = error
    this.#controller?.abort(error)
    this.#reject(error)
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller
    if (this.#error !== undefined) controller.abort(this.#error)
  }

  onResponseStart(
    controller: Dispatcher.DispatchController,
    status: number,
    headers: Readonly<Record<string, string | string[] | undefined>>,
  ): void {
    if (status < 200 || this.ended) return
    this.#controller = controller
    this.#status = status
    this.#headers = joined(headers)
    const length = Number(this.#headers['content-length'] ?? 0)
    if (length <= this.#bounds.bodySizeMax) this.#body.expect(length)
    else if (this.#bounds.whenLarger !== 'cut') this.#endTooLarge()
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    if (this.ended) return
    const room = this.#bounds.bodySizeMax - this.#body.size
    if (chunk.length <= room) {
      this.#body.add(chunk)
    } else if (this.#bounds.whenLarger === 'cut') {
      this.#body.add(chunk.subarray(0, room))
      this.#succeed()
      controller.abort(new Error('the rest of the body is not needed'))
    } else {
      this.#endTooLarge()
    }
  }

  onResponseEnd(): void {
    if (!this.ended) this.#succeed()
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    if (this.ended) return
    const begun = this.#status !== 0
    this.end(begun ? new BrokenAnswer('the answer broke off', { cause: error }) : error)
  }

  #succeed(): void {
    this.ended = true
    this.#resolve({ status: this.#status, headers: this.#headers, body: this.#body.bytes })
  }

  #endTooLarge(): void {
    const limit = this.#bounds.bodySizeMax
    this.end(new HttpError('size', `the body is longer than ${limit} bytes`))
  }
}

function joined(
  headers: Readonly<Record<string, string | string[] | undefined>>,
): Readonly<Record<string, string>> {
  const result: Record<string, string> = {}
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) result[name] = typeof value === 'string' ? value : value.join(', ')
  }
  return result
}
