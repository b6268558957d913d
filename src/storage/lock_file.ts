// Keeps a second process away from a folder. What holds the lock says so again and again: a lock
// that nobody renews is free, whatever became of its holder, and whoever has its number now.

import { hostname } from 'node:os'
import type { Clock } from '../model/clock.ts'
import type { Files } from './files.ts'

const renewalIntervalMs = 5000
/** Without renewal for so long a lock is free. */
const staleMs = 20_000
const retryIntervalMs = 1000
const sizeMaxBytes = 1024

export interface LockHolder {
  readonly pid: number
  readonly host: string
}

export class LockFile {
  readonly #files: Files
  readonly #clock: Clock
  readonly #path: string
  #cancel: () => void = () => {}

  private constructor(files: Files, clock: Clock, path: string) {
    this.#files = files
    this.#clock = clock
    this.#path = path
    this.#renew()
  }

  /** Rejects, after half a minute at most, where another process keeps the lock. */
  static async acquire(
    files: Files,
    clock: Clock,
    path: string,
    self: LockHolder = { pid: process.pid, host: hostname() },
  ): Promise<LockFile> {
    const untilMs = clock.monotonic() + staleMs + renewalIntervalMs
    for (;;) {
      if (files.createOnce(path, JSON.stringify(self))) {
        files.touch(path, clock.now())
        return new LockFile(files, clock, path)
      }
      const holder = holderOf(files, path)
      const touchedMs = files.touchedMs(path) ?? 0
      const isStale = Math.abs(clock.now() - touchedMs) > staleMs
      if (isStale || isGone(holder, self)) {
        files.remove(path)
        continue
      }
      if (clock.monotonic() >= untilMs) {
        const who = holder === undefined ? 'a process' : `process ${holder.pid} on ${holder.host}`
        throw new Error(`cannot lock ${path}: ${who} has it`)
      }
      await clock.sleep(retryIntervalMs)
    }
  }

  release(): void {
    this.#cancel()
    this.#files.remove(this.#path)
  }

  #renew(): void {
    this.#cancel = this.#clock.after(renewalIntervalMs, () => {
      try {
        this.#files.touch(this.#path, this.#clock.now())
      } catch {
        // Somebody took the file away: the next one who asks gets the lock, as after a crash.
      }
      this.#renew()
    })
  }
}

function holderOf(files: Files, path: string): LockHolder | undefined {
  try {
    const file = files.openToRead(path)
    const bytes = Buffer.alloc(sizeMaxBytes)
    const text = bytes.toString('utf8', 0, file.read(bytes, 0))
    file.close()
    const { host, pid } = JSON.parse(text)
    return typeof host === 'string' && Number.isSafeInteger(pid) ? { pid, host } : undefined
  } catch {
    return undefined
  }
}

/** Known only of processes of this host; the number of this one is that of one before it. */
function isGone(holder: LockHolder | undefined, self: LockHolder): boolean {
  if (holder === undefined || holder.host !== self.host) return false
  if (holder.pid === self.pid) return true
  try {
    process.kill(holder.pid, 0)
    return false
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH'
  }
}
