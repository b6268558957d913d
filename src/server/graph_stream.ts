// Streams of rates: upstream's, of one module, and ours, of all.
// Source of the behaviour: alloy/internal/web/api and alloy/internal/service/livedebugging.

import type { GraphRates } from '../client/api.ts'
import type { InternalRequest, InternalResponse } from '../engine/internal_network.ts'
import { jsonNumber, jsonString } from '../go/json_text.ts'
import { bytesOf } from '../go/text.ts'
import type { EdgeFlow } from '../graph/rates.ts'
import type { Clock } from '../model/clock.ts'
import { failure, jsonFailure } from './answers.ts'
import type { EngineView } from './engine_view.ts'
import { edgeRates, type Window, windowOf, windowProblem, windows } from './rates.ts'
import type { Route } from './route.ts'

/** Ends each record of upstream's streams. */
export const recordEnd = '|;|'

const graphPath = /^api\/v0\/web\/graph(?:\/(.+))?$/s

/** `PREFIX/api/v0/web/graph[/MODULE]` and `PREFIX/api/alloyts/v1/graph`, with `?window=SECONDS`. */
export function graphStreams(engine: EngineView, clock: Clock): Route {
  return ({ uiPath = '', query, request }) => {
    const seconds = windowOf(query)
    if (uiPath === 'api/alloyts/v1/graph') {
      if (seconds === undefined) return jsonFailure(400, windowProblem)
      return streamed('application/x-ndjson', rateLines(engine, clock, seconds, request))
    }
    const found = graphPath.exec(uiPath)
    if (found === null) return undefined
    const [, moduleId = ''] = found
    if (engine.components(moduleId) === undefined) return failure(500, 'module not found')
    if (seconds === undefined) return failure(400, windowProblem)
    const records = rateRecords(engine, clock, seconds, { request, moduleId })
    return streamed('text/plain; charset=utf-8', records)
  }
}

export function streamed(type: string, stream: AsyncIterable<Uint8Array>): InternalResponse {
  return { status: 200, headers: { 'content-type': type }, body: new Uint8Array(), stream }
}

async function* rateLines(
  engine: EngineView,
  clock: Clock,
  windowSeconds: number,
  { signal }: InternalRequest,
): AsyncGenerator<Uint8Array, void> {
  for await (const window of windows(engine, clock, windowSeconds, signal)) {
    const rates: GraphRates = {
      atMs: clock.now(),
      windowSeconds: window.seconds,
      edges: edgeRates(window),
    }
    yield bytesOf(`${JSON.stringify(rates)}\n`)
  }
}

async function* rateRecords(
  engine: EngineView,
  clock: Clock,
  windowSeconds: number,
  { request, moduleId }: { readonly request: InternalRequest; readonly moduleId: string },
): AsyncGenerator<Uint8Array, void> {
  for await (const window of windows(engine, clock, windowSeconds, request.signal)) {
    const rates = componentRates(window, moduleId).map(rateText)
    yield bytesOf(`[${rates.join(',')}]${recordEnd}`)
  }
}

interface ComponentRate {
  readonly id: string
  /** Absent where the rate holds for every receiver. */
  readonly receivers?: readonly string[]
  readonly type: string
  readonly rate: number
}

/** Keys in upstream's order. */
function rateText({ id, receivers, type, rate }: ComponentRate): string {
  const targets = receivers === undefined ? 'null' : `[${receivers.map(jsonString).join(',')}]`
  return (
    `{"componentID":${jsonString(id)},"targetComponentIDs":${targets}` +
    `,"type":"${type}","rate":${jsonNumber(rate)}}`
  )
}

/**
 * Rates of one module's components where anything flowed. Receivers that got as much share a
 * record; what sends nothing, as a writer, is told with what came in.
 */
export function componentRates(window: Window, moduleId: string): readonly ComponentRate[] {
  const { flows, components, seconds } = window
  const sent = grouped(flows, ({ from }) => from)
  const taken = grouped(flows, ({ to }) => to)
  const rates: ComponentRate[] = []
  for (const [id, component] of components) {
    if (component.moduleId !== moduleId) continue
    for (const [type, own] of grouped(sent.get(id) ?? taken.get(id) ?? [], (flow) => flow.type)) {
      if (!sent.has(id)) {
        const count = own.reduce((sum, flow) => sum + flow.count, 0)
        rates.push({ id, type, rate: count / seconds })
        continue
      }
      // A receiver that has left the configuration is no reason to name the others.
      const present = own.filter(({ to, count }) => count > 0 || components.has(to ?? id))
      for (const [count, equal] of grouped(present, (flow) => flow.count)) {
        const receivers = equal.length === present.length ? {} : { receivers: idsOf(equal) }
        rates.push({ id, type, rate: count / seconds, ...receivers })
      }
    }
  }
  return rates.filter(({ rate }) => rate > 0)
}

function idsOf(flows: readonly EdgeFlow[]): readonly string[] {
  return flows.flatMap(({ to }) => to ?? [])
}

function grouped<K>(
  flows: readonly EdgeFlow[],
  keyOf: (flow: EdgeFlow) => K,
): ReadonlyMap<K, readonly EdgeFlow[]> {
  const groups = new Map<K, EdgeFlow[]>()
  for (const flow of flows) {
    const key = keyOf(flow)
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [flow])
    else group.push(flow)
  }
  return groups
}
