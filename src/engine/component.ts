// What a running component is, and what it is given. Its declaration is in src/schema.

import type { Clock } from '../model/clock.ts'
import type { Fanout } from '../model/fanout.ts'
import type { LabelPool } from '../model/label_pool.ts'
import type { Logger } from '../model/logger.ts'
import type { MetricsReceiver, SampleBatch } from '../model/samples.ts'
import type { Arguments, Declaration, Exports, MetricsOf } from '../schema/declaration.ts'
import type { DebugBody } from './debug_info.ts'
import type { DeliveryState, Health } from './health.ts'
import type { InternalNetwork, InternalRequest, InternalResponse } from './internal_network.ts'
import type { DebugTap } from './live_debug.ts'
import type { TargetState } from './target_state.ts'

/** Everything a component may touch; nothing is a module-level singleton. */
export interface Context<D = Declaration> {
  /** Globally unique: `prometheus.relabel.default`, inside modules `mod.default/prometheus.…`. */
  readonly id: string
  /** A directory of this component's own, which may not exist yet. */
  readonly dataDir: string
  readonly logger: Logger
  readonly clock: Clock
  readonly metrics: MetricsOf<D>
  readonly pool: LabelPool
  readonly internal: InternalNetwork
  readonly program: ProgramFacts
  readonly limits: Limits
  /** Publishes new exports. Components that use them are evaluated again. */
  publish(values: Exports<D>): void
  /** The fan-out to a `forward_to`, with its metrics and tap; `update` it with new children. */
  metricsFanout(children: readonly MetricsReceiver[]): Fanout<SampleBatch>
  /** For components that show more than what they send: their fan-outs then show nothing. */
  debugTap(): DebugTap
  /** Calls `read` before each exposition, to bring plain fields into `metrics`. */
  onCollect(read: () => void): void
  /** Whether this process works on `key`; others of the cluster may own it. */
  owns(key: string): boolean
}

export interface ProgramFacts {
  /** `v0.1.0`. */
  readonly version: string
  /** `Alloy/v0.1.0 (linux; binary)`. */
  readonly userAgent: string
  /** UUID of this installation, from `alloy_seed.json`. */
  readonly uid: string
  readonly hostname: string
}

/** Bounds set by flags. */
export interface Limits {
  /** Of an inflated scrape body, in bytes. */
  readonly scrapeBodySizeBytes: number
  /** Of one writer's samples in memory, in bytes. */
  readonly remoteWriteMemoryBytes: number
}

export interface Component<D = Declaration> {
  /** Applies new arguments while running. A throw keeps the old ones and marks it unhealthy. */
  update(args: Arguments<D>): void | Promise<void>
  /**
   * Works until the signal aborts, then drains and resolves. The signal's reason is a `Stopped`.
   * A rejection marks the component exited with that error.
   */
  run(signal: AbortSignal): Promise<void>
  /** What the component itself knows of its health; the engine adds evaluation and run. */
  health?(): Health
  debugInfo?(): DebugBody
  /** For what scrapes: its targets at the moment, in a stable order. */
  targets?(): readonly TargetState[]
  /** For writers: whether what they took reaches its receiver. */
  delivery?(): DeliveryState
  /** Answers requests below `/api/v0/component/<id>/`; `path` is what follows. */
  http?(request: InternalRequest): Promise<InternalResponse>
  ownershipChanged?(): void
}

/** Why a component stops: it left the configuration, or the process ends. */
export class Stopped extends Error {
  override readonly name = 'Stopped'
  readonly why: 'removed' | 'shutdown'

  constructor(why: 'removed' | 'shutdown') {
    super(`stopped: ${why}`)
    this.why = why
  }
}

/** The default export of what runs a component: `components/<its/name>/run.ts`. */
export interface Runner<D = Declaration> {
  /** Builds the component, asynchronously where it must bind, replay or fetch. */
  open(context: Context<D>, args: Arguments<D>): Promise<Component<D>> | Component<D>
}
