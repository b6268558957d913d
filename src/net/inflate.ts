// Decompression of what others send, within a bound.

import { promisify } from 'node:util'
import { gunzip, gunzipSync } from 'node:zlib'

/** Longer bodies are inflated on zlib's threads: 256 KB hold the event loop for about 1 ms. */
const syncSizeMax = 256 * 1024

const gunzipOnThread = promisify(gunzip)

/** The inflated text is longer than allowed. */
export class InflatedSizeError extends Error {
  override readonly name = 'InflatedSizeError'
}

/**
 * The inflated bytes of a gzip body. Rejects with `InflatedSizeError` as soon as there are more
 * than `sizeMax`, and with zlib's error where the body is not whole gzip.
 */
export async function inflate(body: Uint8Array, sizeMax: number): Promise<Uint8Array> {
  // Short bodies may hide much: only what is certain to end soon is inflated on this thread.
  const expected = expectedSize(body)
  const bounded = { maxOutputLength: sizeMax, chunkSize: Math.min(expected, chunkSizeMax) }
  const quick = {
    maxOutputLength: Math.min(sizeMax, syncInflatedMax),
    chunkSize: Math.min(expected, syncInflatedMax),
  }
  try {
    if (body.length > syncSizeMax) return await gunzipOnThread(body, bounded)
    try {
      return gunzipSync(body, quick)
    } catch (error) {
      if (!isTooLarge(error) || sizeMax <= syncInflatedMax) throw error
      return await gunzipOnThread(body, bounded)
    }
  } catch (error) {
    if (!isTooLarge(error)) throw error
    throw new InflatedSizeError(`inflated body is longer than ${sizeMax} bytes`)
  }
}

/** The most and the least that zlib asks for at once. Memory it does not fill costs nothing. */
const chunkSizeMax = 64 * 1024 * 1024
const chunkSizeMin = 1024

/**
 * What the end of a gzip body says of its inflated size, so that zlib fills one buffer instead of
 * joining many: half the allocation, which is what sets off the garbage collector here, and no long
 * copy that holds the event loop. A body that lies costs pieces of another size, no more.
 */
function expectedSize(body: Uint8Array): number {
  if (body.length < 4) return chunkSizeMin
  const tail = new DataView(body.buffer, body.byteOffset + body.length - 4, 4)
  const size = tail.getUint32(0, true) + 64
  // Deflate packs at most 1,032 to 1.
  return Math.max(chunkSizeMin, Math.min(size, body.length * 1032))
}

/** 4 MB are inflated in about 10 ms. */
const syncInflatedMax = 4 * 1024 * 1024

function isTooLarge(error: unknown): boolean {
  return error instanceof RangeError && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE'
}
