// Where the arrow keys lead.

import type { Scene, SceneNode } from './scene.ts'

export type Direction = 'left' | 'right' | 'up' | 'down'

/** To what flows in or out, else to what lies that way; from nothing to the first one. */
export function neighbour(
  scene: Scene,
  id: string | undefined,
  way: Direction,
): string | undefined {
  const node = id === undefined ? undefined : scene.byId.get(id)
  if (node === undefined) return scene.nodes.find(({ isOpen }) => !isOpen)?.id
  if (way === 'left' || way === 'right') {
    const linked = scene.links.flatMap(({ from, to }) =>
      way === 'right' && from === node.id ? [to] : way === 'left' && to === node.id ? [from] : [],
    )
    const nearest = closest(scene, node, (other) => linked.includes(other.id))
    if (nearest !== undefined) return nearest.id
  }
  return closest(scene, node, (other) => lies(other, node, way))?.id
}

function lies(other: SceneNode, node: SceneNode, way: Direction): boolean {
  if (other.isOpen) return false
  const dx = other.x - node.x
  const dy = other.y - node.y
  switch (way) {
    case 'left':
      return dx < 0
    case 'right':
      return dx > 0
    case 'up':
      return dy < 0 && Math.abs(dx) < node.width
    case 'down':
      return dy > 0 && Math.abs(dx) < node.width
  }
}

function closest(
  { nodes }: Scene,
  node: SceneNode,
  isWanted: (other: SceneNode) => boolean,
): SceneNode | undefined {
  let best: SceneNode | undefined
  let bestDistance = Number.POSITIVE_INFINITY
  for (const other of nodes) {
    if (other.id === node.id || !isWanted(other)) continue
    const distance = Math.abs(other.x - node.x) + Math.abs(other.y - node.y)
    if (distance >= bestDistance) continue
    best = other
    bestDistance = distance
  }
  return best
}
