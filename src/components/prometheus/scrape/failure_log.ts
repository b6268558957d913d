// The file of `scrape_failure_log_file`: one JSON object a line for every scrape that failed.
//
//   {"time":"…","level":"ERROR","msg":"why it failed","job_name":"…","target":"http://…"}

import { createWriteStream, type WriteStream } from 'node:fs'
import { describe } from '../../../engine/describe.ts'
import { formatRfc3339 } from '../../../go/rfc3339.ts'
import type { Clock } from '../../../model/clock.ts'
import type { Logger } from '../../../model/logger.ts'

/** Lines that wait for a slow disk; beyond, lines are dropped and the component's log says so. */
const pendingBytesMax = 1 << 20

export class FailureLog {
  readonly #file: WriteStream
  readonly #clock: Clock
  readonly #logger: Logger
  #hasFailed = false
  #isDropping = false

  /** Appends to the file. A file that cannot be written is told once, in the component's log. */
  constructor(path: string, clock: Clock, logger: Logger) {
    this.#clock = clock
    this.#logger = logger
    this.#file = createWriteStream(path, { flags: 'a', mode: 0o644 })
    this.#file.on('error', (error) => {
      this.#hasFailed = true
      logger.log('error', 'cannot write the log of failed scrapes', { err: describe(error), path })
    })
  }

  write(jobName: string, url: string, failure: unknown): void {
    if (this.#hasFailed) return
    const isFull = this.#file.writableLength > pendingBytesMax
    if (isFull && !this.#isDropping) {
      this.#logger.log('warn', 'the log of failed scrapes is too slow, lines are dropped')
    }
    this.#isDropping = isFull
    if (isFull) return
    const time = formatRfc3339(this.#clock.now())
    const line = { time, level: 'ERROR', msg: describe(failure), job_name: jobName, target: url }
    this.#file.write(`${JSON.stringify(line)}\n`)
  }

  /** Resolves when what was written has reached the file, or cannot. */
  close(): Promise<void> {
    return new Promise((resolve) => {
      if (this.#hasFailed) resolve()
      else {
        this.#file.once('close', resolve)
        this.#file.end()
      }
    })
  }
}
