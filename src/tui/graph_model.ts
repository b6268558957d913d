// The graph as the user wants to see it: all of it or a part, modules open or as one node each, in
// layers or as a tree.

import type { ComponentSummary } from '../client/api.ts'
import type { GraphEdge } from '../graph/connected.ts'
import { type Layout, layoutGraph } from '../graph/route.ts'
import { isFaulty, matcher } from './rows.ts'
import type { State } from './state.ts'
import { shorten, widthOf } from './text.ts'

/** Columns of a rate behind the name of a node, so that it may change without moving anything. */
const rateWidth = 7

/** The widest name. */
const labelWidthMax = 28

export interface PipelineNode {
  /** A global id; of a module that is one node, of what made it. */
  readonly id: string
  readonly label: string
  /** The ids of the components that it stands for. */
  readonly members: readonly string[]
}

export interface Pipeline {
  readonly nodes: ReadonlyMap<string, PipelineNode>
  readonly edges: readonly PipelineEdge[]
  readonly layout: Layout
  readonly tree: readonly TreeRow[]
}

export interface PipelineEdge extends GraphEdge {
  /** It stands for a reference to a module, of which nothing says what flows where. */
  readonly isReference: boolean
}

export interface TreeRow {
  /** The node's id; another one where it is shown again. */
  readonly key: string
  readonly id: string
  /** For every level whether more of it follows; the last one is the node's own. */
  readonly follows: readonly boolean[]
  /** Its own part of the tree is further up. */
  readonly isRepeated: boolean
}

/** Kept as long as the components have the same shape. */
const kept = new WeakMap<object, Map<string, Pipeline>>()

/** Views kept of one shape. */
const keptMax = 20

export function pipelineOf(state: State): Pipeline {
  const { data, view } = state
  const { hops, isCollapsed } = view.graph
  const filter = view.filters.graph ?? ''
  const centre = hops === undefined ? '' : (view.selected.graph ?? '')
  const faults = view.onlyFaults ? data.components.filter(isFaulty).map(({ id }) => id) : undefined
  const key = JSON.stringify([isCollapsed, filter, faults, hops, centre])
  const views = kept.get(data.shape) ?? new Map<string, Pipeline>()
  kept.set(data.shape, views)
  const known = views.get(key)
  if (known !== undefined) return known
  if (views.size >= keptMax) views.clear()
  const pipeline = build(state, filter, centre, faults)
  views.set(key, pipeline)
  return pipeline
}

function build(
  { data, view }: State,
  filter: string,
  centre: string,
  faults: readonly string[] | undefined,
): Pipeline {
  const { hops, isCollapsed } = view.graph
  const place = isCollapsed ? topOf : (id: string) => id
  const all = edgesOf(data.components, place)
  const wanted = matcher(filter)
  const faulty = new Set(faults)
  const shown = new Set<string>()
  for (const { id } of data.components) {
    if (wanted(id) && (faults === undefined || faulty.has(id))) shown.add(place(id))
  }
  const near = hops === undefined ? undefined : neighbourhood(all, centre, hops)
  const members = new Map<string, string[]>()
  for (const { id } of data.components) {
    const node = place(id)
    if (!shown.has(node) || near?.has(node) === false) continue
    const known = members.get(node)
    if (known === undefined) members.set(node, [id])
    else known.push(id)
  }
  const nodes = new Map(
    [...members].map(([id, ids]) => [id, { id, label: labelOf(id), members: ids }]),
  )
  const edges = all.filter(({ from, to }) => nodes.has(from) && nodes.has(to))
  const layout = layoutGraph(
    [...nodes.values()].map(({ id, label }) => ({ id, width: 4 + widthOf(label) + rateWidth })),
    edges,
    { nodeGap: 0, edgeHeight: 1, laneGap: 1, padding: 1, partGap: 1 },
  )
  return { nodes, edges, layout, tree: treeOf([...nodes.keys()], edges) }
}

/** The health of each node; of several components, of the one that is worst off. */
export function healthOf(
  { data }: State,
  { nodes }: Pipeline,
): ReadonlyMap<string, ComponentSummary['health']> {
  const byId = new Map(data.components.map(({ health, id }) => [id, health]))
  const worst = new Map<string, ComponentSummary['health']>()
  for (const { id, members } of nodes.values()) {
    for (const member of members) {
      const health = byId.get(member)
      const before = worst.get(id)
      if (health === undefined) continue
      if (before === undefined || badness[health.state] > badness[before.state])
        worst.set(id, health)
    }
  }
  return worst
}

const badness = { exited: 3, unhealthy: 2, unknown: 1, healthy: 0 }

/** The component at the root that has made a component of a module, at any depth. */
export function topOf(id: string): string {
  const [first = '', second = ''] = id.split('/', 2)
  return first === 'remotecfg' ? `${first}/${second}` : first
}

function labelOf(id: string): string {
  return shorten(id, labelWidthMax, '..')
}

function edgesOf(
  components: readonly ComponentSummary[],
  place: (id: string) => string,
): readonly PipelineEdge[] {
  const isModule = new Set(
    components.filter((each) => each.createdModuleIds.length > 0).map(({ id }) => id),
  )
  const edges = new Map<string, PipelineEdge>()
  const add = (from: string, to: string, isReference: boolean) => {
    const key = `${from} ${to}`
    if (from === to || edges.get(key)?.isReference === false) return
    edges.set(key, { from, to, isReference })
  }
  for (const { dataFlowTo, id, referencesTo } of components) {
    for (const to of dataFlowTo) add(place(id), place(to), false)
    for (const to of referencesTo) {
      const isKnown = edges.has(`${place(to)} ${place(id)}`)
      if ((isModule.has(to) || isModule.has(id)) && !isKnown) add(place(id), place(to), true)
    }
  }
  return [...edges.values()]
}

function neighbourhood(
  edges: readonly PipelineEdge[],
  centre: string,
  hops: number,
): ReadonlySet<string> {
  const near = new Set([centre])
  for (let hop = 0; hop < hops; hop++) {
    const before = new Set(near)
    for (const { from, to } of edges) {
      if (before.has(from)) near.add(to)
      if (before.has(to)) near.add(from)
    }
  }
  return near
}

/** Each node below the first one that leads to it; what is below it is written out once. */
function treeOf(ids: readonly string[], edges: readonly PipelineEdge[]): readonly TreeRow[] {
  const below = new Map<string, string[]>(ids.map((id) => [id, []]))
  const hasParent = new Set<string>()
  for (const { from, to } of edges) {
    below.get(from)?.push(to)
    hasParent.add(to)
  }
  const rows: TreeRow[] = []
  const done = new Set<string>()
  const visit = (id: string, follows: readonly boolean[]) => {
    const isRepeated = done.has(id)
    rows.push({ key: isRepeated ? `${id} ${rows.length}` : id, id, follows, isRepeated })
    if (isRepeated) return
    done.add(id)
    const children = below.get(id) ?? []
    for (const [i, child] of children.entries()) {
      visit(child, [...follows, i < children.length - 1])
    }
  }
  for (const id of ids) if (!hasParent.has(id)) visit(id, [])
  // What is left lies on cycles.
  for (const id of ids) if (!done.has(id)) visit(id, [])
  return rows
}

/** Layers where they fit into the width, else a tree, unless the user has chosen. */
export function formOf(state: State, pipeline: Pipeline): 'layers' | 'tree' {
  const { graph, size } = state.view
  return graph.form ?? (pipeline.layout.width + 2 <= size.width ? 'layers' : 'tree')
}

export type Direction = 'up' | 'down' | 'left' | 'right'

/** The node that a key leads to from the selected one. */
export function nextNode(pipeline: Pipeline, selected: string, direction: Direction): string {
  const from = pipeline.layout.nodes.get(selected)
  const all = [...pipeline.layout.nodes.values()]
  if (from === undefined) return all[0]?.id ?? ''
  const isForth = direction === 'right' || direction === 'down'
  const isSideways = direction === 'left' || direction === 'right'
  const linked = new Set(
    pipeline.edges.flatMap((edge) => {
      if (direction === 'right' && edge.from === selected) return [edge.to]
      return direction === 'left' && edge.to === selected ? [edge.from] : []
    }),
  )
  const candidates = all.filter(({ id, x, y }) => {
    if (isSideways) return linked.has(id)
    const isBeyond = isForth ? y > from.y : y < from.y
    return isBeyond && Math.abs(x - from.x) < 30
  })
  const distance = ({ x, y }: { readonly x: number; readonly y: number }) => {
    return Math.abs(y - from.y) + (isSideways ? 0 : Math.abs(x - from.x))
  }
  return candidates.sort((a, b) => distance(a) - distance(b))[0]?.id ?? selected
}
