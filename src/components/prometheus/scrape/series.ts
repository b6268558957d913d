// The series of one target: which id of the pool each has, and who else exposes it.

import type { LabelPool } from '../../../model/label_pool.ts'
import type { PagedUint32 } from '../../../model/paged.ts'
import type { ExpositionReader } from '../../../wire/exposition/reader.ts'
import type { SeriesResolver } from '../../../wire/exposition/scrape_cache.ts'
import { type LabelRules, seriesLabels } from './labels.ts'
import type { TargetMetadata } from './metadata.ts'

export class TargetSeries implements SeriesResolver {
  readonly metadata: SeriesResolver['metadata'] & {}
  readonly #pool: LabelPool
  /** How many targets of the component hold each id. */
  readonly #holders: PagedUint32
  readonly #labels: readonly string[]
  readonly #rules: LabelRules
  readonly #released: (id: number) => void

  constructor(options: {
    readonly pool: LabelPool
    readonly holders: PagedUint32
    /** Of the target: name, value, …. */
    readonly labels: readonly string[]
    readonly rules: LabelRules
    readonly metadata: TargetMetadata
    readonly released: (id: number) => void
  }) {
    this.#pool = options.pool
    this.#holders = options.holders
    this.#labels = options.labels
    this.#rules = options.rules
    this.#released = options.released
    this.metadata = (entry, reader) => options.metadata.read(entry, reader)
  }

  resolve(reader: ExpositionReader): number {
    return this.hold(seriesLabels(reader.labels, this.#labels, this.#rules))
  }

  /** A series of our own about the target. */
  report(name: string): number {
    return this.hold(['__name__', name, ...this.#labels])
  }

  hold(labels: readonly string[]): number {
    const id = this.#pool.intern(labels)
    this.keep(id)
    return id
  }

  /** Holds what is held already once more. */
  keep(id: number): void {
    this.#pool.retain(id)
    this.#holders.set(id, this.#holders.get(id) + 1)
  }

  release(id: number): void {
    this.#holders.set(id, this.#holders.get(id) - 1)
    this.#pool.release(id)
    this.#released(id)
  }

  /** Whether another target of the component goes on with this series. */
  isHeldElsewhere(id: number): boolean {
    return this.#holders.get(id) > 1
  }
}
