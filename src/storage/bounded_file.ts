// Reading a whole file that someone else writes: it may have no end, or no writer.

import { constants } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'

const chunkSize = 4096

/** Rejects for pipes, folders, and what has more than `sizeMax` bytes. */
export async function readBoundedFile(filename: string, sizeMax: number): Promise<Uint8Array> {
  // Without waiting for a writer: the wait for one end of a pipe cannot be given up.
  const file = await open(filename, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0))
  try {
    return await readAll(file, filename, sizeMax)
  } finally {
    await file.close()
  }
}

/** Files of /proc have no size before they are read, and devices have no end. */
async function readAll(file: FileHandle, filename: string, sizeMax: number): Promise<Uint8Array> {
  const stats = await file.stat()
  if (stats.isDirectory()) throw new Error(`read ${filename}: is a directory`)
  if (stats.isFIFO()) throw new Error(`read ${filename}: is a pipe`)
  const tooLong = new Error(`${filename} has more than ${sizeMax} bytes`)
  if (stats.size > sizeMax) throw tooLong
  const chunks: Uint8Array[] = []
  let size = 0
  for (;;) {
    const chunk = Buffer.allocUnsafe(Math.max(stats.size - size + 1, chunkSize))
    const { bytesRead } = await file.read(chunk, 0, chunk.length)
    if (bytesRead === 0) return Buffer.concat(chunks)
    size += bytesRead
    if (size > sizeMax) throw tooLong
    chunks.push(chunk.subarray(0, bytesRead))
  }
}
