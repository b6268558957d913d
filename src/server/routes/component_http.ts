// Requests that components answer themselves, below `/api/v0/component/`.

import type { ComponentView } from '../../engine/component_view.ts'
import { empty, text } from '../answers.ts'
import type { EngineView } from '../engine_view.ts'
import type { Route } from '../route.ts'

const componentPrefix = '/api/v0/component/'

/** The longest prefix that is a component gets the rest, `` or `/metrics`, and the query. */
export function componentHttp(engine: EngineView): Route {
  return ({ request, path, search }) => {
    if (!path.startsWith(componentPrefix)) return undefined
    const found = findComponent(path.slice(componentPrefix.length), engine)
    if (found === undefined) {
      return text(400, `failed to parse URL path ${JSON.stringify(path)}: invalid path\n`)
    }
    const { component, rest } = found
    if (component.http === undefined) return empty(404)
    return component.http({ ...request, path: rest + search })
  }
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
