// The API that upstream's UI reads, below `PREFIX/api/v0/web/`, by any method, as there.

import type { ComponentView } from '../../engine/component_view.ts'
import { failure, json, notFound } from '../answers.ts'
import { detailPieces, listPieces } from '../component_json.ts'
import type { EngineView } from '../engine_view.ts'
import type { Answering, Route } from '../route.ts'

const apiPrefix = 'api/v0/web/'

/** Components of the remote configuration, of which there is none. */
const remote: Components = { list: (moduleId) => (moduleId === '' ? [] : undefined) }

interface Components {
  /** Of a module, `''` for the outermost one. */
  list(moduleId: string): readonly ComponentView[] | undefined
  find?(id: string): ComponentView | undefined
}

export function webApi(engine: EngineView): Route {
  const local: Components = {
    list: (moduleId) => engine.components(moduleId),
    find: (id) => engine.component(id),
  }
  return async ({ uiPath }) => {
    if (uiPath?.startsWith(apiPrefix) !== true) return undefined
    const path = uiPath.slice(apiPrefix.length)
    const below = /^remotecfg\/(.*)$/s.exec(path)?.[1]
    const answer = await (below === undefined ? answerOf(path, local) : answerOf(below, remote))
    return answer && { ...answer, headers: { ...answer.headers, vary: 'Accept-Encoding' } }
  }
}

function answerOf(path: string, { list, find }: Components): Answering {
  if (path === 'components') return json(listPieces(list('') ?? []))
  const [, moduleId] = /^modules\/(.+)\/components$/s.exec(path) ?? []
  if (moduleId !== undefined) {
    const components = list(moduleId)
    return components === undefined
      ? failure(500, 'module not found')
      : json(listPieces(components))
  }
  const [, id] = /^components\/(.+)$/s.exec(path) ?? []
  if (id === undefined) return undefined
  const component = find?.(id)
  return component === undefined ? notFound() : json(detailPieces(component))
}
