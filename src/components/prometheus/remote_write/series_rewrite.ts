// What becomes of a series before it is sent: external labels, then the endpoint's rules.

import type { LabelPool } from '../../../model/label_pool.ts'
import { PagedUint32 } from '../../../model/paged.ts'

/** Rules that change the labels in place and say whether the series is sent. */
export interface Rules {
  apply(labels: Map<string, string>): boolean
}

const dropped = 0xffff_ffff

/** Remembers the result of each series until its label set is freed. */
export class SeriesRewrite {
  readonly #pool: LabelPool
  /** Name, value, … of the labels that series get which lack them. */
  readonly #external: readonly string[]
  readonly #rules: Rules | undefined
  /** Id of the result, `dropped`, or 0: not known yet. Others than the series are retained. */
  readonly #results: PagedUint32
  readonly #stopListening: () => void

  constructor(pool: LabelPool, external: ReadonlyMap<string, string>, rules?: Rules) {
    this.#pool = pool
    this.#external = [...external].flat()
    this.#rules = rules
    this.#results = new PagedUint32(pool.pages)
    this.#stopListening = pool.onFree((ids) => {
      for (let i = 0; i < ids.length; i++) this.#forget(ids[i]!)
    })
  }

  /**
   * The id that rows of a series are sent under, 0 where they are not sent.
   *
   * Hot: one look-up for a series that was seen before.
   */
  of(id: number): number {
    const known = this.#results.get(id)
    if (known !== 0) return known === dropped ? 0 : known
    const result = this.#rewrite(id)
    this.#results.set(id, result === 0 ? dropped : result)
    if (result !== 0 && result !== id) this.#pool.retain(result)
    return result
  }

  close(): void {
    this.#stopListening()
    for (const id of [...this.#results.ids()]) this.#forget(id)
  }

  #rewrite(id: number): number {
    const missing: string[] = []
    for (let i = 0; i < this.#external.length; i += 2) {
      const name = this.#external[i]!
      if (this.#pool.valueOf(id, name) === '') missing.push(name, this.#external[i + 1]!)
    }
    const labelled = missing.length === 0 ? id : this.#pool.internFrom(id, missing)
    if (this.#rules === undefined) return labelled
    const labels = new Map(this.#pool.labelsOf(labelled))
    return this.#rules.apply(labels) && labels.size > 0 ? this.#pool.intern([...labels].flat()) : 0
  }

  #forget(id: number): void {
    const result = this.#results.get(id)
    if (result === 0) return
    this.#results.set(id, 0)
    if (result !== dropped && result !== id) this.#pool.release(result)
  }
}
