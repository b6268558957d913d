// What writers have been given, each and all together, as the label store tells it.

import type { LabelPool } from './label_pool.ts'
import type { SampleBatch } from './samples.ts'
import { SeenSeries } from './seen_series.ts'

export class RemoteStores {
  /** Rows given to writers since the start, those included that are gone. */
  readonly taken = { samples: 0, histograms: 0, exemplars: 0 }
  readonly #pool: LabelPool
  readonly #open = new Set<RemoteStore>()

  constructor(pool: LabelPool) {
    this.#pool = pool
  }

  /** `name` is the id of a component; one that leaves and its successor may share it. */
  open(name: string): RemoteStore {
    const store = new RemoteStore(name, new SeenSeries(this.#pool), this.taken, () => {
      this.#open.delete(store)
    })
    this.#open.add(store)
    return store
  }

  /** How many label sets of the pool each has been given. */
  series(): ReadonlyMap<string, number> {
    const counts = new Map<string, number>()
    for (const { name, series } of this.#open) counts.set(name, (counts.get(name) ?? 0) + series)
    return counts
  }
}

export class RemoteStore {
  readonly name: string
  /** Rows given to this one, exemplars apart. */
  samples = 0
  exemplars = 0
  readonly #seen: SeenSeries
  readonly #taken: RemoteStores['taken']
  readonly #closed: () => void

  constructor(name: string, seen: SeenSeries, taken: RemoteStores['taken'], closed: () => void) {
    this.name = name
    this.#seen = seen
    this.#taken = taken
    this.#closed = closed
  }

  get series(): number {
    return this.#seen.size
  }

  /** Hot: some 1 ns a row. */
  took({ length, series, histograms, exemplars }: SampleBatch): void {
    const count = histograms?.size ?? 0
    this.#taken.samples += length - count
    this.#taken.histograms += count
    this.#taken.exemplars += exemplars?.length ?? 0
    this.samples += length
    this.exemplars += exemplars?.length ?? 0
    this.#seen.addAll(series, length)
  }

  close(): void {
    this.#seen.close()
    this.#closed()
  }
}
