// Reads of a proc file system: small files, each whole, no more than a few at a time.

import { close, type Dir, open, opendir, read } from 'node:fs'
import { textOf } from '../../../../go/text.ts'

/** Longer ones are cut: maps of a process with very many mappings. */
const fileBytesMax = 4 * 2 ** 20
const chunkBytes = 4096

/** The text of a file that does not say its size beforehand. */
export function readProcText(path: string): Promise<string> {
  return new Promise((resolve, reject) => {
    open(path, 'r', (failed, file) => {
      if (failed) reject(failed)
      else readOn(file, [], 0, resolve, reject)
    })
  })
}

function readOn(
  file: number,
  chunks: Buffer[],
  sizeBytes: number,
  resolve: (text: string) => void,
  reject: (error: Error) => void,
): void {
  const buffer = Buffer.allocUnsafe(chunkBytes)
  // At positions of its own choice, some files of the kernel give nothing at all.
  read(file, buffer, 0, chunkBytes, null, (failed, count) => {
    if (failed) {
      close(file, () => reject(failed))
      return
    }
    if (count > 0) chunks.push(buffer.subarray(0, count))
    const total = sizeBytes + count
    if (count === 0 || total >= fileBytesMax)
      close(file, () => resolve(textOf(Buffer.concat(chunks))))
    else readOn(file, chunks, total, resolve, reject)
  })
}

/** Names in a directory that satisfy `isWanted`, in no order. */
export async function listProc(
  path: string,
  isWanted: (name: string) => boolean,
): Promise<string[]> {
  const names: string[] = []
  const directory = await new Promise<Dir>((resolve, reject) => {
    opendir(path, { bufferSize: 256 }, (failed, dir) => {
      if (failed) reject(failed)
      else resolve(dir)
    })
  })
  for await (const { name } of directory) if (isWanted(name)) names.push(name)
  return names
}

export function isNumeric(name: string): boolean {
  return /^\d+$/.test(name)
}

/** Runs `work` for each item, `concurrency` at a time. */
export async function forEachOf<T>(
  items: readonly T[],
  concurrency: number,
  work: (item: T) => Promise<void>,
): Promise<void> {
  let next = 0
  const worker = async (): Promise<void> => {
    while (next < items.length) await work(items[next++]!)
  }
  await Promise.all(Array.from({ length: Math.min(concurrency, items.length) }, worker))
}

/** Whether a file is missing because its process ended meanwhile. */
export function hasVanished(error: unknown): boolean {
  const { code } = error as { code?: string }
  return code === 'ENOENT' || code === 'ESRCH'
}
