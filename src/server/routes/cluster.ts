// What is told of the nodes of a cluster.

import type { InternalResponse } from '../../engine/internal_network.ts'
import { jsonString } from '../../go/json_text.ts'
import { failure, json } from '../answers.ts'
import type { Route } from '../route.ts'

export interface Peer {
  readonly name: string
  /** Where others would reach it, `10.0.0.1:12345`. */
  readonly addr: string
  readonly isSelf: boolean
  readonly state: 'viewer' | 'participant' | 'terminating'
}

/** Without clustering the node is alone, and others may not talk to it. */
export function cluster(peers: () => readonly Peer[]): Route {
  return ({ path, uiPath }) => {
    if (path.startsWith('/api/v1/ckit/transport/')) return failure(404, 'clustering is disabled')
    return uiPath === 'api/v0/web/peers' ? peersAnswer(peers()) : undefined
  }
}

/** Keys in upstream's order. */
async function peersAnswer(peers: readonly Peer[]): Promise<InternalResponse> {
  const items = peers.map(({ name, addr, isSelf, state }) => {
    return (
      `{"name":${jsonString(name)},"addr":${jsonString(addr)}` +
      `,"isSelf":${isSelf},"state":"${state}"}`
    )
  })
  return json([`[${items.join(',')}]`])
}
