// The graph of a configuration: an edge goes from the node that refers to the node it refers to.

export class Graph<N> {
  readonly #nodes = new Map<string, N>()
  readonly #dependencies = new Map<string, Set<string>>()
  readonly #dependants = new Map<string, Set<string>>()

  /** Adds a node, or replaces the one of that id and keeps its edges. */
  add(id: string, node: N): void {
    this.#nodes.set(id, node)
    if (this.#dependencies.has(id)) return
    this.#dependencies.set(id, new Set())
    this.#dependants.set(id, new Set())
  }

  /** `from` refers to `to`; both must have been added. Once is enough: doubles are dropped. */
  connect(from: string, to: string): void {
    edgesOf(this.#dependencies, from).add(to)
    edgesOf(this.#dependants, to).add(from)
  }

  has(id: string): boolean {
    return this.#nodes.has(id)
  }

  get(id: string): N | undefined {
    return this.#nodes.get(id)
  }

  /** In the order in which they were added. */
  get ids(): readonly string[] {
    return [...this.#nodes.keys()]
  }

  get nodes(): readonly N[] {
    return [...this.#nodes.values()]
  }

  get size(): number {
    return this.#nodes.size
  }

  /** What the node refers to, directly. */
  dependencies(id: string): ReadonlySet<string> {
    return edgesOf(this.#dependencies, id)
  }

  /** What refers to the node, directly. */
  dependants(id: string): ReadonlySet<string> {
    return edgesOf(this.#dependants, id)
  }
}

function edgesOf(edges: ReadonlyMap<string, Set<string>>, id: string): Set<string> {
  const found = edges.get(id)
  if (found === undefined) throw new Error(`the graph has no node ${id}`)
  return found
}

/**
 * Groups of nodes that reach each other (Tarjan), what is referred to first; members in the order
 * in which they were added. The algorithm's recursion is spelled out, because a chain of references
 * may be longer than the stack is deep. O(nodes + edges).
 */
export function stronglyConnected<N>(graph: Graph<N>): string[][] {
  const groups: string[][] = []
  const rank = new Map(graph.ids.map((id, i) => [id, i]))
  const index = new Map<string, number>()
  const low = new Map<string, number>()
  const open: string[] = []
  const isOpen = new Set<string>()

  interface Visit {
    readonly id: string
    readonly rest: Iterator<string>
  }
  const enter = (id: string): Visit => {
    low.set(id, index.size)
    index.set(id, index.size)
    open.push(id)
    isOpen.add(id)
    return { id, rest: graph.dependencies(id)[Symbol.iterator]() }
  }
  const lower = (id: string, to: number) => low.set(id, Math.min(low.get(id)!, to))
  const close = (id: string) => {
    const members = open.splice(open.lastIndexOf(id))
    for (const member of members) isOpen.delete(member)
    groups.push(members.sort((a, b) => rank.get(a)! - rank.get(b)!))
  }

  for (const root of graph.ids) {
    if (index.has(root)) continue
    const path = [enter(root)]
    for (let visit = path.at(-1); visit !== undefined; visit = path.at(-1)) {
      const { value: next, done } = visit.rest.next()
      if (!done && !index.has(next)) path.push(enter(next))
      else if (!done && isOpen.has(next)) lower(visit.id, index.get(next)!)
      else if (done) {
        path.pop()
        const parent = path.at(-1)
        if (parent !== undefined) lower(parent.id, low.get(visit.id)!)
        if (low.get(visit.id) === index.get(visit.id)) close(visit.id)
      }
    }
  }
  return groups
}

/** Groups of more than one node that refer to each other, in the order of their first members. */
export function cyclesOf<N>(graph: Graph<N>): string[][] {
  const rank = new Map(graph.ids.map((id, i) => [id, i]))
  return stronglyConnected(graph)
    .filter((group) => group.length > 1)
    .sort(([a], [b]) => rank.get(a!)! - rank.get(b!)!)
}

/** Nodes that refer to themselves. */
export function selfReferences<N>(graph: Graph<N>): string[] {
  return graph.ids.filter((id) => graph.dependencies(id).has(id))
}

/**
 * What is referred to comes before what refers to it; else the order in which nodes were added.
 * The graph must be free of cycles.
 */
export function topologicalOrder<N>(graph: Graph<N>): string[] {
  return stronglyConnected(graph).flat()
}

/** Parts of the graph that no edge connects; ids in each part in topological order. */
export function weaklyConnected<N>(graph: Graph<N>): string[][] {
  const groupOf = new Map<string, number>()
  let groups = 0
  for (const root of graph.ids) {
    if (groupOf.has(root)) continue
    const queue = [root]
    groupOf.set(root, groups)
    for (let id = queue.pop(); id !== undefined; id = queue.pop()) {
      for (const next of [...graph.dependencies(id), ...graph.dependants(id)]) {
        if (groupOf.has(next)) continue
        groupOf.set(next, groups)
        queue.push(next)
      }
    }
    groups++
  }
  const result: string[][] = Array.from({ length: groups }, () => [])
  for (const id of topologicalOrder(graph)) result[groupOf.get(id)!]!.push(id)
  return result
}
