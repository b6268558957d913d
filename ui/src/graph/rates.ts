// What goes over every edge, as the stream tells it.

import { useEffect, useMemo, useRef, useState } from 'react'
import type { EdgeRate, GraphRates } from '../../../src/client/api.ts'
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

/** The stream tells of so many seconds at a time; longer times are made of several. */
const windowSeconds = 2

/**
 * Averages over the last `seconds`, or since the page was opened, anew every two.
 *
 * @param moduleId Go Alloy tells of one module only.
 */
export function useRates(seconds: number, moduleId: string): Rates {
  const [stream, setStream] = useState(none.stream)
  const [history, setHistory] = useState<readonly GraphRates[]>([])
  const { byId } = useEngine()
  const components = useRef(byId)
  components.current = byId
  useEffect(() => {
    const control = new AbortController()
    const { signal } = control
    setHistory([])
    const follow = async () => {
      const open = (ends: AbortSignal, onOpen: () => void) => {
        const request = { windowSeconds, moduleId, components: components.current }
        return client.graph({ ...request, signal: ends, onOpen })
      }
      for await (const rates of reconnecting({ signal, open, onState: setStream })) {
        setHistory((old) => [...old.slice(1 - windowsMax), rates])
      }
    }
    void follow()
    return () => control.abort()
  }, [moduleId])
  const flows = useSeen(history)
  return useMemo(
    () => ({
      flows,
      stream,
      atMs: history.at(-1)?.atMs ?? 0,
      byFlow: averages(history.slice(-Math.max(1, Math.round(seconds / windowSeconds)))),
    }),
    [history, flows, stream, seconds],
  )
}

/** A minute of them. */
const windowsMax = 30

/** Edges that something was ever seen on: the same list until there is a new one. */
function useSeen(history: readonly GraphRates[]): readonly EdgeRate[] {
  const seen = useRef(new Map<string, EdgeRate>())
  const [flows, setFlows] = useState<readonly EdgeRate[]>([])
  useEffect(() => {
    const before = seen.current.size
    for (const edge of history.at(-1)?.edges ?? []) seen.current.set(flowKey(edge), edge)
    if (seen.current.size > before) setFlows([...seen.current.values()])
  }, [history])
  return flows
}

/** Of targets it is the newest count that matters. */
function averages(history: readonly GraphRates[]): ReadonlyMap<string, readonly EdgeRate[]> {
  const sums = new Map<string, { edge: EdgeRate; items: number }>()
  let seconds = 0
  for (const { edges, windowSeconds: window } of history) {
    seconds += window
    for (const edge of edges) {
      const key = `${flowKey(edge)} ${edge.type}`
      const sum = sums.get(key) ?? { edge, items: 0 }
      sums.set(key, sum)
      sum.edge = edge
      sum.items += edge.rate * window
    }
  }
  const byFlow = new Map<string, EdgeRate[]>()
  for (const { edge, items } of sums.values()) {
    const rate = edge.type === 'target' ? edge.rate : items / seconds
    const key = flowKey(edge)
    byFlow.set(key, [...(byFlow.get(key) ?? []), { ...edge, rate }])
  }
  return byFlow
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
