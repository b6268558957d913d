// What reads the content of imports, as a port: src/services/imports has those of the program.

import type { Clock } from '../../model/clock.ts'
import type { Logger } from '../../model/logger.ts'
import type { ProgramFacts } from '../component.ts'
import type { Health } from '../health.ts'
import type { InternalNetwork } from '../internal_network.ts'

export interface ImportedContent {
  /** By the name that diagnostics show. */
  readonly texts: ReadonlyMap<string, Uint8Array>
  /** What `module_path` means inside. */
  readonly modulePath: string
}

export interface ImportContext {
  /** Global id of the node. */
  readonly id: string
  readonly label: string
  /** A directory of the import's own, which may not exist yet. */
  readonly dataDir: string
  readonly clock: Clock
  readonly logger: Logger
  readonly internal: InternalNetwork
  readonly program: ProgramFacts
  /** What `module_path` means where the import stands. */
  readonly modulePath: string
  /** Takes content, new or not; resolves when the modules inside it were evaluated. */
  publish(content: ImportedContent): Promise<void>
}

export interface ImportSource {
  /**
   * Applies arguments, and publishes what they name. A throw keeps the old ones.
   *
   * @param args as the declaration of the block decodes them.
   */
  update(args: unknown): Promise<void>
  /** Publishes what changes until the signal aborts. */
  run(signal: AbortSignal): Promise<void>
  health(): Health
  /** Gives up what it holds; it is not used again. */
  close?(): void
}

export type OpenImport = (context: ImportContext) => ImportSource
