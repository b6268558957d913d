// Follows the processes of a machine from one scrape to the next.
// Source of the behaviour: process-exporter, observed.

import { join } from 'node:path'
import type { Clock } from '../../../../model/clock.ts'
import { GroupTotals, GroupUse, latestCounts } from './group_use.ts'
import { readMachineUnits, readUsers } from './linux_machine.ts'
import {
  type Counts,
  type MachineUnits,
  type ProcessUse,
  readProcess,
  startSecondsOf,
} from './linux_process.ts'
import { forEachOf, hasVanished, isNumeric, listProc, readProcText } from './linux_reader.ts'
import { type ProcessStat, parseCgroups, parseStat, parseStatus } from './linux_stat.ts'
import type { Matchers } from './matchers.ts'

export interface TrackerOptions {
  readonly procfsPath: string
  readonly matchers: Matchers
  readonly tracksChildren: boolean
  readonly gathersSmaps: boolean
  readonly rechecks: boolean
  readonly removesEmptyGroups: boolean
}

export interface TrackedGroup {
  readonly use: GroupUse
  readonly totals: GroupTotals
}

interface Known {
  /** With the pid it tells the process from all others. */
  readonly startTicks: number
  parentPid: number
  /** Of its own or of an ancestor; undefined for one that is not followed. */
  group: string | undefined
  last: Counts | undefined
  /** Of each thread by its id. */
  threads: Map<string, Counts>
  /** Whether it was there at the first scrape. */
  readonly isFromStart: boolean
}

const processConcurrency = 8
/** A process that is about to run another program, or whose memory is locked, may not answer. */
const processDeadlineMs = 5000
/** Groups whose processes all ended, where they are kept. */
const emptyGroupsMax = 10_000

export class Tracker {
  /** Scrapes that gave nothing. */
  scrapeErrors = 0
  /** Processes that could not be read, though they were there. */
  readErrors = 0
  /** Processes of which a part could not be read. */
  partialErrors = 0
  readonly #options: TrackerOptions
  readonly #clock: Clock
  readonly #known = new Map<number, Known>()
  readonly #groups = new Map<string, TrackedGroup>()
  /** Processes that still have not answered. */
  readonly #stuck = new Set<number>()
  #users: Promise<ReadonlyMap<string, string>> | undefined
  #hasRun = false

  constructor(options: TrackerOptions, clock: Clock) {
    this.#options = options
    this.#clock = clock
  }

  /** Reads all processes again. The groups by their name; none where nothing could be read. */
  async update(): Promise<ReadonlyMap<string, TrackedGroup>> {
    try {
      const units = await readMachineUnits(this.#options.procfsPath)
      const pids = (await listProc(this.#options.procfsPath, isNumeric)).map(Number)
      this.#users = undefined
      const stats = await this.#identify(pids, units)
      await this.#measure(stats, units)
      this.#forgetEmpty()
      this.#hasRun = true
    } catch {
      this.scrapeErrors++
      return new Map()
    }
    return this.#groups
  }

  /** Finds out which processes there are, and the groups of those that are new. */
  async #identify(
    pids: readonly number[],
    units: MachineUnits,
  ): Promise<ReadonlyMap<number, ProcessStat>> {
    const seen = new Map<number, ProcessStat>()
    const fresh: Known[] = []
    await forEachOf(pids, processConcurrency, async (pid) => {
      const stat = await this.#within(pid, () => this.#readStat(pid))
      if (stat === undefined) return
      seen.set(pid, stat)
      const before = this.#known.get(pid)
      const isSame = before?.startTicks === stat.startTicks
      if (isSame && !this.#options.rechecks) return
      const own = await this.#within(pid, () => this.#ownGroup(pid, stat, units))
      // One that could not be read is looked at again next time.
      if (own === undefined) return
      const known = isSame ? before : newlyKnown(stat, { isFromStart: !this.#hasRun })
      known.parentPid = stat.parentPid
      known.group = own.group
      this.#known.set(pid, known)
      fresh.push(known)
    })
    // One that could not be read is still there; another with its pid began at another time.
    const listed = new Set(pids)
    for (const pid of this.#known.keys()) {
      if (!listed.has(pid)) this.#known.delete(pid)
    }
    if (this.#options.tracksChildren) {
      for (const known of fresh) known.group ??= this.#inheritedGroup(known)
    }
    return seen
  }

  async #readStat(pid: number): Promise<ProcessStat | undefined> {
    const stat = parseStat(await readProcText(join(this.#pathOf(pid), 'stat')))
    if (stat === undefined) this.readErrors++
    return stat
  }

  async #ownGroup(
    pid: number,
    stat: ProcessStat,
    units: MachineUnits,
  ): Promise<{ readonly group: string | undefined }> {
    const { matchers } = this.#options
    const path = this.#pathOf(pid)
    const [cmdline, username, cgroups] = await Promise.all([
      readProcText(join(path, 'cmdline')),
      matchers.usesUsername ? this.#usernameOf(path) : '',
      matchers.usesCgroups ? readProcText(join(path, 'cgroup')) : '',
    ])
    const group = matchers.groupOf({
      pid,
      comm: stat.comm,
      argv: cmdline === '' ? [] : cmdline.replace(/\0$/, '').split('\0'),
      username,
      startTime: goTime(startSecondsOf(stat, units)),
      cgroups: parseCgroups(cgroups),
    })
    // Names that differ only in bytes that are no UTF-8 would be one series twice.
    return { group: group?.toWellFormed() }
  }

  async #usernameOf(path: string): Promise<string> {
    const { effectiveUid } = parseStatus(await readProcText(join(path, 'status')))
    this.#users ??= readUsers()
    return (await this.#users).get(effectiveUid) ?? effectiveUid
  }

  #inheritedGroup({ parentPid }: Known): string | undefined {
    const passed = new Set<number>()
    for (let pid = parentPid; !passed.has(pid); ) {
      passed.add(pid)
      const parent = this.#known.get(pid)
      if (parent === undefined) return undefined
      if (parent.group !== undefined) return parent.group
      pid = parent.parentPid
    }
    return undefined
  }

  async #measure(stats: ReadonlyMap<number, ProcessStat>, units: MachineUnits): Promise<void> {
    for (const [name, { totals }] of this.#groups) {
      this.#groups.set(name, { totals, use: new GroupUse() })
    }
    const followed = [...this.#known].filter(([, { group }]) => group !== undefined)
    await forEachOf(followed, processConcurrency, async ([pid, known]) => {
      const { gathersSmaps } = this.#options
      const stat = stats.get(pid)
      if (stat === undefined) return
      const use = await this.#within(pid, () =>
        readProcess(this.#pathOf(pid), stat, units, { gathersSmaps }),
      )
      if (use === undefined || known.group === undefined) return
      if (use.isPartial) this.partialErrors++
      this.#account(known, use, this.#groupOf(known.group))
    })
    for (const { totals, use } of this.#groups.values()) totals.trimThreads(use.threadNames)
  }

  /**
   * What a process did before the first scrape is not counted, for nobody knows when; of one that
   * began later, all is. Threads count from when they are seen, as in the original.
   */
  #account(known: Known, use: ProcessUse, { totals, use: sums }: TrackedGroup): void {
    sums.add(use)
    const isUncounted = known.last === undefined && known.isFromStart
    totals.add(use.counts, isUncounted ? use.counts : known.last)
    known.last = latestCounts(use.counts, known.last)
    const threads = new Map<string, Counts>()
    for (const { counts, id, name } of use.threads) {
      const before = known.threads.get(id)
      totals.addThread(name, counts, before ?? counts)
      threads.set(id, latestCounts(counts, before))
    }
    known.threads = threads
  }

  #groupOf(name: string): TrackedGroup {
    const group = this.#groups.get(name) ?? { use: new GroupUse(), totals: new GroupTotals() }
    this.#groups.set(name, group)
    return group
  }

  #forgetEmpty(): void {
    let spare = this.#options.removesEmptyGroups ? 0 : emptyGroupsMax
    const empty = [...this.#groups].filter(([, { use }]) => use.processes === 0)
    // The last ones made come last, and stay longest.
    for (const [name] of empty.reverse()) if (spare-- <= 0) this.#groups.delete(name)
  }

  #pathOf(pid: number): string {
    return join(this.#options.procfsPath, String(pid))
  }

  /** Undefined where the process ended, cannot be read or does not answer in time. */
  async #within<T>(pid: number, read: () => Promise<T>): Promise<T | undefined> {
    if (this.#stuck.has(pid)) return undefined
    let cancel = (): void => {}
    const late = new Promise<undefined>((resolve) => {
      cancel = this.#clock.after(processDeadlineMs, () => {
        this.#stuck.add(pid)
        this.readErrors++
        resolve(undefined)
      })
    })
    const answer = read().then(
      (value) => value,
      (error: unknown) => {
        if (!hasVanished(error)) this.readErrors++
        return undefined
      },
    )
    void answer.then(() => {
      cancel()
      this.#stuck.delete(pid)
    })
    return await Promise.race([answer, late])
  }
}

function newlyKnown(
  { parentPid, startTicks }: ProcessStat,
  { isFromStart }: Pick<Known, 'isFromStart'>,
): Known {
  const unknown = { group: undefined, last: undefined, threads: new Map<string, Counts>() }
  return { startTicks, parentPid, isFromStart, ...unknown }
}

/** `2026-11-24 13:42:44.53 +0000 UTC`, in UTC whatever the zone of the machine. */
function goTime(seconds: number): string {
  const hundredths = Math.round(seconds * 100)
  const [day = '', time = ''] = new Date(hundredths * 10).toISOString().split('T')
  const fraction = time.slice(8, -1).replace(/\.?0+$/, '')
  return `${day} ${time.slice(0, 8)}${fraction} +0000 UTC`
}
