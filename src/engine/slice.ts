// The one way to loop over input of unbounded size: work for 5 ms, then let the event loop turn.
//
// However many such loops there are, each turn has room for a few milliseconds of them all: who
// waits longest goes on first.

/** None of our own tasks may hold the loop longer than 20 ms; a slice leaves room to overrun. */
const sliceMs = 5
/** Work of a turn after which nobody else goes on in it. */
const turnMs = 2

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

/**
 * Resolves after the events that are due now, not merely after pending promises, and after all who
 * have called it before.
 */
export function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    waiting.push(resolve)
    if (!isArmed) arm()
  })
}

/** Who waits, oldest first, from `first` on. */
let waiting: (() => void)[] = []
let first = 0
let isArmed = false
let turnStartedMs = 0

function arm(): void {
  isArmed = true
  setImmediate(startTurn)
}

function startTurn(): void {
  turnStartedMs = performance.now()
  resumeNext()
}

function resumeNext(): void {
  if (first === waiting.length) {
    waiting = []
    first = 0
    isArmed = false
    return
  }
  if (performance.now() - turnStartedMs >= turnMs) {
    waiting.splice(0, first)
    first = 0
    arm()
    return
  }
  waiting[first++]!()
  // Ticks run after the last microtask: when what was resumed has ended or waits again.
  queueMicrotask(() => process.nextTick(resumeNext))
}
