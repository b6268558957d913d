// What goes over every edge, as the stream tells it.

import { useEffect, useRef, useState } from 'react'
import type { EdgeRate } from '../../../src/client/api.ts'
import { reconnecting, type StreamState } from '../../../src/client/reconnect.ts'
import { client } from '../api/client.ts'
import { useEngine } from '../state/engine.ts'
import { flowKey } from './scene.ts'

export type FlowType = EdgeRate['type']

export const flowTypes: readonly FlowType[] = [
  'prometheus_metric',
  'loki_log',
  'otel_metric',
  'otel_log',
  'otel_trace',
  'target',
]

export const flowTitles: Readonly<Record<FlowType, string>> = {
  prometheus_metric: 'metrics',
  loki_log: 'logs',
  otel_metric: 'OTel metrics',
  otel_log: 'OTel logs',
  otel_trace: 'traces',
  target: 'targets',
}

export interface Rates {
  /** By `flowKey`. */
  readonly byFlow: ReadonlyMap<string, readonly EdgeRate[]>
  /** Edges that something was ever seen on. */
  readonly flows: readonly EdgeRate[]
  /** Unix time in ms; 0 before the first. */
  readonly atMs: number
  readonly stream: StreamState
}

const none: Rates = {
  byFlow: new Map(),
  flows: [],
  atMs: 0,
  stream: { state: 'connecting', error: '' },
}

/** @param moduleId Go Alloy tells of one module only. */
export function useRates(windowSeconds: number, moduleId: string): Rates {
  const [rates, setRates] = useState(none)
  const { byId } = useEngine()
  const components = useRef(byId)
  components.current = byId
  useEffect(() => {
    const control = new AbortController()
    const seen = new Map<string, EdgeRate>()
    let flows: readonly EdgeRate[] = []
    const follow = async () => {
      const open = (signal: AbortSignal, onOpen: () => void) =>
        client.graph({
          signal,
          onOpen,
          windowSeconds,
          moduleId,
          components: components.current,
        })
      const onState = (stream: StreamState) => setRates((old) => ({ ...old, stream }))
      const { signal } = control
      for await (const { atMs, edges } of reconnecting({ signal, open, onState })) {
        const byFlow = new Map<string, EdgeRate[]>()
        for (const edge of edges) {
          const key = flowKey(edge)
          byFlow.set(key, [...(byFlow.get(key) ?? []), edge])
          if (seen.has(key)) continue
          seen.set(key, edge)
          flows = [...seen.values()]
        }
        setRates({ byFlow, flows, atMs, stream: { state: 'open', error: '' } })
      }
    }
    void follow()
    return () => control.abort()
  }, [windowSeconds, moduleId])
  return rates
}

/** Over all the flows that an edge stands for: the type with the most, and the sum of that type. */
export function summed(
  flows: readonly string[],
  { byFlow }: Pick<Rates, 'byFlow'>,
): ReadonlyMap<FlowType, number> {
  const sums = new Map<FlowType, number>()
  for (const flow of flows) {
    for (const { type, rate } of byFlow.get(flow) ?? []) {
      sums.set(type, (sums.get(type) ?? 0) + rate)
    }
  }
  return sums
}
