// What our own API asks of the program around the engine.

import type { Info } from '../../client/api.ts'

export interface ProgramView {
  info(): Info
  /** `text` with what is known to be secret blotted out. */
  mask(text: string): string
}
