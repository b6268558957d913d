// Keeps a stream going: opens it again, later and later, whenever it ends.

import { reasonOf } from './client_error.ts'

export interface StreamState {
  readonly state: 'connecting' | 'open' | 'waiting'
  /** Why the last connection ended; empty for no reason. */
  readonly error: string
}

export interface ReconnectOptions<T> {
  readonly signal: AbortSignal
  /** One connection, from its first record to its end. */
  open(signal: AbortSignal, onOpen: () => void): AsyncIterable<T>
  onState?(state: StreamState): void
  /** Rejects when the signal fires. */
  sleep?(ms: number, signal: AbortSignal): Promise<void>
}

export const backoffMinMs = 500
export const backoffMaxMs = 10_000

/** Ends, quietly, when the signal fires. A record that came starts the delays anew. */
export async function* reconnecting<T>(options: ReconnectOptions<T>): AsyncGenerator<T, void> {
  const { open, signal, sleep = sleepFor } = options
  const onState = (state: StreamState['state'], error = '') => options.onState?.({ state, error })
  let delayMs = backoffMinMs
  while (!signal.aborted) {
    let error = ''
    onState('connecting')
    try {
      for await (const record of open(signal, () => onState('open'))) {
        delayMs = backoffMinMs
        yield record
      }
      error = 'the connection was closed'
    } catch (failure) {
      error = reasonOf(failure)
    }
    if (signal.aborted) return
    onState('waiting', error)
    await sleep(delayMs, signal).catch(() => undefined)
    delayMs = Math.min(backoffMaxMs, delayMs * 2)
  }
}

/** Rejects with the signal's reason when that fires first. */
export function sleepFor(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(signal.reason)
    const stop = () => {
      clearTimeout(timer)
      reject(signal.reason)
    }
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', stop)
      resolve()
    }, ms)
    signal.addEventListener('abort', stop, { once: true })
  })
}
