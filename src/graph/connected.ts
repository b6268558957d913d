// The graph as indices: unknown ends, loops and repeated edges left out, cycles turned, and cut
// into the parts that hang together.

export interface GraphNode {
  readonly id: string
  readonly width: number
  /** 1 unless said. */
  readonly height?: number
}

export interface GraphEdge {
  readonly from: string
  readonly to: string
}

/** A connected part. Its edges have no cycle. */
export interface Part {
  readonly nodes: readonly GraphNode[]
  readonly edges: readonly PartEdge[]
}

export interface PartEdge {
  /** Indices into the nodes of its part. */
  readonly from: number
  readonly to: number
  /** It goes against the others and would close a cycle: its ends are swapped. */
  readonly isTurned: boolean
}

/** In the order of each one's first node. */
export function partsOf(nodes: readonly GraphNode[], edges: readonly GraphEdge[]): Part[] {
  const indexOf = new Map(nodes.map(({ id }, i) => [id, i]))
  const kept = distinctEdges(indexOf, edges)
  const partOf = connectedParts(nodes.length, kept)
  const parts: { nodes: GraphNode[]; edges: [number, number][] }[] = []
  const place: number[] = []
  for (const [i, node] of nodes.entries()) {
    const part = parts[partOf[i]!] ?? { nodes: [], edges: [] }
    parts[partOf[i]!] = part
    place[i] = part.nodes.push(node) - 1
  }
  for (const [from, to] of kept) parts[partOf[from]!]!.edges.push([place[from]!, place[to]!])
  return parts.map((part) => ({
    nodes: part.nodes,
    edges: withoutCycles(part.nodes.length, part.edges),
  }))
}

function distinctEdges(
  indexOf: ReadonlyMap<string, number>,
  edges: readonly GraphEdge[],
): (readonly [number, number])[] {
  const seen = new Set<number>()
  const kept: (readonly [number, number])[] = []
  for (const edge of edges) {
    const from = indexOf.get(edge.from)
    const to = indexOf.get(edge.to)
    if (from === undefined || to === undefined || from === to) continue
    const key = from * indexOf.size + to
    if (seen.has(key)) continue
    seen.add(key)
    kept.push([from, to])
  }
  return kept
}

/** The number of each node's part, in the order of first nodes. */
function connectedParts(count: number, edges: readonly (readonly [number, number])[]): number[] {
  const neighbours = Array.from({ length: count }, (): number[] => [])
  for (const [from, to] of edges) {
    neighbours[from]!.push(to)
    neighbours[to]!.push(from)
  }
  const partOf = new Array<number>(count).fill(-1)
  let parts = 0
  for (let first = 0; first < count; first++) {
    if (partOf[first] !== -1) continue
    const waiting = [first]
    partOf[first] = parts
    for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
      for (const next of neighbours[node]!) {
        if (partOf[next] !== -1) continue
        partOf[next] = parts
        waiting.push(next)
      }
    }
    parts++
  }
  return partOf
}

const untouched = 0
const open = 1
const done = 2

/** Turns every edge that leads back to a node of the path it was found on. */
function withoutCycles(count: number, edges: readonly (readonly [number, number])[]): PartEdge[] {
  const outgoing = Array.from({ length: count }, (): number[] => [])
  for (const [i, [from]] of edges.entries()) outgoing[from]!.push(i)
  const state = new Uint8Array(count)
  const turned = new Set<number>()
  for (let first = 0; first < count; first++) {
    if (state[first] !== untouched) continue
    state[first] = open
    const path = [{ node: first, next: 0 }]
    for (let top = path.at(-1); top !== undefined; top = path.at(-1)) {
      const edge = outgoing[top.node]![top.next++]
      if (edge === undefined) {
        state[top.node] = done
        path.pop()
        continue
      }
      const to = edges[edge]![1]
      if (state[to] === open) turned.add(edge)
      if (state[to] !== untouched) continue
      state[to] = open
      path.push({ node: to, next: 0 })
    }
  }
  return distinctTurned(count, edges, turned)
}

/** An edge that was turned may be there already, and is left out then. */
function distinctTurned(
  count: number,
  edges: readonly (readonly [number, number])[],
  turned: ReadonlySet<number>,
): PartEdge[] {
  const straight = new Set(
    edges.flatMap(([from, to], i) => (turned.has(i) ? [] : [from * count + to])),
  )
  return edges.flatMap(([from, to], i): PartEdge[] => {
    if (!turned.has(i)) return [{ from, to, isTurned: false }]
    return straight.has(to * count + from) ? [] : [{ from: to, to: from, isTurned: true }]
  })
}
