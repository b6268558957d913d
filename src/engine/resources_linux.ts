// What Linux tells in /proc; all of it may be hidden from the process.

import { readFileSync } from 'node:fs'

export interface Network {
  readonly receivedBytes: number
  readonly sentBytes: number
}

/** In bytes. */
export function readVirtualMemory(): number | undefined {
  const [, kibibytes] = /^VmSize:\s+(\d+) kB$/m.exec(read('/proc/self/status')) ?? []
  return kibibytes === undefined ? undefined : Number(kibibytes) * 1024
}

/** The sums over all interfaces. */
export function readNetwork(): Network | undefined {
  const rows = [...read('/proc/net/dev').matchAll(/^\s*[^:\s]+:\s*(.+)$/gm)]
  if (rows.length === 0) return undefined
  let receivedBytes = 0
  let sentBytes = 0
  for (const [, row = ''] of rows) {
    const columns = row.trim().split(/\s+/)
    receivedBytes += Number(columns[0])
    sentBytes += Number(columns[8])
  }
  return { receivedBytes, sentBytes }
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    // Hidden from containers and sandboxes: then there is nothing to tell.
    return ''
  }
}
