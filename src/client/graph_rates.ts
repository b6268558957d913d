// Rates over edges, from a record of Go Alloy's graph stream, which often names no targets at all.

import type { FlowType } from '../engine/flow.ts'
import type { ComponentSummary, EdgeRate } from './api.ts'
import { globalId } from './components.ts'
import { fieldsOf, listOf, numberOf, stringOf, stringsOf } from './json_fields.ts'

const flowTypes: ReadonlySet<string> = new Set<FlowType>([
  'target',
  'prometheus_metric',
  'loki_log',
  'otel_metric',
  'otel_log',
  'otel_trace',
])

/**
 * Without targets a rate holds for every edge of its component. What has no edge, as a writer,
 * gets one to `''`. Throws a ClientError where it is no such record.
 *
 * @param components by global id.
 */
export function edgeRatesOf(
  json: unknown,
  moduleId: string,
  components: ReadonlyMap<string, ComponentSummary>,
): readonly EdgeRate[] {
  return listOf(json).flatMap((each) => {
    const fields = fieldsOf(each)
    const type = stringOf(fields.type)
    if (!isFlowType(type)) return []
    const from = inModule(moduleId, stringOf(fields.componentID))
    const named = stringsOf(fields.targetComponentIDs).map((id) => inModule(moduleId, id))
    const edges = named.length > 0 ? named : (components.get(from)?.dataFlowTo ?? [])
    const rate = numberOf(fields.rate)
    return (edges.length > 0 ? edges : ['']).map((to) => ({ from, to, type, rate }))
  })
}

/** Components of modules are named by their global ids, those of the root have no other. */
function inModule(moduleId: string, id: string): string {
  return id.startsWith(`${moduleId}/`) ? id : globalId(moduleId, id)
}

function isFlowType(type: string): type is FlowType {
  return flowTypes.has(type)
}

export interface Throughput {
  /** Items per second that come in over all edges. */
  readonly in: number
  /** Items per second that go out; what goes to several counts once. */
  readonly out: number
  /** How many targets it gives away. */
  readonly targets: number
}

/** What passes through each component, by global id. */
export function throughputs(edges: readonly EdgeRate[]): ReadonlyMap<string, Throughput> {
  const found = new Map<string, { in: number; out: number; targets: number }>()
  const of = (id: string) => {
    const known = found.get(id)
    if (known !== undefined) return known
    const fresh = { in: 0, out: 0, targets: 0 }
    found.set(id, fresh)
    return fresh
  }
  const outOfType = new Map<string, number>()
  for (const { from, rate, to, type } of edges) {
    if (type === 'target') {
      of(from).targets = Math.max(of(from).targets, rate)
      continue
    }
    if (to !== '') of(to).in += rate
    const key = `${type} ${from}`
    const before = outOfType.get(key) ?? 0
    if (rate > before) {
      of(from).out += rate - before
      outOfType.set(key, rate)
    } else {
      of(from)
    }
  }
  return found
}
