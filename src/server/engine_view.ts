// What the HTTP server asks of a running engine.

import type { ComponentView } from '../engine/component_view.ts'
import { type Engine, LoadError } from '../engine/engine.ts'

export interface EngineView {
  /** Whether the first load has finished. */
  isReady(): boolean
  /** Components of a module, `''` for the root; `undefined` where there is no such module. */
  components(moduleId: string): readonly ComponentView[] | undefined
  /** By global id, `mod.default/prometheus.scrape.a` inside modules. */
  component(id: string): ComponentView | undefined
  /** Reads the configuration again. Rejects with what `/-/reload` answers; the old one stays. */
  reload(): Promise<void>
  /** All metrics, in Prometheus' text format. */
  metrics(): Promise<string>
}

/** Of an engine that was loaded from `path`. */
export function viewOfEngine(engine: Engine, path: string): EngineView {
  return {
    isReady: () => engine.isLoaded,
    components: (moduleId) => engine.components(moduleId),
    component: (id) => engine.component(id),
    metrics: () => engine.exposition(),
    reload: async () => {
      try {
        await engine.reload()
      } catch (error) {
        throw error instanceof LoadError ? reloadError(error, path) : error
      }
    },
  }
}

/** In upstream's words, which speak of the initial load whichever it is. */
function reloadError(error: LoadError, path: string): Error {
  const doing =
    error.stage === 'parse'
      ? `reading config path ${JSON.stringify(path)}`
      : 'error during the initial load'
  return new Error(doing, { cause: error })
}
