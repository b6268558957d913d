// What the graph shows: components as boxes, modules as one box or, opened, as a frame around what
// is in them, and edges between what is to be seen. Pure: no canvas, no DOM.

import type { ComponentSummary } from '../../../src/client/api.ts'
import { layoutGraph, type Point } from '../../../src/graph/route.ts'
import { Hierarchy } from './hierarchy.ts'

export interface SceneNode {
  readonly id: string
  readonly component: ComponentSummary
  /** Opened: a frame. */
  readonly isOpen: boolean
  /** Components in its modules, at any depth. */
  readonly inside: number
  /** Of those, how many are unhealthy. */
  readonly sickInside: number
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

export interface SceneEdge {
  readonly from: string
  readonly to: string
  /** Flows that it stands for, as `flowKey`; none where one only refers to the other. */
  readonly flows: readonly string[]
  readonly points: readonly Point[]
  /** From a box to the frame around it. */
  readonly isInner: boolean
}

/** Two boxes that are to be seen, however many frames lie between. */
export interface Link {
  readonly from: string
  readonly to: string
  readonly flows: readonly string[]
}

export interface Scene {
  /** Frames before what is in them. */
  readonly nodes: readonly SceneNode[]
  readonly byId: ReadonlyMap<string, SceneNode>
  readonly edges: readonly SceneEdge[]
  readonly links: readonly Link[]
  readonly width: number
  readonly height: number
}

export interface Flow {
  readonly from: string
  readonly to: string
}

export interface SceneOptions {
  /** Of the module that is shown; empty for the root. */
  readonly moduleId: string
  /** Ids of components whose modules are opened. */
  readonly opened: ReadonlySet<string>
  /** Only these components, if given. */
  readonly only: ReadonlySet<string> | undefined
}

export const nodeWidth = 216
export const nodeHeight = 44
export const frameTitleHeight = 26
const framePadding = 14

const layoutOptions = {
  nodeGap: 14,
  edgeHeight: 8,
  laneGap: 9,
  padding: 40,
  partGap: 26,
} as const

export function flowKey({ from, to }: Flow): string {
  return `${from} ${to}`
}

/** @param flows beside what the components say of themselves: edges that something was seen on. */
export function buildScene(
  components: readonly ComponentSummary[],
  flows: readonly Flow[],
  options: SceneOptions,
): Scene {
  const hierarchy = new Hierarchy(components, options)
  const links = linksOf(hierarchy, components, flows)
  const whole = placeModule(options.moduleId, hierarchy, levelsOf(hierarchy, links))
  const byId = new Map(whole.nodes.map((node) => [node.id, node]))
  const edges = [...whole.edges, ...innerEdges(hierarchy, links, byId)]
  return { ...whole, byId, edges, links }
}

interface Placed {
  /** Frames before what is in them. */
  readonly nodes: readonly SceneNode[]
  readonly edges: readonly SceneEdge[]
  readonly width: number
  readonly height: number
}

type Levels = ReadonlyMap<string, ReadonlyMap<string, Link>>

/** What is in a module, from its own origin on. */
function placeModule(moduleId: string, hierarchy: Hierarchy, levels: Levels): Placed {
  const members = hierarchy.members(moduleId)
  const frames = new Map(
    members
      .filter((component) => hierarchy.isOpen(component))
      .map((component) => [component.id, placeFrame(component, hierarchy, levels)]),
  )
  const sizes = members.map(({ id }) => {
    const { width, height } = frames.get(id) ?? { width: nodeWidth, height: nodeHeight }
    return { id, width, height }
  })
  const level = levels.get(moduleId) ?? new Map<string, Link>()
  const layout = layoutGraph(sizes, [...level.values()], layoutOptions)
  const own: SceneNode[] = []
  const inner: Placed[] = []
  for (const component of members) {
    const { id } = component
    const place = layout.nodes.get(id)
    if (place === undefined) continue
    const { x, y, width, height } = place
    const frame = frames.get(id)
    if (frame !== undefined) inner.push(moved(frame, x, y))
    const inside = hierarchy.inside(component)
    own.push({ id, component, isOpen: frame !== undefined, ...inside, x, y, width, height })
  }
  const edges = layout.edges.map((edge) => {
    return { ...edge, isInner: false, flows: level.get(flowKey(edge))?.flows ?? [] }
  })
  return {
    nodes: [...own, ...inner.flatMap(({ nodes }) => nodes)],
    edges: [...edges, ...inner.flatMap((each) => each.edges)],
    width: layout.width,
    height: layout.height,
  }
}

/** The modules of a component, one below the other. */
function placeFrame(component: ComponentSummary, hierarchy: Hierarchy, levels: Levels): Placed {
  let bottom = frameTitleHeight
  let right = nodeWidth
  const modules: Placed[] = []
  for (const moduleId of component.createdModuleIds) {
    const module = placeModule(moduleId, hierarchy, levels)
    modules.push(moved(module, framePadding, bottom + framePadding / 2))
    bottom += module.height + framePadding
    right = Math.max(right, module.width)
  }
  return {
    nodes: modules.flatMap(({ nodes }) => nodes),
    edges: modules.flatMap(({ edges }) => edges),
    width: right + 2 * framePadding,
    height: bottom + framePadding / 2,
  }
}

function moved({ nodes, edges, ...size }: Placed, dx: number, dy: number): Placed {
  return {
    ...size,
    nodes: nodes.map((node) => movedNode(node, dx, dy)),
    edges: edges.map((edge) => movedEdge(edge, dx, dy)),
  }
}

function movedNode(node: SceneNode, dx: number, dy: number): SceneNode {
  return { ...node, x: node.x + dx, y: node.y + dy }
}

function movedEdge(edge: SceneEdge, dx: number, dy: number): SceneEdge {
  return { ...edge, points: edge.points.map(([x, y]) => [x + dx, y + dy] as const) }
}

interface MutableLink {
  readonly from: string
  readonly to: string
  readonly flows: string[]
}

/** Between boxes that are to be seen: each stands for all flows between what is in the two. */
function linksOf(
  hierarchy: Hierarchy,
  components: readonly ComponentSummary[],
  flows: readonly Flow[],
): Link[] {
  const links = new Map<string, MutableLink>()
  const seen = new Set<string>()
  const add = (flow: Flow, isFlow: boolean) => {
    const [from, to] = [hierarchy.visible(flow.from), hierarchy.visible(flow.to)]
    if (from === undefined || to === undefined || from === to) return
    const [key, own] = [flowKey({ from, to }), flowKey(flow)]
    const link = links.get(key) ?? { from, to, flows: [] }
    if (isFlow && !seen.has(own)) link.flows.push(own)
    if (isFlow) seen.add(own)
    links.set(key, link)
  }
  for (const { id, dataFlowTo } of components) {
    for (const to of dataFlowTo) add({ from: id, to }, true)
  }
  for (const flow of flows) add(flow, true)
  for (const component of components) {
    for (const to of component.referencesTo) {
      if (!hierarchy.hasModules(component.id) && !hierarchy.hasModules(to)) continue
      const [a, b] = [hierarchy.visible(component.id), hierarchy.visible(to)]
      if (a === undefined || b === undefined) continue
      if (links.has(flowKey({ from: a, to: b })) || links.has(flowKey({ from: b, to: a }))) continue
      add({ from: component.id, to }, false)
    }
  }
  return [...links.values()]
}

/** Of each module the edges between its own boxes, which stand for what is in them. */
function levelsOf(
  hierarchy: Hierarchy,
  links: readonly Link[],
): Map<string, Map<string, MutableLink>> {
  const levels = new Map<string, Map<string, MutableLink>>()
  for (const link of links) {
    const ends = hierarchy.siblings(link.from, link.to)
    if (ends === undefined) continue
    const { moduleId, from, to } = ends
    const level = levels.get(moduleId) ?? new Map<string, MutableLink>()
    levels.set(moduleId, level)
    const key = flowKey({ from, to })
    const edge = level.get(key) ?? { from, to, flows: [] }
    level.set(key, edge)
    edge.flows.push(...link.flows)
  }
  return levels
}

/** From a box to the frames around it, where an edge goes on from them. */
function innerEdges(
  hierarchy: Hierarchy,
  links: readonly Link[],
  byId: ReadonlyMap<string, SceneNode>,
): SceneEdge[] {
  const found = new Map<string, SceneEdge & { readonly flows: string[] }>()
  const add = (inner: string, frame: string, flows: readonly string[], isOut: boolean) => {
    const [box, around] = [byId.get(inner), byId.get(frame)]
    if (box === undefined || around === undefined) return
    const [from, to] = isOut ? [inner, frame] : [frame, inner]
    const points = isOut
      ? curve(box.x + box.width, middle(box), around.x + around.width, middle(around))
      : curve(around.x, middle(around), box.x, middle(box))
    const key = flowKey({ from, to })
    const edge = found.get(key) ?? { from, to, points, isInner: true, flows: [] }
    found.set(key, edge)
    edge.flows.push(...flows)
  }
  for (const { from, to, flows } of links) {
    const ends = hierarchy.siblings(from, to)
    if (ends === undefined) continue
    if (ends.from !== from) add(from, ends.from, flows, true)
    if (ends.to !== to) add(to, ends.to, flows, false)
  }
  return [...found.values()]
}

function middle({ y, height }: SceneNode): number {
  return y + Math.floor(height / 2)
}

function curve(x1: number, y1: number, x2: number, y2: number): Point[] {
  const x = x1 + (x2 - x1) / 2
  return [
    [x1, y1],
    [x, y1],
    [x, y2],
    [x2, y2],
  ]
}
