// What the server answers, whether asked over a socket or from inside the process.
// Source of the behaviour: alloy/internal/service/http, alloy/internal/web/api.

import { describe } from '../engine/describe.ts'
import type { InternalRequest, InternalResponse } from '../engine/internal_network.ts'
import { systemClock } from '../model/clock.ts'
import type { Logger } from '../model/logger.ts'
import { empty, failure, found, jsonFailure, notFound } from './answers.ts'
import { debugStreams } from './debug_stream.ts'
import type { EngineView } from './engine_view.ts'
import { graphStreams } from './graph_stream.ts'
import { requestPath } from './request_path.ts'
import type { Answering, Route, RoutedRequest } from './route.ts'
import { componentHttp } from './routes/component_http.ts'
import { operational } from './routes/operational.ts'
import { webApi } from './routes/web_api.ts'

export interface RoutesOptions {
  readonly engine: EngineView
  readonly logger: Logger
  /** Where the UI and its API begin: `/`, or `/alloy/`. Made with `uiPrefix`. */
  readonly uiPrefix: string
  /** Asked in this order, after those that every server has. */
  readonly groups?: readonly Route[]
  /**
   * Files of the UI, its page for paths that only it knows included.
   *
   * @param path what follows the prefix, `assets/app.js`; empty for the page itself.
   */
  ui?(request: InternalRequest, path: string): Answering
}

export type Routes = (request: InternalRequest) => Promise<InternalResponse>

/** The prefix with one slash on either side; `/` for none. */
export function uiPrefix(flag: string): string {
  const name = flag.replace(/^\/+|\/+$/g, '')
  return name === '' ? '/' : `/${name}/`
}

/** Answers every request, with 500 where a component fails. The first that answers is it. */
export function routes(options: RoutesOptions): Routes {
  const table: readonly Route[] = [
    operational(options),
    componentHttp(options.engine),
    webApi(options.engine),
    graphStreams(options.engine, systemClock),
    debugStreams({ engine: options.engine, clock: systemClock, random: Math.random }),
    ...(options.groups ?? []),
    prefixWithoutSlash(options.uiPrefix),
    unknownApi,
    ({ request, uiPath }) => (uiPath === undefined ? undefined : options.ui?.(request, uiPath)),
  ]
  return async (request) => {
    const target = requestPath(request.path)
    if (target.kind === 'bad') return failure(400, '400 Bad Request')
    if (target.kind === 'moved') return empty(301, { location: target.location })
    const asked = routed(request, target.path, target.query, options.uiPrefix)
    try {
      for (const route of table) {
        const answer = await route(asked)
        if (answer !== undefined) return answer
      }
      return notFound()
    } catch (error) {
      return failure(500, describe(error))
    }
  }
}

function routed(
  request: InternalRequest,
  path: string,
  search: string,
  prefix: string,
): RoutedRequest {
  const uiPath = path.startsWith(prefix) ? path.slice(prefix.length) : undefined
  return { request, path, uiPath, search, query: new URLSearchParams(search) }
}

function prefixWithoutSlash(prefix: string): Route {
  return ({ path }) => {
    return prefix !== '/' && `${path}/` === prefix ? found(encodeURI(prefix)) : undefined
  }
}

/** Who asks for JSON gets no page of the UI in its place, unlike in upstream. */
function unknownApi({ uiPath }: RoutedRequest): InternalResponse | undefined {
  return /^api(\/|$)/.test(uiPath ?? '') ? jsonFailure(404, 'not found') : undefined
}
