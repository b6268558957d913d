// How mounts are asked for their space.
//
// A mount that does not answer, of a server that is gone, holds a thread until it does. Such a
// mount is not asked again before its answer is there, and at most two threads wait like that.

import type { StatsFs } from 'node:fs'
import type { Logger } from '../../../../../model/logger.ts'

/** Half of the threads that all of the process's files share. */
export const stuckMax = 2

/** Figures of a file system, or nothing where it gives none. */
export type Space = StatsFs | undefined

export interface MountAskerOptions {
  readonly timeoutMs: number
  readonly logger: Logger
  readonly statfs: (path: string) => Promise<StatsFs>
}

/** Asks mounts with a deadline, and remembers those that have not answered yet. */
export class MountAsker {
  readonly #timeoutMs: number
  readonly #logger: Logger
  readonly #statfs: (path: string) => Promise<StatsFs>
  readonly #stuck = new Set<string>()

  constructor({ logger, statfs, timeoutMs }: MountAskerOptions) {
    this.#timeoutMs = timeoutMs
    this.#logger = logger
    this.#statfs = statfs
  }

  async ask(path: string): Promise<Space> {
    if (this.#stuck.has(path) || this.#stuck.size >= stuckMax) return undefined
    let timer: NodeJS.Timeout | undefined
    const late = Symbol()
    const answer: Promise<Space> = this.#statfs(path).catch((error: Error) => {
      this.#logger.log('debug', 'Error on statfs() system call', { path, err: error })
      return undefined
    })
    const deadline = new Promise<typeof late>((resolve) => {
      timer = setTimeout(resolve, this.#timeoutMs, late)
    })
    const first = await Promise.race([answer, deadline])
    clearTimeout(timer)
    if (first !== late) return first
    this.#stuck.add(path)
    this.#logger.log(
      'warn',
      'Mount point timed out, it is being labeled as stuck and will not be monitored',
      { mountpoint: path },
    )
    void answer.then(() => {
      this.#stuck.delete(path)
      this.#logger.log('info', 'Mount point has recovered, monitoring will resume', {
        mountpoint: path,
      })
    })
    return undefined
  }
}
