// Asks one group of routes, as the server does.

import type { InternalRequest, InternalResponse } from '../../src/engine/internal_network.ts'
import type { Route } from '../../src/server/route.ts'

export interface RouteAnswer extends InternalResponse {
  readonly text: string
}

/** @param target `GET /-/support?duration=1`. Nothing where the group does not answer. */
export async function askRoute(
  route: Route,
  target: string,
  changes: Partial<InternalRequest> & { readonly prefix?: string } = {},
): Promise<RouteAnswer | undefined> {
  const { prefix = '/', ...rest } = changes
  const [method = 'GET', url = '/'] = target.split(' ')
  const [path = '/', ...queries] = url.split('?')
  const search = queries.length === 0 ? '' : `?${queries.join('?')}`
  const { signal } = new AbortController()
  const answer = await route({
    request: { method, path: url, headers: {}, signal, ...rest },
    path,
    uiPath: path.startsWith(prefix) ? path.slice(prefix.length) : undefined,
    search,
    query: new URLSearchParams(search),
  })
  return answer && { ...answer, text: Buffer.from(answer.body).toString() }
}
