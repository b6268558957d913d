// What works for a configuration block that is no component: `logging`, `http` and the like.

import type { BlockDeclaration } from '../schema/declaration.ts'

export interface Service {
  readonly declaration: BlockDeclaration
  /**
   * Applies the arguments of the block, or its defaults where the configuration has none. Called
   * when they change. A throw is reported at the block, and what was applied last still holds.
   *
   * @param args as the declaration decodes them.
   */
  configure(args: unknown): void | Promise<void>
}
