// A receiver of remote write that shows what arrives: for trying alloyts out, and for tests.

import { describe } from '../../engine/describe.ts'
import type { InternalRequest, InternalResponse } from '../../engine/internal_network.ts'
import type { Clock } from '../../model/clock.ts'
import { silentLogger } from '../../model/logger.ts'
import { decodeWriteRequest } from '../../wire/remote_write/v1_decoder.ts'
import { decompressSnappy } from '../../wire/snappy.ts'
import { empty, failure, json, notFound, text } from '../answers.ts'
import { Listener } from '../listener.ts'
import { sinkPage } from './page.ts'
import { RequestRecord } from './record.ts'
import { SeriesStore, type Totals } from './series_store.ts'

/** Of a request as it arrives, and inflated. Receivers in the field allow less. */
const bodySizeMax = 32 * 1024 * 1024
const inflatedSizeMax = 128 * 1024 * 1024

/** Of one answer of the JSON API. */
const listMax = 10_000

export interface SinkOptions {
  readonly listenAddr: string
  readonly seriesMax: number
  /** A file for one line of JSON per request. */
  readonly record?: string
  readonly clock: Clock
}

export class Sink {
  readonly #options: SinkOptions
  readonly #store: SeriesStore
  readonly #record: RequestRecord | undefined
  readonly #listener: Listener

  private constructor(options: SinkOptions, record: RequestRecord | undefined) {
    this.#options = options
    this.#store = new SeriesStore(options.seriesMax)
    this.#record = record
    this.#listener = new Listener({
      bodySizeMax,
      logger: silentLogger,
      answer: (request) => this.#answer(request),
    })
  }

  /** Listens; resolves with the sink and its address. Rejects with the system's error. */
  static async open(options: SinkOptions): Promise<{ sink: Sink; address: string }> {
    const { record } = options
    const sink = new Sink(options, record ? await RequestRecord.open(record) : undefined)
    const address = await sink.#listener.listen(options.listenAddr, () => undefined)
    return { sink, address }
  }

  get totals(): Readonly<Totals> {
    return this.#store.totals
  }

  get series(): number {
    return this.#store.size
  }

  async close(): Promise<void> {
    await this.#listener.close()
    await this.#record?.close()
  }

  async #answer(request: InternalRequest): Promise<InternalResponse> {
    const url = new URL(request.path, 'http://sink')
    switch (url.pathname) {
      case '/':
        return text(
          200,
          sinkPage(this.#store, url.searchParams.get('q') ?? ''),
          'text/html; charset=utf-8',
        )
      case '/-/ready':
        return text(200, 'ready\n')
      case '/api/totals':
        return json([JSON.stringify({ series: this.#store.size, ...this.#store.totals })])
      case '/api/series':
        return json(this.#seriesPieces(url.searchParams))
      case '/api/v1/write':
      case '/api/v1/push':
        return request.method === 'POST' ? this.#receive(request) : failure(405, 'POST only')
      default:
        return notFound()
    }
  }

  async #receive(request: InternalRequest): Promise<InternalResponse> {
    const { headers, body = new Uint8Array() } = request
    const problem = refusalOf(headers)
    if (problem !== undefined) {
      this.#store.totals.refused++
      return failure(415, problem)
    }
    try {
      const write = decodeWriteRequest(decompressSnappy(body, inflatedSizeMax))
      await this.#record?.write(write, this.#options.clock.now())
      this.#store.add(write, body.length)
      return empty(204)
    } catch (error) {
      this.#store.totals.refused++
      return failure(400, describe(error))
    }
  }

  *#seriesPieces(query: URLSearchParams): Generator<string> {
    const asked = Number(query.get('limit') ?? listMax)
    const limit = Number.isInteger(asked) && asked >= 0 ? Math.min(asked, listMax) : listMax
    let count = 0
    yield '['
    for (const { id: _, value, ...series } of this.#store.matching(query.get('match') ?? '')) {
      if (count === limit) break
      const shown = Number.isFinite(value) ? value : String(value)
      yield `${count++ > 0 ? ',' : ''}${JSON.stringify({ ...series, value: shown })}`
    }
    yield ']'
  }
}

function refusalOf(headers: Readonly<Record<string, string>>): string | undefined {
  const type = headers['content-type'] ?? ''
  if (!/^application\/x-protobuf\b/.test(type))
    return `expected application/x-protobuf, got ${type}`
  if (/proto=io\.prometheus\.write\.v2/.test(type)) return 'only remote write 1 is accepted'
  const encoding = headers['content-encoding'] ?? 'snappy'
  return encoding === 'snappy' ? undefined : `${encoding} encoding is not accepted, only snappy`
}
