// What becomes of components that throw where they should only tell of themselves: that costs what
// they would have told, and nothing of what others tell.

import type { Clock } from '../model/clock.ts'
import type { Logger } from '../model/logger.ts'
import type { Counter } from '../schema/instruments.ts'
import { describe } from './describe.ts'
import type { Labels } from './metric_cells.ts'
import type { MetricGroup, MetricSpec } from './metrics.ts'

const things = ['metrics', 'health', 'debug_info', 'delivery', 'targets'] as const

export type Told = (typeof things)[number]

const failuresTotal: MetricSpec = {
  kind: 'counter',
  name: 'alloyts_read_failures_total',
  help: 'How often reading metrics, health, debug info, delivery or targets of a component failed.',
  labels: ['what'],
}

/** Whoever asks may ask every second. */
const logEveryMs = 60_000

export class ReadFailures {
  readonly #clock: Clock
  readonly #logger: Logger
  readonly #counters: ReadonlyMap<Told, Counter>
  /** When what was logged last, oldest first, by monotonic time; for as long as that counts. */
  readonly #logged = new Map<string, number>()

  constructor(clock: Clock, logger: Logger, group: MetricGroup) {
    this.#clock = clock
    this.#logger = logger
    this.#counters = new Map(things.map((what) => [what, group.counter(failuresTotal, { what })]))
  }

  /** Counts the failure and, once a minute for each owner, logs it. */
  add(what: Told, owner: Labels, error: unknown): void {
    this.#counters.get(what)?.inc()
    const key = JSON.stringify([what, owner])
    const now = this.#clock.monotonic()
    for (const [old, loggedMs] of this.#logged) {
      if (now - loggedMs < logEveryMs) break
      this.#logged.delete(old)
    }
    if (this.#logged.has(key)) return
    this.#logged.set(key, now)
    const fields = { what, ...owner, err: describe(error) }
    this.#logger.log('error', 'cannot read what a component tells of itself', fields)
  }
}
