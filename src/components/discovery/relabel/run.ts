// Runs discovery.relabel: a pure function of its arguments.

import type { Component, Context, Runner } from '../../../engine/component.ts'
import type { Arguments } from '../../../schema/declaration.ts'
import { RelabelRules } from '../../common/relabel/rules.ts'
import type { declaration } from '../relabel.ts'

type D = typeof declaration

class Relabel implements Component<D> {
  readonly #context: Context<D>

  constructor(context: Context<D>, args: Arguments<D>) {
    this.#context = context
    this.update(args)
  }

  update({ targets, rule }: Arguments<D>): void {
    const rules = new RelabelRules(rule, { legacyNames: false })
    const output = targets.flatMap((target) => {
      const labels = new Map(target)
      return rules.apply(labels) && labels.size > 0 ? [labels] : []
    })
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
