// Puts a graph into layers from left to right, and the nodes of each layer into an order and to
// heights that let few edges cross and most go straight.
//
//   1. longest paths give the layers; what nothing leads to moves next to what it leads to
//   2. an edge over several layers gets a dummy in each, which keeps its way free
//   3. sweeps to and fro sort each layer by the mean place of its neighbours (barycentre); the
//      order with the fewest crossings is kept
//   4. sweeps to and fro move each node towards the median of its neighbours, in that order
// Source: Sugiyama, Tagawa, Toda: Methods for visual understanding of hierarchical systems (1981).

import type { Part } from './connected.ts'

/** A node, or a dummy, in its layer. */
export interface Cell {
  /** Into the nodes of the part; -1 for a dummy. */
  readonly node: number
  readonly layer: number
  readonly height: number
  /** Of its upper edge. */
  y: number
  /** Cells of the layer before, and of the next one. */
  readonly before: Cell[]
  readonly after: Cell[]
  /** Place in its layer. */
  order: number
  /** Where its neighbours want it in the order. */
  wish: number
}

export interface Layered {
  /** From left to right, each from top to bottom. */
  readonly layers: readonly (readonly Cell[])[]
  /** The cells of each edge of the part, from its start to its end, one in each layer. */
  readonly chains: readonly (readonly Cell[])[]
}

export interface LayerOptions {
  /** Free space between two nodes of a layer. */
  readonly nodeGap: number
  /** Space that an edge takes where it passes a layer. */
  readonly edgeHeight: number
}

const orderSweeps = 8
const heightSweeps = 4

/** Beyond so many dummies edges run straight on, past what lies between. */
const dummiesMax = 20_000

export function layersOf(part: Part, options: LayerOptions): Layered {
  const layerOf = layerNumbers(part)
  const cells = part.nodes.map(({ height = 1 }, node) => cellOf(node, layerOf[node]!, height))
  const layers: Cell[][] = Array.from({ length: Math.max(...layerOf) + 1 }, () => [])
  for (const cell of cells) layers[cell.layer]!.push(cell)
  const chains = chainsOf(part, cells, layers, options)
  sortLayers(layers)
  setHeights(layers, options.nodeGap)
  return { layers, chains }
}

function cellOf(node: number, layer: number, height: number): Cell {
  return { node, layer, height, y: 0, before: [], after: [], order: 0, wish: 0 }
}

function layerNumbers({ edges, nodes }: Part): number[] {
  const outgoing = nodes.map((): number[] => [])
  const missing = new Array<number>(nodes.length).fill(0)
  for (const { from, to } of edges) {
    outgoing[from]!.push(to)
    missing[to]!++
  }
  const layerOf = new Array<number>(nodes.length).fill(0)
  const sources = nodes.flatMap((_, i) => (missing[i] === 0 ? [i] : []))
  const sorted = [...sources]
  for (let at = 0; at < sorted.length; at++) {
    const node = sorted[at]!
    for (const to of outgoing[node]!) {
      layerOf[to] = Math.max(layerOf[to]!, layerOf[node]! + 1)
      if (--missing[to]! === 0) sorted.push(to)
    }
  }
  for (const source of sources) {
    const next = outgoing[source]!.map((to) => layerOf[to]!)
    if (next.length > 0) layerOf[source] = Math.min(...next) - 1
  }
  return layerOf
}

function chainsOf(
  { edges }: Part,
  cells: readonly Cell[],
  layers: Cell[][],
  { edgeHeight }: LayerOptions,
): Cell[][] {
  let dummies = 0
  return edges.map(({ from, to }) => {
    const chain = [cells[from]!]
    const end = cells[to]!
    const length = end.layer - chain[0]!.layer - 1
    const isShort = dummies + length <= dummiesMax
    if (isShort) dummies += length
    for (let layer = chain[0]!.layer + 1; isShort && layer < end.layer; layer++) {
      const dummy = cellOf(-1, layer, edgeHeight)
      layers[layer]!.push(dummy)
      chain.push(dummy)
    }
    chain.push(end)
    if (isShort) {
      for (let i = 1; i < chain.length; i++) {
        chain[i - 1]!.after.push(chain[i]!)
        chain[i]!.before.push(chain[i - 1]!)
      }
    }
    return chain
  })
}

function sortLayers(layers: Cell[][]): void {
  for (const layer of layers) number(layer)
  let best = { crossings: crossingsOf(layers), layers: layers.map((layer) => [...layer]) }
  for (let sweep = 0; sweep < orderSweeps && best.crossings > 0; sweep++) {
    const isForth = sweep % 2 === 0
    const visited = isForth ? layers : layers.toReversed()
    for (const layer of visited) sortByNeighbours(layer, isForth ? 'before' : 'after')
    const crossings = crossingsOf(layers)
    if (crossings >= best.crossings) continue
    best = { crossings, layers: layers.map((layer) => [...layer]) }
  }
  for (const [i, layer] of best.layers.entries()) {
    layers[i] = layer
    number(layer)
  }
}

function number(layer: readonly Cell[]): void {
  for (const [i, cell] of layer.entries()) cell.order = i
}

/** Those without neighbours on that side stay where they are. */
function sortByNeighbours(layer: Cell[], side: 'before' | 'after'): void {
  for (const cell of layer) {
    const neighbours = cell[side]
    let sum = 0
    for (let i = 0; i < neighbours.length; i++) sum += neighbours[i]!.order
    cell.wish = neighbours.length === 0 ? cell.order : sum / neighbours.length
  }
  layer.sort((a, b) => a.wish - b.wish)
  number(layer)
}

function crossingsOf(layers: readonly (readonly Cell[])[]): number {
  let crossings = 0
  for (let i = 0; i + 1 < layers.length; i++) {
    crossings += crossingsAfter(layers[i]!, layers[i + 1]!.length)
  }
  return crossings
}

/** Pairs of edges in the wrong order, with a tree of sums over the places of the next layer. */
function crossingsAfter(layer: readonly Cell[], size: number): number {
  const tree = new Uint32Array(size + 1)
  let seen = 0
  let found = 0
  for (const { after } of layer) {
    for (let k = 0; k < after.length; k++) {
      let notAbove = 0
      for (let i = after[k]!.order + 1; i > 0; i -= i & -i) notAbove += tree[i]!
      found += seen - notAbove
    }
    for (let k = 0; k < after.length; k++) {
      for (let i = after[k]!.order + 1; i <= size; i += i & -i) tree[i]!++
    }
    seen += after.length
  }
  return found
}

function setHeights(layers: readonly (readonly Cell[])[], gap: number): void {
  for (const layer of layers) {
    let y = 0
    for (const cell of layer) {
      cell.y = y
      y += cell.height + gap
    }
  }
  for (let sweep = 0; sweep < heightSweeps; sweep++) {
    const isForth = sweep % 2 === 0
    const visited = isForth ? layers : layers.toReversed()
    for (const layer of visited) moveToNeighbours(layer, isForth ? 'before' : 'after', gap)
  }
  const top = Math.min(...layers.flatMap(([first]) => (first === undefined ? [] : [first.y])))
  for (const layer of layers) for (const cell of layer) cell.y = Math.round(cell.y - top)
}

/** A run of cells that touch, with the mean of where they want its first one to be. */
interface Run {
  /** Sum of the wishes, each less its cell's distance from the first one. */
  sum: number
  count: number
  height: number
}

/** As near to the median of the neighbours as the order allows: least squares. */
function moveToNeighbours(layer: readonly Cell[], side: 'before' | 'after', gap: number): void {
  const runs: Run[] = []
  for (const cell of layer) {
    const wish = medianCentre(cell[side]) ?? cell.y + cell.height / 2
    runs.push({ sum: wish - cell.height / 2, count: 1, height: cell.height + gap })
    for (let last = runs.at(-1)!, prior = runs.at(-2); prior !== undefined; prior = runs.at(-2)) {
      if (prior.sum / prior.count + prior.height <= last.sum / last.count) break
      prior.sum += last.sum - last.count * prior.height
      prior.count += last.count
      prior.height += last.height
      runs.pop()
      last = prior
    }
  }
  let at = 0
  for (const { count, sum } of runs) {
    let y = sum / count
    for (let i = 0; i < count; i++) {
      const cell = layer[at++]!
      cell.y = y
      y += cell.height + gap
    }
  }
}

function medianCentre(cells: readonly Cell[]): number | undefined {
  if (cells.length === 0) return undefined
  const centres = cells.map(({ height, y }) => y + height / 2).sort((a, b) => a - b)
  const middle = centres.length >> 1
  return centres.length % 2 === 1 ? centres[middle] : (centres[middle - 1]! + centres[middle]!) / 2
}
