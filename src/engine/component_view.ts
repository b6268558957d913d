// What others may see of a component: the API, the UIs and /-/delivering.

import { statementsShown } from '../schema/encode.ts'
import type { Installation } from '../schema/type.ts'
import { ComponentNode } from './component_node.ts'
import { dataFlowEdges } from './data_flow.ts'
import type { DebugBody } from './debug_info.ts'
import type { EvaluatedNode } from './evaluation.ts'
import type { Graph } from './graph.ts'
import type { DeliveryState, Health } from './health.ts'
import type { InternalRequest, InternalResponse } from './internal_network.ts'
import type { LiveNode } from './loader.ts'

/** What costs work is a method. */
export interface ComponentView {
  /** `prometheus.scrape`. */
  readonly name: string
  /** `default`; empty for those without. */
  readonly label: string
  /** `prometheus.scrape.default`. */
  readonly localId: string
  /** Empty at the root. */
  readonly moduleId: string
  /** Local ids, of components only, in the order of the configuration. */
  readonly referencesTo: readonly string[]
  readonly referencedBy: readonly string[]
  /** One that is referred to twice is there twice. */
  readonly dataFlowEdgesTo: readonly string[]
  readonly createdModuleIds: readonly string[]
  /** Whether components of this kind can show what flows through them. */
  readonly supportsLiveDebugging: boolean
  health(): Health
  /** Without what equals its default. */
  arguments(): DebugBody
  exports(): DebugBody
  debugInfo(): DebugBody
  /** Of writers only. */
  delivery?(): DeliveryState
  /** Of components that answer requests. */
  http?(request: InternalRequest): Promise<InternalResponse>
}

/** Of all components of a graph, by global id, in the order of the configuration. */
export function viewsOf<N extends EvaluatedNode>(
  graph: Graph<LiveNode<N>>,
  installation: Installation,
): ReadonlyMap<string, ComponentView> {
  const edges = dataFlowEdges(graph)
  const isComponent = (id: string) => graph.get(id)?.planned.kind === 'component'
  const views = new Map<string, ComponentView>()
  for (const { id, node, planned } of graph.nodes) {
    if (!(node instanceof ComponentNode)) continue
    views.set(node.globalId, {
      ...viewOf(node, planned.block?.label ?? '', installation),
      referencesTo: [...graph.dependencies(id)].filter(isComponent),
      referencedBy: [...graph.dependants(id)].filter(isComponent),
      dataFlowEdgesTo: edges.get(id) ?? [],
    })
  }
  return views
}

type Links = 'referencesTo' | 'referencedBy' | 'dataFlowEdgesTo'

function viewOf(
  node: ComponentNode,
  label: string,
  installation: Installation,
): Omit<ComponentView, Links> {
  const { component, declaration, globalId, id } = node
  const slash = globalId.lastIndexOf('/')
  return {
    name: declaration.name,
    label,
    localId: id,
    moduleId: slash < 0 ? '' : globalId.slice(0, slash),
    createdModuleIds: [],
    supportsLiveDebugging: false,
    health: () => node.health(),
    arguments: () => {
      return node.arguments === undefined ? [] : statementsShown(node.arguments, installation)
    },
    exports: () => {
      return [...node.exports].map(([name, value]) => ({ kind: 'attribute', name, value }))
    },
    debugInfo: () => debugInfoOf(node),
    ...(component?.delivery && { delivery: () => deliveryOf(node) }),
    ...(component?.http && { http: (request) => component.http!(request) }),
  }
}

function debugInfoOf(node: ComponentNode): DebugBody {
  const info = node.read<DebugBody | undefined>(
    'debug_info',
    (component) => component.debugInfo?.(),
    (reason) => [{ kind: 'attribute', name: 'error', value: reason }],
  )
  return info ?? []
}

function deliveryOf(node: ComponentNode): DeliveryState {
  const state = node.read<DeliveryState | undefined>(
    'delivery',
    (component) => component.delivery?.(),
    (reason) => ({ isDelivering: false, message: `cannot read its delivery: ${reason}` }),
  )
  return state ?? { isDelivering: true, message: '' }
}
