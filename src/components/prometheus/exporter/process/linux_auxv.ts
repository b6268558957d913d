// What Linux tells each program when it starts it: sizes and rates that Node has no call for.
// Source of the format: getauxval(3) and <linux/auxvec.h>.

import { readFileSync } from 'node:fs'

const file = '/proc/self/auxv'

const pageSizeKey = 6n
const clockTicksKey = 17n

let vector: ReadonlyMap<bigint, number> | undefined

/** The size of a page of memory. */
export function pageSizeBytes(): number {
  return value(pageSizeKey) ?? 4096
}

/** The unit in which times of processes are counted. */
export function clockTicksPerSecond(): number {
  return value(clockTicksKey) ?? 100
}

function value(key: bigint): number | undefined {
  vector ??= readVector()
  return vector.get(key)
}

/** Pairs of 64 bits. Empty on other systems, and where the file is not to be had. */
function readVector(): ReadonlyMap<bigint, number> {
  const found = new Map<bigint, number>()
  let bytes: Buffer
  try {
    bytes = readFileSync(file)
  } catch {
    return found
  }
  for (let at = 0; at + 16 <= bytes.length; at += 16) {
    found.set(bytes.readBigUInt64LE(at), Number(bytes.readBigUInt64LE(at + 8)))
  }
  return found
}
