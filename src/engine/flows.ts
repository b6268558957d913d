// Counts what a component sends: over the edges of its fan-outs, and as targets in its exports.
// Source of the behaviour: alloy/internal/service/livedebugging, and who publishes to it.

import type { Fanout } from '../model/fanout.ts'
import type { SampleBatch } from '../model/samples.ts'
import { type Target, target } from '../model/targets.ts'
import type { Declaration } from '../schema/declaration.ts'
import type { Flow } from './flow.ts'

/** Samples, histograms, exemplars and metadata, as the original counts metrics. */
export function countItems({ length, exemplars, metadata }: SampleBatch): number {
  return length + (exemplars?.length ?? 0) + (metadata?.length ?? 0)
}

/** The targets that a component exports, in those of its exports that are lists of targets. */
export class PublishedTargets {
  readonly #names: readonly string[]
  #count = 0
  #lists: readonly (readonly Target[])[] = []

  constructor({ exports }: Declaration) {
    const lists = Object.entries(exports).filter(([, { type }]) => {
      return type.element?.capsule === target.capsule
    })
    this.#names = lists.map(([name]) => name)
  }

  /** Whether the component has such an export. */
  get areExported(): boolean {
    return this.#names.length > 0
  }

  /** As they were published last, a list for each such export. */
  get lists(): readonly (readonly Target[])[] {
    return this.#lists
  }

  publish(exports: Readonly<Record<string, unknown>>): void {
    // Their type has just been seen to be that of a list of targets.
    this.#lists = this.#names.map((name) => (exports[name] ?? []) as readonly Target[])
    this.#count += this.#present()
  }

  flow(): Flow {
    return { type: 'target', count: this.#count, present: this.#present() }
  }

  #present(): number {
    return this.#lists.reduce((sum, { length }) => sum + length, 0)
  }
}

/** What a component has sent, by receiver, and the targets that it has published. */
export function flowsOf(
  fanouts: readonly Fanout<SampleBatch>[],
  targets: PublishedTargets,
): readonly Flow[] {
  const counts = new Map<string, number>()
  for (const { edges } of fanouts) {
    for (const { id, items } of edges) counts.set(id, (counts.get(id) ?? 0) + items)
  }
  const flows = [...counts].map(([to, count]): Flow => ({ type: 'prometheus_metric', to, count }))
  return targets.areExported ? [targets.flow(), ...flows] : flows
}
