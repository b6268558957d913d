// What others may see of a component: the API, the UIs and /-/delivering.

import { Secret } from '../eval/secret.ts'
import { Struct, type Value } from '../eval/value.ts'
import { isCredentialKey } from '../schema/credential_names.ts'
import type { Declaration } from '../schema/declaration.ts'
import { statementsShown } from '../schema/encode.ts'
import { entriesInOrder } from '../schema/show.ts'
import type { Installation } from '../schema/type.ts'
import { ComponentNode } from './component_node.ts'
import { dataFlowEdges } from './data_flow.ts'
import type { DebugBody, DebugStatement } from './debug_info.ts'
import type { EvaluatedNode } from './evaluation.ts'
import type { Flow } from './flow.ts'
import type { Graph } from './graph.ts'
import type { DeliveryState, Health } from './health.ts'
import type { InternalRequest, InternalResponse } from './internal_network.ts'
import type { LiveNode } from './loader.ts'
import { CustomNode } from './modules/custom_node.ts'
import { ForeachNode } from './modules/foreach_node.ts'
import type { PlannedNode } from './planned.ts'
import type { TargetState } from './target_state.ts'

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
  /** How texts of its arguments and exports are to be shown; as they are where it is absent. */
  mask?(text: string): string
  /** Without what equals its default. */
  arguments(): readonly DebugStatement[]
  exports(): readonly DebugStatement[]
  debugInfo(): DebugBody
  /** What it has sent since it was opened: samples by receiver, and targets. */
  flows(): readonly Flow[]
  /** Of writers only. */
  delivery?(): DeliveryState
  /** Of what scrapes. */
  targets?(): readonly TargetState[]
  /** Of components that answer requests. */
  http?(request: InternalRequest): Promise<InternalResponse>
}

/** Of all components of a graph, by global id, in the order of the configuration. */
export function viewsOf(
  graph: Graph<LiveNode<EvaluatedNode>>,
  installation: Installation,
): ReadonlyMap<string, ComponentView> {
  const edges = dataFlowEdges(graph)
  const isComponent = (id: string) => isShown(graph.get(id)!.planned)
  const views = new Map<string, ComponentView>()
  for (const { id, node, planned } of graph.nodes) {
    const shown = shownOf(node, installation)
    if (shown === undefined) continue
    const { globalId, ...view } = shown
    const slash = globalId.lastIndexOf('/')
    views.set(globalId, {
      ...view,
      name: planned.block?.name ?? '',
      label: planned.block?.label ?? '',
      localId: id,
      moduleId: slash < 0 ? '' : globalId.slice(0, slash),
      supportsLiveDebugging: planned.kind === 'component' && showsFlows(planned.declaration),
      referencesTo: [...graph.dependencies(id)].filter(isComponent),
      referencedBy: [...graph.dependants(id)].filter(isComponent),
      dataFlowEdgesTo: edges.get(id) ?? [],
    })
  }
  return views
}

/** Of what flows, metrics and targets can be shown so far. */
function showsFlows({ accepts, emits }: Declaration): boolean {
  return [...accepts, ...emits].some((signal) => {
    return signal === 'targets' || signal === 'prometheus metrics'
  })
}

function isShown({ kind }: PlannedNode): boolean {
  return kind === 'component' || kind === 'custom' || kind === 'foreach'
}

type Own = 'createdModuleIds' | 'health' | 'arguments' | 'exports' | 'debugInfo' | 'flows'

interface Shown
  extends Pick<ComponentView, Own>,
    Partial<Pick<ComponentView, 'delivery' | 'http' | 'targets'>> {
  readonly globalId: string
}

/** Nothing for what is not shown. */
function shownOf(node: EvaluatedNode, installation: Installation): Shown | undefined {
  if (node instanceof ComponentNode) return shownComponent(node, installation)
  if (node instanceof CustomNode) return shownCustom(node)
  return node instanceof ForeachNode ? shownForeach(node, installation) : undefined
}

function shownComponent(node: ComponentNode, installation: Installation): Shown {
  const { component, globalId } = node
  return {
    globalId,
    createdModuleIds: [],
    health: () => node.health(),
    arguments: () => {
      return node.arguments === undefined ? [] : statementsShown(node.arguments, installation)
    },
    exports: () => attributesOf(node.exports),
    debugInfo: () => debugInfoOf(node),
    flows: () => node.flows(),
    ...(component?.delivery && { delivery: () => deliveryOf(node) }),
    ...(component?.targets && { targets: () => targetsOf(node) }),
    ...(component?.http && { http: (request) => component.http!(request) }),
  }
}

function shownCustom(node: CustomNode): Shown {
  const { globalId } = node
  return {
    globalId,
    createdModuleIds: [globalId],
    health: () => node.health(),
    arguments: () => sortedAttributes(node.arguments ?? new Map()),
    exports: () => sortedAttributes(node.exports),
    debugInfo: () => [],
    flows: () => [],
  }
}

function shownForeach(node: ForeachNode, installation: Installation): Shown {
  return {
    globalId: node.globalId,
    createdModuleIds: node.moduleIds,
    health: () => node.health(),
    arguments: () => {
      if (node.arguments === undefined) return []
      return statementsShown(node.arguments, installation).map((each) => {
        return each.kind === 'attribute' ? { ...each, value: veiled(each.name, each.value) } : each
      })
    },
    exports: () => [],
    debugInfo: () => [],
    flows: () => [],
  }
}

/**
 * Go's maps are shown in the order of their keys. Modules take values of any type, so that only
 * names tell which are secrets.
 */
function sortedAttributes(values: ReadonlyMap<string, Value>): readonly DebugStatement[] {
  const shown = entriesInOrder(new Map(values)).map(([name, value]): [string, Value] => {
    return [name, veiled(name, value)]
  })
  return attributesOf(shown)
}

function veiled(name: string, value: Value): Value {
  if (typeof value === 'string') return isCredentialKey(name) ? new Secret('') : value
  if (Array.isArray(value)) return value.map((each) => veiled(name, each))
  if (!(value instanceof Map)) return value
  const shown = [...value].map(([key, each]): [string, Value] => [key, veiled(key, each)])
  return value instanceof Struct ? new Struct(shown) : new Map(shown)
}

function attributesOf(values: Iterable<readonly [string, Value]>): readonly DebugStatement[] {
  return [...values].map(([name, value]) => ({ kind: 'attribute', name, value }))
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

function targetsOf(node: ComponentNode): readonly TargetState[] {
  const targets = node.read<readonly TargetState[] | undefined>(
    'targets',
    (component) => component.targets?.(),
    () => [],
  )
  return targets ?? []
}
