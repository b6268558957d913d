// How the last load of the configuration went, whoever asked for it.

import type { LoadReport } from '../../client/api.ts'
import { describe } from '../../engine/describe.ts'
import type { Clock } from '../../model/clock.ts'

export class LoadReports {
  readonly #clock: Clock
  #last: LoadReport = { ok: false, atMs: 0, error: 'nothing was loaded yet' }

  constructor(clock: Clock) {
    this.#clock = clock
  }

  get last(): LoadReport {
    return this.#last
  }

  /** Passes on what `load` throws; its text must be fit to be shown. */
  async watch(load: () => Promise<void>): Promise<void> {
    try {
      await load()
      this.#last = { ok: true, atMs: this.#clock.now(), error: '' }
    } catch (error) {
      this.#last = { ok: false, atMs: this.#clock.now(), error: describe(error) }
      throw error
    }
  }
}
