// What the HTTP server asks of a running engine.

import type { ComponentView } from '../engine/component_view.ts'
import type { Viewer } from '../engine/live_debug.ts'

export interface EngineView {
  /** Whether the first load has finished. */
  isReady(): boolean
  /** Components of a module, `''` for the root; `undefined` where there is no such module. */
  components(moduleId: string): readonly ComponentView[] | undefined
  /** By global id, `mod.default/prometheus.scrape.a` inside modules. */
  component(id: string): ComponentView | undefined
  /** Reads the configuration again. Rejects with what `/-/reload` answers; the old one stays. */
  reload(): Promise<void>
  isLiveDebuggingEnabled(): boolean
  /**
   * Shows the viewer what flows through a component, also through one that takes its place, until
   * the returned function is called. Nothing while live debugging is disabled.
   */
  watch(id: string, viewer: Viewer): () => void
  /** All metrics, in Prometheus' text format. */
  metrics(): Promise<string>
}
