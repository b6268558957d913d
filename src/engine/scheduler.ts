// Starts what the graph holds and stops what it no longer holds, each in its order.

import type { Clock } from '../model/clock.ts'
import type { Logger } from '../model/logger.ts'
import { Stopped } from './component.ts'
import { Slice } from './slice.ts'

export interface Runnable {
  readonly id: string
  /** Works until the signal aborts; its reason is a `Stopped`. May be called again afterwards. */
  run(signal: AbortSignal): Promise<void>
}

export interface SchedulerOptions {
  readonly clock: Clock
  readonly logger: Logger
  /** How long a stop may take before the scheduler goes on without it, in ms; 0 means for ever. */
  readonly shutdownDeadlineMs: number
}

interface Task {
  readonly runnable: Runnable
  readonly abort: AbortController
  readonly done: Promise<void>
}

const slowStopMs = 60_000

/**
 * What is new waits this long for what leaves, which is as long as a receiver may take to settle
 * after its signal. What drains for longer, such as a writer whose endpoint is down, must not keep
 * the rest of a new configuration from working.
 */
const handOverMs = 1000

/**
 * Within a group of connected nodes what is referred to starts first, and stops last: a scraper
 * before its remote_write. Groups do not wait for each other.
 */
export class Scheduler {
  readonly #options: SchedulerOptions
  /** What runs and shall go on, by id, in groups as of the last synchronization. */
  readonly #tasks = new Map<string, Task>()
  #groups: readonly (readonly string[])[] = []
  /** What shall start, in order. */
  #pending = new Map<string, Runnable>()
  /** What has been told to stop, or will be when what refers to it has stopped. */
  readonly #leaving = new Set<Task>()
  /** Ends of everything that leaves. */
  readonly #ends = new Set<Promise<void>>()
  #stopped = false

  constructor(options: SchedulerOptions) {
    this.#options = options
  }

  get running(): ReadonlySet<string> {
    return new Set(this.#tasks.keys())
  }

  /**
   * Makes exactly these run. Resolves when what left has stopped, or was given up, and the rest has
   * started. What is new starts when what left has stopped, at the latest after a second; only a
   * runnable with the id of one that leaves waits for its end.
   *
   * @param groups connected nodes, each group in topological order.
   */
  async synchronize(groups: readonly (readonly Runnable[])[]): Promise<void> {
    if (this.#stopped) return
    const wanted = new Map(groups.flat().map((runnable) => [runnable.id, runnable]))
    const left = this.#stopGroups(
      (task) => wanted.get(task.runnable.id) !== task.runnable,
      'removed',
    )
    this.#groups = groups.map((group) => group.map(({ id }) => id))
    this.#pending = new Map([...wanted].filter(([id]) => !this.#tasks.has(id)))
    await this.#handOver(left)
    this.#startPending()
    await left
    this.#startPending()
  }

  /** Stops everything, all groups at the same time. Nothing starts any more. */
  async stop(why: Stopped['why'] = 'shutdown'): Promise<void> {
    this.#stopped = true
    this.#pending.clear()
    void this.#stopGroups(() => true, why)
    await Promise.all(this.#ends)
  }

  /** Resolves with the promise, or when it has had its time. */
  async #handOver(left: Promise<void>): Promise<void> {
    let cancel = () => {}
    const late = new Promise<void>((resolve) => {
      cancel = this.#options.clock.after(handOverMs, resolve)
    })
    await Promise.race([left, late])
    cancel()
  }

  #startPending(): void {
    const blocked = new Set([...this.#leaving].map(({ runnable }) => runnable.id))
    for (const [id, runnable] of this.#pending) {
      if (blocked.has(id)) continue
      this.#pending.delete(id)
      this.#start(runnable)
    }
  }

  #start(runnable: Runnable): void {
    const abort = new AbortController()
    const task: Task = { runnable, abort, done: this.#runToEnd(runnable, abort.signal) }
    this.#tasks.set(runnable.id, task)
    void task.done.then(() => {
      if (this.#tasks.get(runnable.id) === task) this.#tasks.delete(runnable.id)
    })
  }

  async #runToEnd(runnable: Runnable, signal: AbortSignal): Promise<void> {
    const { logger } = this.#options
    const node = runnable.id
    try {
      await runnable.run(signal)
      logger.log('info', 'node exited without error', { node })
    } catch (error) {
      logger.log('error', 'node exited with error', { node, err: asError(error) })
    }
  }

  /** Takes these out of what runs, and stops them. */
  #stopGroups(leaves: (task: Task) => boolean, why: 'removed' | 'shutdown'): Promise<void> {
    const chains = this.#groups.map((group) => {
      const tasks = group.map((id) => this.#tasks.get(id)).filter((task) => task !== undefined)
      return tasks.filter(leaves).reverse()
    })
    for (const task of chains.flat()) {
      this.#tasks.delete(task.runnable.id)
      this.#leaving.add(task)
    }
    const end = this.#stopChains(chains, new Stopped(why))
    this.#ends.add(end)
    return end.finally(() => this.#ends.delete(end))
  }

  /** All at the same time, but for what one turn of the loop has room for. */
  async #stopChains(chains: readonly (readonly Task[])[], why: Stopped): Promise<void> {
    const slice = new Slice()
    const ends: Promise<void>[] = []
    for (const chain of chains) {
      if (chain.length === 0) continue
      ends.push(this.#stopInOrder(chain, why))
      // What a stop sets off takes longer than telling it to.
      if (slice.due() || ends.length % 32 === 0) await slice.pause()
    }
    await Promise.all(ends)
  }

  async #stopInOrder(tasks: readonly Task[], why: Stopped): Promise<void> {
    for (const task of tasks) {
      await this.#stop(task, why)
      this.#leaving.delete(task)
    }
  }

  /** Resolves when the task has ended, or the deadline has passed. */
  async #stop(task: Task, why: Stopped): Promise<void> {
    const { clock, logger, shutdownDeadlineMs } = this.#options
    const node = task.runnable.id
    const startedMs = clock.monotonic()
    task.abort.abort(why)
    let cancel = () => {}
    const deadline = new Promise<void>((resolve) => {
      const wait = () => {
        const passedMs = clock.monotonic() - startedMs
        const leftMs = shutdownDeadlineMs > 0 ? shutdownDeadlineMs - passedMs : slowStopMs
        cancel = clock.after(Math.min(slowStopMs, leftMs), () => {
          if (leftMs <= slowStopMs && shutdownDeadlineMs > 0) {
            logger.log('error', 'task shutdown deadline exceeded', { node })
            resolve()
          } else {
            logger.log('warn', 'task shutdown is taking longer than expected', { node })
            wait()
          }
        })
      }
      wait()
    })
    await Promise.race([task.done, deadline])
    cancel()
  }
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error))
}
