// A writer on a simulated clock, with receivers inside the process.

import { expect, onTestFinished } from 'vitest'
import runner, { RemoteWrite } from '../../../../src/components/prometheus/remote_write/run.ts'
import { declaration } from '../../../../src/components/prometheus/remote_write.ts'
import { type Context, Stopped } from '../../../../src/engine/component.ts'
import type { InternalRequest, InternalResponse } from '../../../../src/engine/internal_network.ts'
import { LabelPool } from '../../../../src/model/label_pool.ts'
import type { SampleBatch } from '../../../../src/model/samples.ts'
import { decodeWriteRequest } from '../../../../src/wire/remote_write/v1_decoder.ts'
import { decompressSnappy } from '../../../../src/wire/snappy.ts'
import { componentContext } from '../../../support/component_context.ts'
import { decodeText } from '../../../support/decode_text.ts'
import { RecordingLogger } from '../../../support/recording_logger.ts'
import { SimulatedClock } from '../../../support/simulated_clock.ts'

type D = typeof declaration
type Status = number | { status: number; headers: Record<string, string> } | 'hang'

export interface Received {
  readonly at: number
  readonly headers: Readonly<Record<string, string>>
  readonly answer: Status
  /** `name{label=value} value` of each sample in order. */
  readonly samples: string[]
  readonly kinds: string[]
  readonly families: string[]
  /** Of the values of its samples. */
  readonly bits: bigint[]
}

export const origin = 'http://alloy.internal:12345'

export function harness(text: string, limits: Partial<Context<D>['limits']> = {}) {
  const clock = new SimulatedClock()
  const pool = new LabelPool()
  const logger = new RecordingLogger()
  const received = new Map<string, Received[]>()
  const answers = new Map<string, () => Status | Promise<Status>>()
  const began = clock.now()
  const request = async (sent: InternalRequest): Promise<InternalResponse> => {
    const answer = (await answers.get(sent.path)?.()) ?? 204
    const list = received.get(sent.path) ?? []
    received.set(sent.path, list)
    list.push(decoded(sent, answer, clock.now() - began))
    if (answer === 'hang') {
      await new Promise((_, reject) =>
        sent.signal.addEventListener('abort', () => reject(new Error('gone'))),
      )
    }
    if (typeof answer === 'object') return { ...answer, body: Buffer.from('because\nmore') }
    return { status: Number(answer), headers: {}, body: Buffer.from('because\nmore') }
  }
  let collect = () => {}
  const { context, seen } = componentContext<D>('prometheus.remote_write.test', {
    clock,
    pool,
    logger,
    internal: { address: 'alloy.internal:12345', request },
    limits: { scrapeBodySizeBytes: 1e8, remoteWriteMemoryBytes: 1e8, ...limits },
    onCollect: (read) => {
      collect = read
    },
  })
  const argsOf = (text: string) => decodeText(declaration.arguments, text)
  const writer = runner.open(context, argsOf(text))
  if (!(writer instanceof RemoteWrite)) throw new Error('opened something else')
  const control = new AbortController()
  let hasEnded = false
  const ended = writer.run(control.signal).then(() => {
    hasEnded = true
  })
  onTestFinished(async () => {
    control.abort(new Stopped('shutdown'))
    await clock.advance(61_000)
    await ended
    expect(clock.timers).toBe(0)
    while (pool.sweep());
    expect(pool.size).toBe(0)
    expect(pool.stores.series().size).toBe(0)
  })
  let time = clock.now()
  const push = (values: Record<string, number>, more: Partial<SampleBatch> = {}) => {
    const entries = Object.entries(values)
    time += 1
    return writer.push({
      length: entries.length,
      series: Uint32Array.from(entries, ([name]) => pool.intern(['__name__', name])),
      kinds: new Uint8Array(entries.length),
      times: time,
      values: Float64Array.from(entries, ([, value]) => value),
      ...more,
    })
  }
  return {
    clock,
    pool,
    logger,
    answers,
    writer,
    control,
    push,
    update: (text: string) => writer.update(argsOf(text)),
    at: (path: string) => received.get(path) ?? [],
    /** Values of what a path has accepted. */
    accepted: (path: string) =>
      (received.get(path) ?? [])
        .filter(({ answer }) => answer === 204)
        .flatMap(({ samples }) => samples.map((sample) => Number(sample.split(' ')[1]))),
    metric: (name: string) => {
      collect()
      return seen.values.get(name)
    },
    hasEnded: () => hasEnded,
  }
}

function decoded(sent: InternalRequest, answer: Status, at: number): Received {
  const { series, metadata } = decodeWriteRequest(decompressSnappy(sent.body!, 1e8))
  const samples: string[] = []
  const kinds: string[] = []
  for (const { labels, samples: floats, exemplars, histograms } of series) {
    const [, name, ...rest] = labels
    const more = rest.length === 0 ? '' : `{${rest.join('=')}}`
    for (const { value, isStale } of floats) {
      samples.push(`${name}${more} ${isStale ? 'stale' : value}`)
      kinds.push('sample')
    }
    for (const { labels, value } of exemplars) kinds.push(`exemplar ${labels.join('=')} ${value}`)
    for (const { histogram } of histograms) kinds.push(`histogram ${histogram.sum}`)
  }
  return {
    at,
    headers: sent.headers,
    answer,
    samples,
    kinds,
    families: metadata.map((row) => row.family),
    bits: series.flatMap(({ samples }) => samples.map(bitsOf)),
  }
}

/** The decoder tells staleness markers apart. */
function bitsOf({ value, isStale }: { value: number; isStale: boolean }): bigint {
  if (isStale) return 0x7ff0000000000002n
  return new BigUint64Array(Float64Array.of(value).buffer)[0]!
}

export function endpoint(path: string, queue = '', more = ''): string {
  return `endpoint {
    url = "${origin}${path}"
    ${more}
    queue_config {
      batch_send_deadline = "1s"
      max_backoff         = "2s"
      ${queue}
    }
  }`
}

/** Until what waits for the batch deadline is sent. */
export const pause = 1100
