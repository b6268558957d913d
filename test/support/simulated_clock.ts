// Time that stands still until a test lets it pass.

import type { Clock } from '../../src/model/clock.ts'

interface Timer {
  readonly dueMs: number
  readonly callback: () => void
}

export class SimulatedClock implements Clock {
  #nowMs: number
  /** How far the wall clock is behind. */
  #setBackMs = 0
  #timers: Timer[] = []

  constructor(startMs = 1_700_000_000_000) {
    this.#nowMs = startMs
  }

  now(): number {
    return this.#nowMs - this.#setBackMs
  }

  monotonic(): number {
    return this.#nowMs
  }

  after(ms: number, callback: () => void): () => void {
    const timer = { dueMs: this.#nowMs + ms, callback }
    this.#timers.push(timer)
    return () => {
      this.#timers = this.#timers.filter((other) => other !== timer)
    }
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason)
      const cancel = this.after(ms, () => {
        signal?.removeEventListener('abort', stop)
        resolve()
      })
      const stop = () => {
        cancel()
        reject(signal?.reason)
      }
      signal?.addEventListener('abort', stop, { once: true })
    })
  }

  /** Sets the wall clock back; what waits goes on waiting as long as before. */
  setBack(ms: number): void {
    this.#setBackMs += ms
  }

  /** How many callbacks wait. */
  get timers(): number {
    return this.#timers.length
  }

  /** Lets `ms` pass: timers fire in order, and what they set off settles in between. */
  async advance(ms: number): Promise<void> {
    const untilMs = this.#nowMs + ms
    await settle()
    for (;;) {
      const next = this.#timers
        .filter(({ dueMs }) => dueMs <= untilMs)
        .reduce<Timer | undefined>((a, b) => (a && a.dueMs <= b.dueMs ? a : b), undefined)
      if (next === undefined) break
      this.#timers = this.#timers.filter((timer) => timer !== next)
      this.#nowMs = Math.max(this.#nowMs, next.dueMs)
      next.callback()
      await settle()
    }
    this.#nowMs = untilMs
  }
}

/** Resolves after promises that are under way, and a few turns of the event loop. */
export async function settle(): Promise<void> {
  for (let i = 0; i < 4; i++) await new Promise((resolve) => setImmediate(resolve))
}
