// The one way to loop over input of unbounded size: work for 5 ms, then let the event loop turn.

/** None of our own tasks may hold the loop longer than 20 ms; a slice leaves room to overrun. */
const sliceMs = 5

/** Use as `if (slice.due()) await slice.pause()`, every so many items. */
export class Slice {
  #startedMs = performance.now()

  due(): boolean {
    return performance.now() - this.#startedMs >= sliceMs
  }

  /** Resolves when everything that waited for the loop has had its turn. */
  async pause(): Promise<void> {
    await nextTurn()
    this.#startedMs = performance.now()
  }
}

/** Resolves after the events that are due now, not merely after pending promises. */
export function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve)
  })
}
