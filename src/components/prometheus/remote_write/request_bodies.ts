// Bodies of requests, made in one buffer for all endpoints of a component.

import type { LabelPool } from '../../../model/label_pool.ts'
import type { Metadata } from '../../../model/samples.ts'
import { RemoteWriteV1Encoder } from '../../../wire/remote_write/v1_encoder.ts'
import { RemoteWriteV1Packer } from '../../../wire/remote_write/v1_packer.ts'
import { compressedSizeMax, SnappyCompressor } from '../../../wire/snappy.ts'
import type { SendBatch } from './send_batch.ts'

/** Beyond this a buffer is not kept for the next body. */
const scratchMax = 8 << 20

export class RequestBodies {
  readonly #encoder: RemoteWriteV1Encoder
  readonly #packer: RemoteWriteV1Packer
  readonly #compressor = new SnappyCompressor()
  #scratch = new Uint8Array(0)

  constructor(pool: LabelPool) {
    this.#encoder = new RemoteWriteV1Encoder(pool)
    this.#packer = new RemoteWriteV1Packer(pool)
  }

  /** About 0.7 ms for 2,000 samples. */
  ofSamples(batch: SendBatch): Uint8Array {
    if (batch.exemplars.length === 0 && RemoteWriteV1Packer.takes(batch)) {
      return this.#packer.pack(batch, 0, batch.length).slice()
    }
    this.#encoder.clear()
    this.#encoder.addSamples(batch, 0, batch.length)
    for (const { exemplar } of batch.exemplars) this.#encoder.addExemplar(exemplar)
    return this.#compressed()
  }

  ofMetadata(rows: readonly Metadata[]): Uint8Array {
    this.#encoder.clear()
    for (const row of rows) this.#encoder.addMetadata(row)
    return this.#compressed()
  }

  #compressed(): Uint8Array {
    const { bytes } = this.#encoder
    const needed = compressedSizeMax(bytes.length)
    let scratch = this.#scratch
    if (scratch.length < needed) scratch = new Uint8Array(needed)
    if (scratch.length <= scratchMax) this.#scratch = scratch
    const size = this.#compressor.compress(bytes, bytes.length, scratch)
    return scratch.slice(0, size)
  }
}
