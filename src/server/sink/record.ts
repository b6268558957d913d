// One line of JSON per request that a sink received, for tests and for looking at it later.

import { once } from 'node:events'
import { createWriteStream, type WriteStream } from 'node:fs'
import type { WriteRequest } from '../../wire/remote_write/v1_decoder.ts'
import { labelsOf } from './series_store.ts'

export class RequestRecord {
  readonly #stream: WriteStream

  private constructor(stream: WriteStream) {
    this.#stream = stream
    // An error while nobody writes is told by the next write.
    stream.on('error', () => undefined)
  }

  /** Appends to the file. Rejects where it cannot be opened. */
  static async open(path: string): Promise<RequestRecord> {
    const stream = createWriteStream(path, { flags: 'a' })
    await once(stream, 'open')
    return new RequestRecord(stream)
  }

  /** Resolves when the file can take more: a slow disk makes the senders wait. */
  async write(request: WriteRequest, receivedMs: number): Promise<void> {
    if (this.#stream.errored !== null) throw this.#stream.errored
    if (this.#stream.write(lineOf(request, receivedMs))) return
    await once(this.#stream, 'drain')
  }

  async close(): Promise<void> {
    if (this.#stream.closed) return
    this.#stream.end()
    await once(this.#stream, 'close')
  }
}

function lineOf(request: WriteRequest, receivedMs: number): string {
  const series = request.series.map(({ labels, samples, histograms, exemplars }) => ({
    labels: labelsOf(labels),
    samples: samples.map(({ time, value, isStale }) => [time, isStale ? 'stale' : json(value)]),
    ...(histograms.length > 0 ? { histograms } : {}),
    ...(exemplars.length > 0 ? { exemplars } : {}),
  }))
  const entry = { received: receivedMs, series, metadata: request.metadata }
  return `${JSON.stringify(entry)}\n`
}

/** JSON has no NaN and no infinities. */
function json(value: number): number | string {
  return Number.isFinite(value) ? value : String(value)
}
