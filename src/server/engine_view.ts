// What the HTTP server asks of a running engine.

import type { DebugBody } from '../engine/debug_info.ts'
import type { DeliveryState, Health } from '../engine/health.ts'
import type { InternalRequest, InternalResponse } from '../engine/internal_network.ts'

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

/** A component, custom component or foreach. What costs work is a method. */
export interface ComponentView {
  /** `prometheus.scrape`. */
  readonly name: string
  /** `default`; empty for those without. */
  readonly label: string
  /** `prometheus.scrape.default`. */
  readonly localId: string
  /** Empty at the root. */
  readonly moduleId: string
  /** Local ids. */
  readonly referencesTo: readonly string[]
  readonly referencedBy: readonly string[]
  readonly dataFlowEdgesTo: readonly string[]
  readonly createdModuleIds: readonly string[]
  /** Whether components of this kind can show what flows through them. */
  readonly supportsLiveDebugging: boolean
  health(): Health
  /** Without what equals its default. */
  arguments(): DebugBody
  exports(): DebugBody
  debugInfo(): DebugBody
  /** Of writers only. */
  delivery?(): DeliveryState
  /** Of components that answer requests. */
  http?(request: InternalRequest): Promise<InternalResponse>
}
