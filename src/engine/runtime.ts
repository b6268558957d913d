// What everything in one engine shares.

import type { Scope } from '../eval/scope.ts'
import type { Clock } from '../model/clock.ts'
import type { LabelPool } from '../model/label_pool.ts'
import type { Logger } from '../model/logger.ts'
import type { Catalog, Features } from './catalog.ts'
import type { Limits, ProgramFacts } from './component.ts'
import type { ComponentView } from './component_view.ts'
import type { InternalNetwork } from './internal_network.ts'
import type { LiveDebug } from './live_debug.ts'
import type { Labels } from './metric_cells.ts'
import type { OpenImport } from './modules/import_source.ts'
import type { Told } from './read_failures.ts'
import type { Service } from './service.ts'
import type { ConfigSource, FileReader } from './sources.ts'
import type { WorkQueue } from './work_queue.ts'

/** Whether a reload with errors applies what it can, as upstream's does, or nothing. */
export type ReloadMode = 'partial' | 'atomic'

export interface EngineOptions {
  readonly catalog: Catalog
  readonly features: Features
  /** What identifiers mean besides components: the standard library. */
  readonly scope: Scope
  /** What works for configuration blocks, by the block's name, evaluated in this order. */
  readonly services: readonly Service[]
  /** What reads imports, by the block's name. */
  readonly imports: ReadonlyMap<string, OpenImport>
  readonly clock: Clock
  readonly logger: Logger
  readonly files: FileReader
  readonly pool: LabelPool
  readonly internal: InternalNetwork
  /** One that is never enabled where absent. */
  readonly liveDebug?: LiveDebug
  readonly program: ProgramFacts
  readonly limits: Limits
  /** Below which each component has a directory. */
  readonly storagePath: string
  /** How long a component may take to stop, in ms; 0 means for ever. */
  readonly shutdownDeadlineMs: number
  /** `partial` where absent. */
  readonly reloadMode?: ReloadMode
  /** Whether this process works on a key; others of a cluster may own it. */
  readonly owns?: (key: string) => boolean
  /** Sees arguments and exports, which hold the secrets that logs must not show. */
  readonly remember?: (values: unknown) => void
}

/** A module as the engine sees it from outside. */
export interface OpenedModule {
  views(): ReadonlyMap<string, ComponentView>
  /** Texts that its imports use. */
  importedSources(): readonly ConfigSource[]
  endLoads(): void
}

export interface EngineRuntime extends EngineOptions {
  readonly liveDebug: LiveDebug
  readonly queue: WorkQueue
  /** All but the root, by id. */
  readonly modules: Map<string, OpenedModule>
  /** Hears of a component that threw where it should have told something of itself. */
  readFailed(what: Told, owner: Labels, error: unknown): void
}
