// Zip archives, made piece by piece. Compression runs on the threads of zlib.

import { promisify } from 'node:util'
import { crc32, deflateRaw } from 'node:zlib'
import { Zip, type ZipInputFile } from 'fflate'
import { Slice } from '../../engine/slice.ts'

export interface ZippedFile {
  /** With slashes, without one at the beginning. */
  readonly path: string
  readonly content: Uint8Array
}

const deflate = promisify(deflateRaw)

const deflated = 8

/** A checksum of so much takes about a millisecond. */
const crcPieceSize = 1024 * 1024

/** The archive in pieces, in the order of the files. */
export async function* zipped(files: readonly ZippedFile[]): AsyncGenerator<Uint8Array> {
  const pieces: Uint8Array[] = []
  const archive = new Zip((error, piece) => {
    if (error !== null) throw error
    pieces.push(piece)
  })
  const mtime = new Date()
  for (const { path, content } of files) {
    const crc = await checksum(content)
    const size = content.length
    const entry: ZipInputFile = { filename: path, size, crc, compression: deflated, mtime }
    archive.add(entry)
    entry.ondata?.(null, await deflate(content), true)
    yield* pieces.splice(0)
  }
  archive.end()
  yield* pieces.splice(0)
}

async function checksum(content: Uint8Array): Promise<number> {
  const slice = new Slice()
  let crc = 0
  for (let at = 0; at < content.length; at += crcPieceSize) {
    crc = crc32(content.subarray(at, at + crcPieceSize), crc)
    if (slice.due()) await slice.pause()
  }
  return crc
}
