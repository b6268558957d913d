// What is known of a collector without a terminal: one table, or one line of JSON for every tick.

import type { ComponentSummary, EdgeRate } from '../client/api.ts'
import { type AlloyClient, graphModulesMax } from '../client/client.ts'
import { reasonOf } from '../client/client_error.ts'
import { type Throughput, throughputs } from '../client/graph_rates.ts'
import { sleepFor } from '../client/reconnect.ts'
import { matcher } from './rows.ts'
import { asciiOnly, count, harmless, padEnd, padStart, widthOf } from './text.ts'

export interface PlainOptions {
  readonly client: AlloyClient
  readonly url: string
  /** Rates are those of so many seconds, 1 to 60. */
  readonly windowSeconds: number
  readonly filter: string
  readonly isAscii: boolean
}

export interface Snapshot {
  readonly kind: 'alloyts' | 'alloy'
  readonly components: readonly ComponentSummary[]
  readonly flow: ReadonlyMap<string, Throughput>
  /** Why there are no rates; empty where there are. */
  readonly rateError: string
}

/** Rejects with a ClientError where nobody answers. Takes as long as the rates' window. */
export async function takeSnapshot(options: PlainOptions, signal: AbortSignal): Promise<Snapshot> {
  const { kind } = await options.client.server()
  const components = await options.client.components(signal)
  try {
    const edges = await ratesOf(options, kind, components, signal)
    return { kind, components, flow: throughputs(edges), rateError: '' }
  } catch (error) {
    if (signal.aborted) throw error
    return { kind, components, flow: new Map(), rateError: reasonOf(error) }
  }
}

/** Of Go Alloy from as many connections as there are modules. */
async function ratesOf(
  { client, windowSeconds }: PlainOptions,
  kind: Snapshot['kind'],
  components: readonly ComponentSummary[],
  signal: AbortSignal,
): Promise<readonly EdgeRate[]> {
  const byId = new Map(components.map((each) => [each.id, each]))
  const modules = kind === 'alloyts' ? [''] : [...new Set(components.map((each) => each.moduleId))]
  const first = async (moduleId: string): Promise<readonly EdgeRate[]> => {
    const request = { windowSeconds, moduleId, components: byId, signal }
    for await (const { edges } of client.graph(request)) return edges
    return []
  }
  return (await Promise.all(modules.slice(0, graphModulesMax).map(first))).flat()
}

/** The id of every component whole, each on its own line; what it says comes after it. */
export function plainTable(snapshot: Snapshot, options: PlainOptions): string {
  const wanted = matcher(options.filter)
  const safe = options.isAscii ? (text: string) => asciiOnly(harmless(text)) : harmless
  const rows = snapshot.components.filter(({ health, id }) => {
    return wanted(id, health.state, health.message)
  })
  const width = Math.max(9, ...rows.map(({ id }) => widthOf(safe(id))))
  const lines = rows.map(({ delivery, health, id }) => {
    const flow = snapshot.flow.get(id)
    const message = delivery?.isDelivering === false ? delivery.message : health.message
    return line(safe(health.state), flow?.in, flow?.out, padEnd(safe(id), width), safe(message))
  })
  const head = padEnd('COMPONENT', width)
  const rates = `${padStart('IN/s', 7)} ${padStart('OUT/s', 7)}`
  const title = `${padEnd('HEALTH', 9)} ${rates}  ${head}  SAYS`
  const note = snapshot.rateError === '' ? '' : `no rates: ${safe(snapshot.rateError)}\n`
  return `${[title, ...lines].join('\n')}\n${note}`
}

function line(
  state: string,
  incoming: number | undefined,
  outgoing: number | undefined,
  id: string,
  message: string,
): string {
  const rates = `${padStart(count(incoming), 7)} ${padStart(count(outgoing), 7)}`
  return `${padEnd(state, 9)} ${rates}  ${id}  ${message}`.trimEnd()
}

/** One object on one line, with its end. */
export function jsonLine(snapshot: Snapshot, options: PlainOptions, atMs: number): string {
  const wanted = matcher(options.filter)
  const components = snapshot.components
    .filter(({ health, id }) => wanted(id, health.state, health.message))
    .map(({ delivery, health, id, moduleId, name }) => {
      const flow = snapshot.flow.get(id)
      const rates = { inPerSecond: flow?.in ?? null, outPerSecond: flow?.out ?? null }
      return { id, name, moduleId, health, ...rates, targets: flow?.targets ?? null, delivery }
    })
  const { kind, rateError } = snapshot
  const { url } = options
  return `${JSON.stringify({ version: 1, atMs, url, server: kind, rateError, components })}\n`
}

/** A line for every snapshot, or for why there is none, until the signal fires. */
export async function streamJson(
  options: PlainOptions,
  write: (line: string) => void,
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    const atMs = Date.now()
    try {
      write(jsonLine(await takeSnapshot(options, signal), options, atMs))
    } catch (error) {
      if (signal.aborted) return
      options.client.forget()
      write(`${JSON.stringify({ version: 1, atMs, url: options.url, error: reasonOf(error) })}\n`)
      await sleepFor(options.windowSeconds * 1000, signal).catch(() => undefined)
    }
  }
}
