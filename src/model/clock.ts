// Time as a port, so that engine, logs and loops run under a simulated clock in tests.

export interface Clock {
  /** Unix time in ms. */
  now(): number
  /** Milliseconds that only ever go forward, for measuring. */
  monotonic(): number
  /** Resolves after `ms`; rejects with the signal's reason when that fires first. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>
  /** Calls back once after `ms`, unless the returned function cancels it before. */
  after(ms: number, callback: () => void): () => void
}

/** What a timer of Node holds; it fires a longer one at once. */
const timerMaxMs = 2 ** 31 - 1

export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  sleep: (ms, signal) =>
    new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason)
      const stop = () => {
        cancel()
        reject(signal?.reason)
      }
      const cancel = after(ms, () => {
        signal?.removeEventListener('abort', stop)
        resolve()
      })
      signal?.addEventListener('abort', stop, { once: true })
    }),
  after,
}

function after(ms: number, callback: () => void): () => void {
  let timer: NodeJS.Timeout
  const wait = (leftMs: number) => {
    const next = leftMs > timerMaxMs ? () => wait(leftMs - timerMaxMs) : callback
    timer = setTimeout(next, Math.min(leftMs, timerMaxMs))
  }
  wait(ms)
  return () => clearTimeout(timer)
}
