// Streams of JSON, one value a line. Empty lines mean nothing: they keep connections alive, and
// find out those that are dead.

import type { Clock } from '../../model/clock.ts'

export const ndjsonHeaders: Readonly<Record<string, string>> = {
  'content-type': 'application/x-ndjson; charset=utf-8',
  'cache-control': 'no-store',
}

export const keepAlive: Uint8Array = Buffer.from('\n')

const keepAliveMs = 15_000

/**
 * Waits for what `subscribe` tells of, and says whether it came: not when the signal has fired, or
 * after 15 s, when it is time for an empty line.
 */
export async function untilEither(
  signal: AbortSignal,
  clock: Clock,
  subscribe: (wake: () => void) => () => void,
): Promise<boolean> {
  let cancel = () => {}
  const came = new Promise<boolean>((resolve) => {
    const leave = subscribe(() => resolve(true))
    const end = () => resolve(false)
    const cancelTimer = clock.after(keepAliveMs, end)
    signal.addEventListener('abort', end, { once: true })
    if (signal.aborted) end()
    cancel = () => {
      leave()
      cancelTimer()
      signal.removeEventListener('abort', end)
    }
  })
  try {
    return await came
  } finally {
    cancel()
  }
}
