// Rates from counts that only grow.

import type { Flow } from '../engine/flow.ts'

/** What one component has sent, or between two readings did send, by receiver and type. */
export interface EdgeFlow extends Flow {
  /** Global id. */
  readonly from: string
}

/**
 * What went over each edge of `after` since `before`. A count that is less than it was, or new, has
 * begun at 0 meanwhile. An edge that is gone took what it had counted with it.
 */
export function flowsBetween(
  before: readonly EdgeFlow[],
  after: readonly EdgeFlow[],
): readonly EdgeFlow[] {
  const counts = new Map(before.map((edge) => [keyOf(edge), edge.count]))
  return after.map((edge) => {
    const known = counts.get(keyOf(edge)) ?? 0
    return { ...edge, count: edge.count < known ? edge.count : edge.count - known }
  })
}

function keyOf({ from, to = '', type }: EdgeFlow): string {
  return `${type} ${from} ${to}`
}
