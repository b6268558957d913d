// Until when a request may last: its own time and its caller's signal, seen as one.

import { HttpError } from './http_exchange.ts'

/** What a timer of Node holds; it fires a longer one at once. */
const timerMaxMs = 2 ** 31 - 1

/** Release it when the request has settled: it holds a timer and a listener. */
export class Deadline {
  readonly #timer: NodeJS.Timeout
  readonly #signal: AbortSignal | undefined
  readonly #abort = () => this.#end(new HttpError('aborted', 'context canceled'))
  #error: HttpError | undefined
  #listener: ((error: HttpError) => void) | undefined

  constructor(timeoutMs: number, signal: AbortSignal | undefined) {
    const end = () => this.#end(new HttpError('deadline', 'context deadline exceeded'))
    this.#timer = setTimeout(end, Math.min(timeoutMs, timerMaxMs))
    this.#signal = signal
    if (signal?.aborted) this.#abort()
    else signal?.addEventListener('abort', this.#abort, { once: true })
  }

  /** Calls back once, at once if it is over already. Replaces the callback before. */
  onEnd(listener: (error: HttpError) => void): void {
    this.#listener = listener
    if (this.#error !== undefined) listener(this.#error)
  }

  /** Settles as `work` does, or rejects when the deadline is over before. */
  race<T>(work: Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      this.onEnd(reject)
      work.then(resolve, reject)
    })
  }

  release(): void {
    clearTimeout(this.#timer)
    this.#signal?.removeEventListener('abort', this.#abort)
    this.#listener = undefined
  }

  #end(error: HttpError): void {
    this.#error = error
    clearTimeout(this.#timer)
    this.#listener?.(error)
  }
}
