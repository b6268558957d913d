// What probes, scrapers and operators ask.

import { describe } from '../../engine/describe.ts'
import type { InternalRequest, InternalResponse } from '../../engine/internal_network.ts'
import type { Logger } from '../../model/logger.ts'
import { text, wrongMethod } from '../answers.ts'
import { everyComponent } from '../component_walk.ts'
import type { EngineView } from '../engine_view.ts'
import type { Route } from '../route.ts'

interface Parts {
  readonly engine: EngineView
  readonly logger: Logger
}

export function operational(parts: Parts): Route {
  const { engine } = parts
  return ({ path, request }) => {
    switch (path) {
      case '/-/healthy':
        return healthy(engine)
      case '/metrics':
        return metrics(request, engine)
      case '/-/ready':
        return engine.isReady()
          ? text(200, 'Alloy is ready.\n')
          : text(503, 'Alloy is not ready.\n')
      case '/-/live':
        return text(200, 'alloyts is alive.\n')
      case '/-/delivering':
        return delivering(engine)
      case '/-/reload':
        return reload(request, parts)
      default:
        return undefined
    }
  }
}

/** Only the root module counts, and only the state unhealthy, as in upstream. */
function healthy(engine: EngineView): InternalResponse {
  const unhealthy = (engine.components('') ?? [])
    .filter((component) => component.health().state === 'unhealthy')
    .map(({ name }) => name)
  if (unhealthy.length === 0) return text(200, 'All Alloy components are healthy.\n')
  return text(500, `unhealthy components: ${unhealthy.join(', ')}\n`)
}

async function metrics(request: InternalRequest, engine: EngineView): Promise<InternalResponse> {
  const accept = request.headers.accept ?? ''
  const escaping = /escaping=allow-utf-8/.test(accept) ? 'allow-utf-8' : 'underscores'
  const type = `text/plain; version=0.0.4; charset=utf-8; escaping=${escaping}`
  return text(200, await engine.metrics(), type)
}

/** Whether what is collected arrives, and how late; of all modules. */
function delivering(engine: EngineView): InternalResponse {
  const failing: string[] = []
  const others: string[] = []
  for (const { id, component } of everyComponent(engine)) {
    const state = component.delivery?.()
    if (state === undefined) continue
    const lag = state.lagSeconds === undefined ? '' : ` (lag ${state.lagSeconds.toFixed(1)}s)`
    if (state.isDelivering) others.push(`${id}: delivering${lag}\n`)
    else failing.push(`${id}: ${state.message}${lag}\n`)
  }
  if (failing.length === 0) return text(200, `All writers are delivering.\n${others.join('')}`)
  const rest = others.length === 0 ? '' : `writers that are delivering:\n${others.join('')}`
  return text(503, `writers that are not delivering:\n${failing.join('')}${rest}`)
}

async function reload(
  { method }: InternalRequest,
  { engine, logger }: Parts,
): Promise<InternalResponse> {
  if (method !== 'GET' && method !== 'POST') return wrongMethod('GET, POST')
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
