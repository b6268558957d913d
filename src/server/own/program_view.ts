// What our own API asks of the program around the engine.

import type { EffectiveConfig, Info } from '../../client/api.ts'
import type { Clock } from '../../model/clock.ts'
import type { LogBuffer } from './log_buffer.ts'
import type { MetaHistory } from './meta_history.ts'

export interface ProgramView {
  readonly clock: Clock
  /** Absent where lines are not kept. */
  readonly logs?: LogBuffer | undefined
  readonly meta: MetaHistory
  info(): Info
  /** The files in force and what modules import, secrets hidden. */
  sources(): Promise<EffectiveConfig['sources']>
  /**
   * What a component or configuration block takes and gives, as `alloyts schema NAME` prints it;
   * undefined where there is none of that name.
   */
  documentation(name: string): Promise<object | undefined>
  /** `text` with what is known to be secret blotted out. */
  mask(text: string): string
}
