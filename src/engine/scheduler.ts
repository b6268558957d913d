// Starts what the graph holds and stops what it no longer holds, each in its order.

import type { Clock } from '../model/clock.ts'
import type { Logger } from '../model/logger.ts'
import { Stopped } from './component.ts'

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
 * Within a group of connected nodes what is referred to starts first, and stops last: a scraper
 * before its remote_write. Groups do not wait for each other.
 */
export class Scheduler {
  readonly #options: SchedulerOptions
  /** What runs, by id, in groups as of the last synchronization. */
  readonly #tasks = new Map<string, Task>()
  #groups: readonly (readonly string[])[] = []
  #wanted: readonly (readonly Runnable[])[] | undefined
  #working: Promise<void> | undefined
  #stopped = false

  constructor(options: SchedulerOptions) {
    this.#options = options
  }

  get running(): ReadonlySet<string> {
    return new Set(this.#tasks.keys())
  }

  /**
   * Makes exactly these run. Resolves when what left has stopped, or was given up, and the rest has
   * started. While one synchronization works, only the latest of the later ones is remembered.
   *
   * @param groups connected nodes, each group in topological order.
   */
  synchronize(groups: readonly (readonly Runnable[])[]): Promise<void> {
    if (this.#stopped) return Promise.resolve()
    this.#wanted = groups
    this.#working ??= this.#work()
    return this.#working
  }

  /** Stops everything, all groups at the same time. Nothing starts any more. */
  async stop(): Promise<void> {
    this.#stopped = true
    this.#wanted = undefined
    await this.#stopGroups((id) => this.#tasks.get(id), 'shutdown')
  }

  async #work(): Promise<void> {
    for (let groups = this.#wanted; groups !== undefined; groups = this.#wanted) {
      this.#wanted = undefined
      await this.#apply(groups)
    }
    this.#working = undefined
  }

  async #apply(groups: readonly (readonly Runnable[])[]): Promise<void> {
    const wanted = new Map(groups.flat().map((runnable) => [runnable.id, runnable]))
    const leaving = (id: string) => {
      const task = this.#tasks.get(id)
      return task !== undefined && task.runnable !== wanted.get(id) ? task : undefined
    }
    await this.#stopGroups(leaving, 'removed')
    if (this.#stopped) return
    this.#groups = groups.map((group) => group.map(({ id }) => id))
    for (const runnable of groups.flat()) {
      if (!this.#tasks.has(runnable.id)) this.#start(runnable)
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

  async #stopGroups(
    leaving: (id: string) => Task | undefined,
    why: 'removed' | 'shutdown',
  ): Promise<void> {
    await Promise.all(
      this.#groups.map(async (group) => {
        for (const id of group.toReversed()) {
          const task = leaving(id)
          if (task !== undefined) await this.#stop(task, why)
        }
      }),
    )
  }

  /** Resolves when the task has ended, or the deadline has passed. */
  async #stop(task: Task, why: 'removed' | 'shutdown'): Promise<void> {
    const { clock, logger, shutdownDeadlineMs } = this.#options
    const node = task.runnable.id
    const startedMs = clock.monotonic()
    task.abort.abort(new Stopped(why))
    let cancel = () => {}
    const deadline = new Promise<void>((resolve) => {
      const wait = () => {
        const passedMs = clock.monotonic() - startedMs
        const leftMs = shutdownDeadlineMs > 0 ? shutdownDeadlineMs - passedMs : slowStopMs
        cancel = clock.after(Math.min(slowStopMs, leftMs), () => {
          if (leftMs <= slowStopMs && shutdownDeadlineMs > 0) {
            logger.log('error', 'task shutdown deadline exceeded', { node })
            this.#tasks.delete(node)
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
