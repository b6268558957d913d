// Runs discovery.relabel: a pure function of its arguments.

import type { Component, Context, Runner } from '../../../engine/component.ts'
import type { DebugTap } from '../../../engine/live_debug.ts'
import type { Target } from '../../../model/targets.ts'
import type { Arguments } from '../../../schema/declaration.ts'
import { RelabelRules } from '../../common/relabel/rules.ts'
import type { declaration } from '../relabel.ts'

type D = typeof declaration

const dropped: Target = new Map()

class Relabel implements Component<D> {
  readonly #context: Context<D>
  readonly #tap: DebugTap

  constructor(context: Context<D>, args: Arguments<D>) {
    this.#context = context
    this.#tap = context.debugTap()
    this.update(args)
  }

  update({ targets, rule }: Arguments<D>): void {
    const rules = new RelabelRules(rule, { legacyNames: false })
    const relabeled = targets.map((target) => {
      const labels = new Map(target)
      return rules.apply(labels) && labels.size > 0 ? labels : dropped
    })
    this.#tap.keep(targets.length, (i, printer) => {
      return `${printer.target(targets[i]!)} => ${printer.target(relabeled[i]!)}`
    })
    const output = relabeled.filter((labels) => labels !== dropped)
    this.#context.publish({ output, rules: rule })
  }

  async run(signal: AbortSignal): Promise<void> {
    if (signal.aborted) return
    await new Promise<void>((resolve) => {
      signal.addEventListener('abort', () => resolve(), { once: true })
    })
  }
}

export default { open: (context, args) => new Relabel(context, args) } satisfies Runner<D>
