// All components, those of modules after the component that made them.

import type { ComponentView } from '../engine/component_view.ts'
import type { EngineView } from './engine_view.ts'

export interface Visited {
  /** Global: `mod.default/prometheus.scrape.a`. */
  readonly id: string
  readonly component: ComponentView
}

export function* everyComponent(engine: EngineView, moduleId = ''): Generator<Visited> {
  for (const component of engine.components(moduleId) ?? []) {
    const id = moduleId === '' ? component.localId : `${moduleId}/${component.localId}`
    yield { id, component }
    for (const created of component.createdModuleIds) yield* everyComponent(engine, created)
  }
}
