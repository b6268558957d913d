// Opens write-ahead logs for the tools that look into them.

import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe } from '../engine/describe.ts'
import { diskFiles } from '../storage/files.ts'
import { layoutOf } from '../storage/wal/layout.ts'
import { WalStatistics } from '../storage/wal/statistics.ts'
import { CommandLineError } from './failure.ts'

/** Between two pictures of a progress bar. */
const progressIntervalMs = 200

/**
 * Where the log is: the folder itself or `wal` in it. Undefined where neither holds a segment or a
 * checkpoint.
 */
export function findWal(folder: string): string | undefined {
  for (const candidate of [folder, join(folder, 'wal')]) {
    if (!existsSync(candidate)) continue
    const { checkpoint, segments } = layoutOf(diskFiles, candidate)
    if (segments.length > 0 || checkpoint !== undefined) return candidate
  }
  return undefined
}

/** Throws a CommandLineError where files cannot be read. Draws a bar if it takes long. */
export async function readStatistics(folder: string, bar: ProgressBar): Promise<WalStatistics> {
  try {
    return await WalStatistics.read(diskFiles, folder, (bytes) => bar.at(bytes))
  } catch (error) {
    throw new CommandLineError(`cannot read the write-ahead log: ${describe(error)}`)
  } finally {
    bar.clear()
  }
}

/** Prints what `text` says of a log; where there is none, as Alloy says it, on standard output. */
export async function printStatistics(
  folder: string,
  text: (statistics: WalStatistics) => string,
): Promise<void> {
  const wal = findWal(folder)
  if (wal === undefined) {
    process.stdout.write(`${folder} does not exist\n`)
    process.exitCode = 1
    return
  }
  const bar = new ProgressBar(process.stderr.isTTY ? sizeOfWal(wal) : 0, process.stderr)
  const statistics = await readStatistics(wal, bar)
  process.stdout.write(text(statistics))
}

/** A line on standard error, if that is a terminal. */
export class ProgressBar {
  readonly #totalBytes: number
  readonly #write: ((text: string) => void) | undefined
  #drawnMs = performance.now()
  #isDrawn = false

  constructor(
    totalBytes: number,
    stream: { readonly isTTY?: boolean; write(text: string): unknown },
  ) {
    this.#totalBytes = totalBytes
    this.#write = stream.isTTY === true ? (text) => stream.write(text) : undefined
  }

  at(bytes: number): void {
    if (this.#write === undefined || performance.now() - this.#drawnMs < progressIntervalMs) return
    this.#drawnMs = performance.now()
    this.#isDrawn = true
    const part = Math.min(1, bytes / Math.max(1, this.#totalBytes))
    const bar = '#'.repeat(Math.round(part * 30)).padEnd(30)
    this.#write(`\rreading [${bar}] ${Math.floor(part * 100)} %`)
  }

  clear(): void {
    if (this.#isDrawn) this.#write?.('\r\u001b[K')
    this.#isDrawn = false
  }
}

/** Of all files of a log. */
export function sizeOfWal(folder: string): number {
  const { checkpoint, segments } = layoutOf(diskFiles, folder)
  let sum = 0
  for (const { path } of [...(checkpoint?.segments ?? []), ...segments]) {
    const file = diskFiles.openToRead(path)
    sum += file.size
    file.close()
  }
  return sum
}
