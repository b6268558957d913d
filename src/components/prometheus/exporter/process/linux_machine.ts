// The units in which a proc file system counts, and the names of the machine's users.

import { join } from 'node:path'
import { clockTicksPerSecond, pageSizeBytes } from './linux_auxv.ts'
import type { MachineUnits } from './linux_process.ts'
import { readProcText } from './linux_reader.ts'
import { parseUsers } from './linux_stat.ts'

const usersFile = '/etc/passwd'

/** Throws where the directory is no proc file system. */
export async function readMachineUnits(procfsPath: string): Promise<MachineUnits> {
  const stat = await readProcText(join(procfsPath, 'stat'))
  const bootSeconds = Number(/^btime (\d+)$/m.exec(stat)?.[1])
  if (Number.isNaN(bootSeconds)) throw new Error(`cannot find the time of boot in ${procfsPath}`)
  return { bootSeconds, ticksPerSecond: clockTicksPerSecond(), pageBytes: pageSizeBytes() }
}

/** Names by user id; none where the file cannot be read. */
export async function readUsers(): Promise<ReadonlyMap<string, string>> {
  try {
    return parseUsers(await readProcText(usersFile))
  } catch {
    return new Map()
  }
}
