// What the server answers, whether asked over a socket or from inside the process.
// Source of the behaviour: alloy/internal/service/http, alloy/internal/web/api.

import type { ComponentView } from '../engine/component_view.ts'
import { describe } from '../engine/describe.ts'
import type { InternalRequest, InternalResponse } from '../engine/internal_network.ts'
import type { Logger } from '../model/logger.ts'
import { empty, failure, json, notFound, text } from './answers.ts'
import { detailPieces, listPieces } from './component_json.ts'
import type { EngineView } from './engine_view.ts'
import { requestPath } from './request_path.ts'

export interface RoutesOptions {
  readonly engine: EngineView
  readonly logger: Logger
  /** Where the web API begins: `/`, or `/alloy/`. Made with `uiPrefix`. */
  readonly uiPrefix: string
}

export type Routes = (request: InternalRequest) => Promise<InternalResponse>

const componentPrefix = '/api/v0/component/'

/** The prefix with one slash on either side; `/` for none. */
export function uiPrefix(flag: string): string {
  const name = flag.replace(/^\/+|\/+$/g, '')
  return name === '' ? '/' : `/${name}/`
}

/** Answers every request, with 500 where a component fails. */
export function routes(options: RoutesOptions): Routes {
  return async (request) => {
    const target = requestPath(request.path)
    if (target.kind === 'bad') return failure(400, '400 Bad Request')
    if (target.kind === 'moved') return empty(301, { location: target.location })
    try {
      return await route(request, target.path, target.query, options)
    } catch (error) {
      return failure(500, describe(error))
    }
  }
}

async function route(
  request: InternalRequest,
  path: string,
  query: string,
  options: RoutesOptions,
): Promise<InternalResponse> {
  const { engine } = options
  switch (path) {
    case '/-/healthy':
      return healthy(engine)
    case '/metrics':
      return metrics(request, engine)
    case '/-/ready':
      return engine.isReady() ? text(200, 'Alloy is ready.\n') : text(503, 'Alloy is not ready.\n')
    case '/-/live':
      return text(200, 'alloyts is alive.\n')
    case '/-/delivering':
      return delivering(engine)
    case '/-/reload':
      return reload(request, options)
  }
  if (path.startsWith(componentPrefix)) return componentHttp(request, path, query, engine)
  if (options.uiPrefix !== '/' && `${path}/` === options.uiPrefix) {
    return empty(302, { location: options.uiPrefix })
  }
  const api = `${options.uiPrefix}api/v0/web/`
  return path.startsWith(api) ? webApi(path.slice(api.length), engine) : notFound()
}

/** Only the root module counts, and only the state unhealthy, as in upstream. */
function healthy(engine: EngineView): InternalResponse {
  const unhealthy = (engine.components('') ?? [])
    .filter((component) => component.health().state === 'unhealthy')
    .map(({ name }) => name)
  if (unhealthy.length === 0) return text(200, 'All Alloy components are healthy.\n')
  return text(500, `unhealthy components: ${unhealthy.join(', ')}\n`)
}

/** Whether what is collected arrives; of all modules. */
function delivering(engine: EngineView): InternalResponse {
  const failing: string[] = []
  const visit = (moduleId: string) => {
    for (const component of engine.components(moduleId) ?? []) {
      const state = component.delivery?.()
      if (state !== undefined && !state.isDelivering) {
        const id = moduleId === '' ? component.localId : `${moduleId}/${component.localId}`
        failing.push(`${id}: ${state.message}\n`)
      }
      component.createdModuleIds.forEach(visit)
    }
  }
  visit('')
  if (failing.length === 0) return text(200, 'All writers are delivering.\n')
  return text(503, `writers that are not delivering:\n${failing.join('')}`)
}

async function metrics(request: InternalRequest, engine: EngineView): Promise<InternalResponse> {
  const accept = request.headers.accept ?? ''
  const escaping = /escaping=allow-utf-8/.test(accept) ? 'allow-utf-8' : 'underscores'
  const type = `text/plain; version=0.0.4; charset=utf-8; escaping=${escaping}`
  return text(200, await engine.metrics(), type)
}

async function reload(
  request: InternalRequest,
  { engine, logger }: RoutesOptions,
): Promise<InternalResponse> {
  const { method } = request
  if (method !== 'GET' && method !== 'POST') {
    const { headers, ...refusal } = failure(405, '405 method not allowed')
    return { ...refusal, headers: { ...headers, allow: 'GET, POST' } }
  }
  logger.log('info', 'reload requested via /-/reload endpoint')
  try {
    await engine.reload()
  } catch (error) {
    logger.log('error', 'failed to reload config', { err: describe(error) })
    return text(400, `${describe(error)}\n`)
  }
  logger.log('info', 'config reloaded')
  return text(200, 'config reloaded\n')
}

/** The longest prefix that is a component gets the rest, `` or `/metrics`, and the query. */
async function componentHttp(
  request: InternalRequest,
  path: string,
  query: string,
  engine: EngineView,
): Promise<InternalResponse> {
  const found = findComponent(path.slice(componentPrefix.length), engine)
  if (found === undefined) {
    return text(400, `failed to parse URL path ${JSON.stringify(path)}: invalid path\n`)
  }
  const { component, rest } = found
  if (component.http === undefined) return empty(404)
  return component.http({ ...request, path: rest + query })
}

function findComponent(
  path: string,
  engine: EngineView,
): { component: ComponentView; rest: string } | undefined {
  for (let end = path.length; end > 0; end = path.lastIndexOf('/', end - 1)) {
    const component = engine.component(path.slice(0, end))
    if (component !== undefined) return { component, rest: path.slice(end) }
  }
  return undefined
}

async function webApi(path: string, engine: EngineView): Promise<InternalResponse> {
  if (path === 'components') return json(listPieces(engine.components('') ?? []))
  if (path === 'remotecfg/components') return json(['[]'])
  const [, moduleId] = /^modules\/(.+)\/components$/.exec(path) ?? []
  if (moduleId !== undefined) {
    const components = engine.components(moduleId)
    return components === undefined
      ? failure(500, 'module not found')
      : json(listPieces(components))
  }
  const [, id] = /^components\/(.+)$/.exec(path) ?? []
  const component = id === undefined ? undefined : engine.component(id)
  return component === undefined ? notFound() : json(detailPieces(component))
}
