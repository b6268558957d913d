// Streams of what flows through one component.
// Source of the behaviour: alloy/internal/web/api and alloy/internal/service/livedebugging.

import type { DebugLine } from '../client/api.ts'
import type { InternalRequest } from '../engine/internal_network.ts'
import { parseFloat64 } from '../go/float.ts'
import { jsonString } from '../go/json_text.ts'
import { bytesOf } from '../go/text.ts'
import type { Clock } from '../model/clock.ts'
import { failure } from './answers.ts'
import type { EngineView } from './engine_view.ts'
import { recordEnd, streamed } from './graph_stream.ts'
import { RecordBuffer, type TakenRecords } from './record_buffer.ts'
import type { Route } from './route.ts'

const flushMs = 1000

/** Texts that wait for one client, in characters. */
const bufferLengthMax = 1 << 20

/** Clients at a time. */
const streamsMax = 64

const disabled =
  'the live debugging service is disabled. Check the documentation to find out how to enable it'

export interface DebugStreamsOptions {
  readonly engine: EngineView
  readonly clock: Clock
  /** 0 to 1. */
  readonly random: () => number
}

interface Asked {
  readonly id: string
  readonly sampleProb: number
  readonly format: Format
  readonly request: InternalRequest
}

/** `PREFIX/api/v0/web/debug/ID?sampleProb=P`; lines of JSON with `&format=ndjson`. */
export function debugStreams(options: DebugStreamsOptions): Route {
  let open = 0
  async function* counted(asked: Asked): AsyncGenerator<Uint8Array, void> {
    open++
    try {
      yield* chunks(options, asked)
    } finally {
      open--
    }
  }
  return ({ uiPath = '', query, request }) => {
    const [, id] = /^api\/v0\/web\/debug\/(.+)$/s.exec(uiPath) ?? []
    if (id === undefined) return undefined
    const refusal = refusalOf(options.engine, id)
    if (refusal !== undefined) return failure(500, refusal)
    const sampleProb = probabilityOf(query.get('sampleProb') || '1')
    if (sampleProb === undefined) return failure(400, 'Invalid sample probability')
    const format = formats.get(query.get('format') || 'text')
    if (format === undefined) return failure(400, 'Invalid format: must be text or ndjson')
    if (open >= streamsMax) return failure(503, `more than ${streamsMax} clients watch already`)
    return streamed(format.type, counted({ id, sampleProb, format, request }))
  }
}

function refusalOf(engine: EngineView, id: string): string | undefined {
  if (!engine.isLiveDebuggingEnabled()) return disabled
  const component = engine.component(id)
  if (component === undefined) return 'component not found'
  if (component.supportsLiveDebugging) return undefined
  return `the component ${JSON.stringify(component.name)} does not support live debugging`
}

function probabilityOf(text: string): number | undefined {
  try {
    const value = parseFloat64(text)
    return value >= 0 && value <= 1 ? value : undefined
  } catch {
    // No number at all.
    return undefined
  }
}

/** What has come in, once a second, until the signal fires or live debugging is disabled. */
async function* chunks(
  { engine, clock, random }: DebugStreamsOptions,
  { id, sampleProb, format, request: { signal } }: Asked,
): AsyncGenerator<Uint8Array, void> {
  const buffer = new RecordBuffer({ sampleProb, random, lengthMax: bufferLengthMax })
  const stop = engine.watch(id, buffer)
  try {
    while (!signal.aborted) {
      await clock.sleep(flushMs, signal).catch(() => undefined)
      const isOver = !engine.isLiveDebuggingEnabled()
      const text =
        format.print(buffer.take(), clock.now()) + (isOver ? format.end(clock.now()) : '')
      if (text !== '') yield bytesOf(text)
      if (isOver) return
    }
  } finally {
    stop()
  }
}

interface Format {
  readonly type: string
  print(taken: TakenRecords, nowMs: number): string
  /** The last words, when live debugging was disabled meanwhile. */
  end(nowMs: number): string
}

/** As upstream's, whose records say nothing of those that were missed. */
const text: Format = {
  type: 'text/plain; charset=utf-8',
  print: ({ records, missed }) => {
    const all = missed === 0 ? records : [...records, `missed ${missed}`]
    return all.map((record) => record + recordEnd).join('')
  },
  end: () => disabled + recordEnd,
}

const ndjson: Format = {
  type: 'application/x-ndjson',
  print: ({ records, missed }, atMs) => {
    const lines = records.map((record) => `{"atMs":${atMs},"text":${jsonString(record)}}\n`)
    return lines.join('') + (missed === 0 ? '' : lineOf({ atMs, missed }))
  },
  end: (atMs) => lineOf({ atMs, ended: disabled }),
}

function lineOf(line: DebugLine): string {
  return `${JSON.stringify(line)}\n`
}

const formats: ReadonlyMap<string, Format> = new Map([
  ['text', text],
  ['ndjson', ndjson],
])
