// What the processes of one group use now, and what they and those before them used in all.

import type { Counts, ProcessUse, ThreadUse } from './linux_process.ts'

export type StateName = 'Running' | 'Sleeping' | 'Waiting' | 'Zombie' | 'Other'

export const stateNames: readonly StateName[] = [
  'Running',
  'Sleeping',
  'Waiting',
  'Zombie',
  'Other',
]

const stateNameOf: Readonly<Record<string, StateName>> = {
  R: 'Running',
  S: 'Sleeping',
  D: 'Waiting',
  Z: 'Zombie',
}

/** Names of threads that ended and of which the totals are kept, in a group. */
const endedThreadNamesMax = 1000

/** Sums over the processes that a group has now. */
export class GroupUse {
  processes = 0
  threads = 0
  /** Infinite without processes. */
  oldestStartSeconds = Number.POSITIVE_INFINITY
  residentBytes = 0
  virtualBytes = 0
  swappedBytes = 0
  proportionalResidentBytes = 0
  proportionalSwappedBytes = 0
  openFiles = 0
  worstFileRatio = 0
  readonly states = new Map<StateName, number>(stateNames.map((name) => [name, 0]))
  readonly wchans = new Map<string, number>()
  readonly threadNames = new Map<string, number>()

  add(use: ProcessUse): void {
    this.processes++
    this.threads += use.threadCount
    this.oldestStartSeconds = Math.min(this.oldestStartSeconds, use.startSeconds)
    this.residentBytes += use.residentBytes
    this.virtualBytes += use.virtualBytes
    this.swappedBytes += use.swappedBytes
    this.proportionalResidentBytes += use.proportionalResidentBytes
    this.proportionalSwappedBytes += use.proportionalSwappedBytes
    this.openFiles += use.openFiles
    this.worstFileRatio = Math.max(this.worstFileRatio, use.openFiles / use.fileLimit)
    // A process of several threads counts once for itself and once for each, as in the original.
    this.#place(use)
    for (const thread of use.threads) {
      this.#place(thread)
      increase(this.threadNames, thread.name)
    }
  }

  #place({ state, wchan }: Pick<ThreadUse, 'state' | 'wchan'>): void {
    increase(this.states, stateNameOf[state] ?? 'Other')
    if (wchan !== '') increase(this.wchans, wchan)
  }
}

function increase<K>(counts: Map<K, number>, key: K): void {
  counts.set(key, (counts.get(key) ?? 0) + 1)
}

/** Sums that never fall while the group is known, whatever becomes of its processes. */
export class GroupTotals {
  readonly counts: Total = zeroCounts()
  /** By the threads' name. */
  readonly threads = new Map<string, Total>()

  /** Adds what grew since `before`; all of it without. */
  add(counts: Counts, before: Counts | undefined): void {
    grow(this.counts, counts, before)
  }

  addThread(name: string, counts: Counts, before: Counts): void {
    const total = this.threads.get(name) ?? zeroCounts()
    this.threads.set(name, total)
    grow(total, counts, before)
  }

  /** Forgets some of the names that no thread has, where they became too many. */
  trimThreads(present: ReadonlyMap<string, number>): void {
    for (const name of this.threads.keys()) {
      if (this.threads.size <= present.size + endedThreadNamesMax) return
      if (!present.has(name)) this.threads.delete(name)
    }
  }
}

type Total = { -readonly [K in keyof Counts]: Counts[K] }

function zeroCounts(): Total {
  return {
    userSeconds: 0,
    systemSeconds: 0,
    readBytes: 0,
    writeBytes: 0,
    majorFaults: 0,
    minorFaults: 0,
    voluntarySwitches: 0,
    nonvoluntarySwitches: 0,
  }
}

const countNames = Object.keys(zeroCounts()) as readonly (keyof Counts)[]

function grow(total: Total, counts: Counts, before: Counts | undefined): void {
  for (const name of countNames) {
    // A part that could not be read this time is zero, and must not take away what was counted.
    total[name] += Math.max(0, counts[name] - (before?.[name] ?? 0))
  }
}

/** The larger of each, so that a part that could not be read once is not counted twice. */
export function latestCounts(counts: Counts, before: Counts | undefined): Counts {
  if (before === undefined) return counts
  const latest = { ...counts }
  const changed: Total = latest
  for (const name of countNames) changed[name] = Math.max(counts[name], before[name])
  return latest
}
