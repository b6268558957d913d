// Records of a write-ahead log are compressed one by one, as snappy blocks or frames of zstd.

import * as zlib from 'node:zlib'
import { compressedSizeMax, decompressSnappy, SnappyCompressor } from '../snappy.ts'
import { Compression } from './framing.ts'

/** A record is one commit; its content is bounded so that a damaged one cannot ask for more. */
const contentSizeMaxBytes = 512 << 20
const capacityMin = 1 << 16
/** A longer buffer is not kept for the next record. */
const capacityKept = 4 << 20

/** Node has it from 22.15 on. */
type ZstdDecompress = (bytes: Uint8Array, options: { maxOutputLength: number }) => Uint8Array

const zstd = (zlib as { readonly zstdDecompressSync?: ZstdDecompress }).zstdDecompressSync

/** What every frame of zstd begins with. */
const zstdMagic = [0x28, 0xb5, 0x2f, 0xfd]

/** Nothing is wrong with the record: this Node.js cannot read it. */
export class UnsupportedCompression extends Error {}

/** Throws where the content is damaged, `UnsupportedCompression` where this Node.js has no zstd. */
export function decompressRecord(bytes: Uint8Array, compression: Compression): Uint8Array {
  if (compression === Compression.none) return bytes
  if (compression === Compression.snappy) return decompressSnappy(bytes, contentSizeMaxBytes)
  // No checksum covers the bit that says zstd: one that was flipped is damage like any other.
  if (!zstdMagic.every((byte, i) => bytes[i] === byte)) throw new Error('the record is no zstd')
  if (zstd === undefined) {
    throw new UnsupportedCompression('records compressed with zstd need Node.js 22.15 or newer')
  }
  return zstd(bytes, { maxOutputLength: contentSizeMaxBytes })
}

/** Compresses records, one after the other, into a buffer of its own. */
export class RecordCompressor {
  readonly #snappy = new SnappyCompressor()
  #out = new Uint8Array(capacityMin)

  /** Of the last record: the bytes to write. */
  bytes: Uint8Array = this.#out
  length = 0
  /** None where nothing is gained by it. */
  compression: Compression = Compression.none

  compress(record: Uint8Array, length: number): void {
    const needed = compressedSizeMax(length)
    if (needed > this.#out.length) this.#out = new Uint8Array(needed)
    else if (this.#out.length > capacityKept && needed < capacityMin) {
      this.#out = new Uint8Array(capacityMin)
    }
    const compressed = this.#snappy.compress(record, length, this.#out)
    const gains = compressed < length
    this.bytes = gains ? this.#out : record
    this.length = gains ? compressed : length
    this.compression = gains ? Compression.snappy : Compression.none
  }
}
