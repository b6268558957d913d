// Over which references telemetry flows, and which way: to a receiver from what refers to it, from
// any other export to what uses it.

import type { Declaration } from '../schema/declaration.ts'
import type { Graph } from './graph.ts'
import type { PlannedNode } from './planned.ts'

/** Types of exports that take telemetry. */
const receivers: ReadonlySet<string> = new Set([
  'MetricsReceiver',
  'LogsReceiver',
  'ProfilesReceiver',
  'otelcol.Consumer',
])

interface Planned {
  readonly planned: PlannedNode
}

/** By component, the ones it sends to; one that it refers to twice is there twice. */
export function dataFlowEdges(graph: Graph<Planned>): ReadonlyMap<string, readonly string[]> {
  const edges = new Map<string, string[]>()
  const add = (from: string, to: string) => {
    const known = edges.get(from)
    if (known === undefined) edges.set(from, [to])
    else known.push(to)
  }
  for (const { planned } of graph.nodes) {
    if (planned.kind !== 'component') continue
    for (const { target, path } of planned.references) {
      const other = graph.get(target)?.planned
      const [name] = path
      if (other?.kind !== 'component' || name === undefined || path.length !== 1) continue
      if (other.declaration.exports[name] === undefined) continue
      if (takesTelemetry(other.declaration, name)) add(planned.id, target)
      else add(target, planned.id)
    }
  }
  return edges
}

export function* connectionsOf(graph: Graph<Planned>): Iterable<{ from: string; to: string }> {
  for (const [from, all] of dataFlowEdges(graph)) for (const to of all) yield { from, to }
}

function takesTelemetry({ exports }: Declaration, name: string): boolean {
  return receivers.has(exports[name]?.type.name ?? '')
}
