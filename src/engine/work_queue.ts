// Evaluations on their way: at most one runs and one waits per node, so that a node whose inputs
// change in a burst is evaluated twice at most, and never twice at the same time.

import { Slice } from './slice.ts'

type Task = () => Promise<void>

interface Lane {
  readonly key: string
  running: boolean
  /** Tasks of `exclusive` in order; at most one of `submit`. */
  readonly waiting: Task[]
  submitted: Task | undefined
}

/**
 * Bounded by the number of keys. Tasks of different keys run side by side, because they wait for
 * the world rather than for the processor; between their starts the event loop gets its turn.
 */
export class WorkQueue {
  readonly #lanes = new Map<string, Lane>()
  /** Lanes whose next task may start. */
  readonly #ready: Lane[] = []
  #pumping = false
  #waiting = 0
  #running = 0
  #closed = false
  #idle: (() => void)[] = []

  /** Tasks that have not started. */
  get size(): number {
    return this.#waiting
  }

  /** Runs the task soon; does nothing when one of this key already waits. It must not reject. */
  submit(key: string, task: Task): void {
    if (this.#closed) return
    const lane = this.#lane(key)
    if (lane.submitted !== undefined) return
    lane.submitted = task
    this.#enqueue(lane, task)
  }

  /** Runs the task once nothing else of this key runs or waits. Rejects as the task does. */
  exclusive<T>(key: string, task: () => Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      this.#enqueue(this.#lane(key), () => task().then(resolve, reject))
    })
  }

  /** Resolves when nothing runs or waits. */
  idle(): Promise<void> {
    return new Promise((resolve) => {
      this.#idle.push(resolve)
      this.#announceIdle()
    })
  }

  /** Takes no more tasks of `submit`, and forgets those that wait. */
  close(): void {
    this.#closed = true
    for (const lane of this.#lanes.values()) {
      if (lane.submitted === undefined) continue
      lane.waiting.splice(lane.waiting.indexOf(lane.submitted), 1)
      lane.submitted = undefined
      this.#waiting--
    }
    this.#announceIdle()
  }

  #lane(key: string): Lane {
    let lane = this.#lanes.get(key)
    if (lane === undefined) {
      lane = { key, running: false, waiting: [], submitted: undefined }
      this.#lanes.set(key, lane)
    }
    return lane
  }

  #enqueue(lane: Lane, task: Task): void {
    this.#waiting++
    lane.waiting.push(task)
    if (lane.waiting.length === 1 && !lane.running) this.#wake(lane)
  }

  #wake(lane: Lane): void {
    this.#ready.push(lane)
    if (!this.#pumping) void this.#pump()
  }

  async #pump(): Promise<void> {
    this.#pumping = true
    const slice = new Slice()
    await Promise.resolve()
    for (let lane = this.#ready.shift(); lane !== undefined; lane = this.#ready.shift()) {
      const task = lane.running ? undefined : lane.waiting.shift()
      if (task === undefined) continue
      if (task === lane.submitted) lane.submitted = undefined
      this.#waiting--
      void this.#start(lane, task)
      if (slice.due()) await slice.pause()
    }
    this.#pumping = false
    this.#announceIdle()
  }

  async #start(lane: Lane, task: Task): Promise<void> {
    lane.running = true
    this.#running++
    try {
      await task()
    } finally {
      lane.running = false
      this.#running--
      if (lane.waiting.length > 0) this.#wake(lane)
      else this.#lanes.delete(lane.key)
      this.#announceIdle()
    }
  }

  #announceIdle(): void {
    if (this.#running > 0 || this.#waiting > 0 || this.#pumping) return
    for (const resolve of this.#idle.splice(0)) resolve()
  }
}
