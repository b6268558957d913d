// What one process and its threads use, read from a proc file system.

import { join } from 'node:path'
import { forEachOf, hasVanished, isNumeric, listProc, readProcText } from './linux_reader.ts'
import {
  type ProcessStat,
  parseFileLimit,
  parseIo,
  parseSmaps,
  parseStat,
  parseStatus,
} from './linux_stat.ts'

/** What only grows while a process lives. */
export interface Counts {
  readonly userSeconds: number
  readonly systemSeconds: number
  readonly readBytes: number
  readonly writeBytes: number
  readonly majorFaults: number
  readonly minorFaults: number
  readonly voluntarySwitches: number
  readonly nonvoluntarySwitches: number
}

export interface ThreadUse {
  /** Tells it from all other threads. */
  readonly id: string
  readonly name: string
  readonly state: string
  /** The function of the kernel that it waits in; empty where it runs. */
  readonly wchan: string
  readonly counts: Counts
}

export interface ProcessUse {
  readonly state: string
  readonly wchan: string
  readonly counts: Counts
  readonly threadCount: number
  readonly startSeconds: number
  readonly residentBytes: number
  readonly virtualBytes: number
  readonly swappedBytes: number
  /** Zero where smaps is not read or cannot be. */
  readonly proportionalResidentBytes: number
  readonly proportionalSwappedBytes: number
  readonly openFiles: number
  readonly fileLimit: number
  /** Empty for a process of one thread, which is the process itself. */
  readonly threads: readonly ThreadUse[]
  /** Whether a part could not be read, though the process is there. */
  readonly isPartial: boolean
}

/** What a proc file system says of the machine. */
export interface MachineUnits {
  readonly bootSeconds: number
  readonly ticksPerSecond: number
  readonly pageBytes: number
}

const threadConcurrency = 4

export function startSecondsOf({ startTicks }: ProcessStat, units: MachineUnits): number {
  return units.bootSeconds + startTicks / units.ticksPerSecond
}

/** `stat` is what was read a moment ago. Undefined where the process ended meanwhile. */
export async function readProcess(
  path: string,
  stat: ProcessStat,
  units: MachineUnits,
  { gathersSmaps }: { gathersSmaps: boolean },
): Promise<ProcessUse | undefined> {
  const [shared, files, limit, smaps, threads] = await Promise.all([
    readShared(path, stat, units),
    countFiles(join(path, 'fd')),
    optionalText(join(path, 'limits'), parseFileLimit),
    gathersSmaps ? readSmaps(path) : noSmaps,
    stat.threadCount > 1 ? readThreads(join(path, 'task'), units) : [],
  ])
  if (shared === undefined) return undefined
  return {
    state: stat.state,
    wchan: shared.wchan,
    counts: shared.counts,
    threadCount: stat.threadCount,
    startSeconds: startSecondsOf(stat, units),
    residentBytes: stat.residentPages * units.pageBytes,
    virtualBytes: stat.virtualBytes,
    swappedBytes: shared.swappedBytes,
    proportionalResidentBytes: smaps.value?.residentBytes ?? 0,
    proportionalSwappedBytes: smaps.value?.swappedBytes ?? 0,
    openFiles: files.value ?? 0,
    fileLimit: limit.value ?? Number.POSITIVE_INFINITY,
    threads,
    isPartial: shared.isPartial || files.failed || limit.failed || smaps.failed,
  }
}

interface Attempt<T> {
  readonly value: T | undefined
  readonly failed: boolean
  /** Whether it failed because the process ended. */
  readonly isGone: boolean
}

const noSmaps: Attempt<{ residentBytes: number; swappedBytes: number }> = {
  value: undefined,
  failed: false,
  isGone: false,
}

async function optionalText<T>(
  path: string,
  parse: (text: string) => T | undefined,
): Promise<Attempt<T>> {
  try {
    const value = parse(await readProcText(path))
    return { value, failed: value === undefined, isGone: false }
  } catch (error) {
    return { value: undefined, failed: true, isGone: hasVanished(error) }
  }
}

interface Shared {
  readonly counts: Counts
  readonly swappedBytes: number
  readonly wchan: string
  readonly isPartial: boolean
}

/** What processes and threads have alike; undefined where it ended. */
async function readShared(
  path: string,
  stat: ProcessStat,
  units: MachineUnits,
): Promise<Shared | undefined> {
  const [status, io, wchan] = await Promise.all([
    optionalText(join(path, 'status'), parseStatus),
    optionalText(join(path, 'io'), parseIo),
    optionalText(join(path, 'wchan'), (text) => text),
  ])
  if (status.isGone) return undefined
  return {
    counts: {
      userSeconds: stat.userTicks / units.ticksPerSecond,
      systemSeconds: stat.systemTicks / units.ticksPerSecond,
      readBytes: io.value?.readBytes ?? 0,
      writeBytes: io.value?.writeBytes ?? 0,
      majorFaults: stat.majorFaults,
      minorFaults: stat.minorFaults,
      voluntarySwitches: status.value?.voluntarySwitches ?? 0,
      nonvoluntarySwitches: status.value?.nonvoluntarySwitches ?? 0,
    },
    swappedBytes: status.value?.swappedBytes ?? 0,
    wchan: wchan.value === '0' ? '' : (wchan.value ?? ''),
    isPartial: status.failed || io.failed,
  }
}

async function countFiles(path: string): Promise<Attempt<number>> {
  try {
    const { length } = await listProc(path, isNumeric)
    return { value: length, failed: false, isGone: false }
  } catch (error) {
    return { value: undefined, failed: true, isGone: hasVanished(error) }
  }
}

/** Kernels before 4.14 lack the sums, which makes them cost a line for each mapping. */
async function readSmaps(path: string): Promise<typeof noSmaps> {
  const sums = await optionalText(join(path, 'smaps_rollup'), parseSmaps)
  return sums.failed ? optionalText(join(path, 'smaps'), parseSmaps) : sums
}

async function readThreads(path: string, units: MachineUnits): Promise<ThreadUse[]> {
  const threads: ThreadUse[] = []
  try {
    const ids = await listProc(path, isNumeric)
    await forEachOf(ids, threadConcurrency, async (id) => {
      const { value: stat } = await optionalText(join(path, id, 'stat'), parseStat)
      if (stat === undefined) return
      const shared = await readShared(join(path, id), stat, units)
      if (shared === undefined) return
      const { counts, wchan } = shared
      const { comm, startTicks, state } = stat
      const name = comm.toWellFormed()
      threads.push({ id: `${id}:${String(startTicks)}`, name, state, wchan, counts })
    })
  } catch (error) {
    if (!hasVanished(error)) throw error
  }
  return threads
}
