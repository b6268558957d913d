// The units in which a proc file system counts, and the names of the machine's users.

import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { MachineUnits } from './linux_process.ts'
import { readProcText } from './linux_reader.ts'
import { parseUsers } from './linux_stat.ts'

/** Keys of the vector that the kernel gives each program, from <linux/auxvec.h>. */
const pageSizeKey = 6n
const ticksKey = 17n

const usersFile = '/etc/passwd'

/** Throws where the directory is no proc file system. */
export async function readMachineUnits(procfsPath: string): Promise<MachineUnits> {
  const stat = await readProcText(join(procfsPath, 'stat'))
  const bootSeconds = Number(/^btime (\d+)$/m.exec(stat)?.[1])
  if (Number.isNaN(bootSeconds)) throw new Error(`cannot find the time of boot in ${procfsPath}`)
  const vector = await readVector(join(procfsPath, 'self', 'auxv'))
  return {
    bootSeconds,
    ticksPerSecond: vector.get(ticksKey) ?? 100,
    pageBytes: vector.get(pageSizeKey) ?? 4096,
  }
}

/** Empty where it cannot be read, as in a copy of the file system. */
async function readVector(path: string): Promise<ReadonlyMap<bigint, number>> {
  const vector = new Map<bigint, number>()
  let bytes: Buffer
  try {
    bytes = await readFile(path)
  } catch {
    return vector
  }
  for (let at = 0; at + 16 <= bytes.length; at += 16) {
    vector.set(bytes.readBigUInt64LE(at), Number(bytes.readBigUInt64LE(at + 8)))
  }
  return vector
}

/** Names by user id; none where the file cannot be read. */
export async function readUsers(): Promise<ReadonlyMap<string, string>> {
  try {
    return parseUsers(await readProcText(usersFile))
  } catch {
    return new Map()
  }
}
