// Small components that show what the engine does with them.

import type { Component, Context } from '../../src/engine/component.ts'
import { metricsReceiver } from '../../src/model/capsules.ts'
import { accepted, type Outcome } from '../../src/model/receiver.ts'
import type { MetricsReceiver, SampleBatch } from '../../src/model/samples.ts'
import { list } from '../../src/schema/composites.ts'
import {
  type Arguments,
  counter,
  type Declaration,
  declare,
  exported,
} from '../../src/schema/declaration.ts'
import { int, string } from '../../src/schema/scalars.ts'
import { optional, required, schema } from '../../src/schema/schema.ts'

/** What happened to components, in order: `open a`, `update a`, `run a`, `stop a removed`. */
export class Journal {
  readonly events: string[] = []
  /** The live components by id, for tests to reach into. */
  readonly live = new Map<string, TestComponent>()

  count(event: string): number {
    return this.events.filter((other) => other === event).length
  }
}

abstract class TestComponent implements Component {
  readonly id: string
  readonly journal: Journal
  /** Called by `run`; what it waits for beyond the signal. */
  drain: () => Promise<void> = async () => {}
  exit: (error?: Error) => void = () => {}

  constructor(id: string, journal: Journal) {
    this.id = id
    this.journal = journal
    journal.events.push(`open ${id}`)
    journal.live.set(id, this)
  }

  abstract update(args: unknown): void | Promise<void>

  async run(signal: AbortSignal): Promise<void> {
    this.journal.events.push(`run ${this.id}`)
    await new Promise<void>((resolve, reject) => {
      this.exit = (error) => (error === undefined ? resolve() : reject(error))
      if (signal.aborted) return resolve()
      signal.addEventListener('abort', () => resolve())
    })
    if (signal.aborted) this.journal.events.push(`stop ${this.id} ${signal.reason.why}`)
    await this.drain()
  }
}

const common = {
  stability: 'public-preview',
  summary: 'For tests.',
  accepts: [],
  emits: [],
} as const

/** Exports its input; refuses `"refuse"` and never finishes with `"hang"`. */
function passthrough(journal: Journal) {
  const declaration = declare({
    ...common,
    name: 'test.passthrough',
    arguments: schema({
      input: required(string, 'Text.'),
      copies: optional(int, 1, 'How often the text is there.'),
      later: optional(string, '', 'Cannot be used yet.', { unavailable: true }),
    }),
    exports: { output: exported(string, 'The same text.') },
    metrics: { updates: counter('test_updates_total', 'Updates.') },
  })
  type D = typeof declaration

  class Passthrough extends TestComponent {
    readonly #context: Context<D>

    constructor(context: Context<D>) {
      super(context.id, journal)
      this.#context = context
    }

    async update(args: Arguments<D>): Promise<void> {
      journal.events.push(`update ${this.id}`)
      if (args.input === 'refuse') throw new Error('cannot take "refuse"')
      if (args.input === 'hang') await new Promise(() => {})
      this.#context.metrics.updates.inc()
      this.#context.publish({ output: args.input.repeat(args.copies) })
    }

    /** Publishes by itself, as a watched file does. */
    publish(output: string): void {
      this.#context.publish({ output })
    }
  }

  const open = async (context: Context<D>, args: Arguments<D>) => {
    const component = new Passthrough(context)
    await component.update(args)
    return component
  }
  return { ...declaration, load: async () => ({ default: { open } }) }
}

/** Takes samples, and pushes to others what a test has it push. */
function relay(journal: Journal) {
  const declaration = declare({
    ...common,
    name: 'test.relay',
    arguments: schema({
      forward_to: optional(list(metricsReceiver), [], 'Where to.'),
      note: optional(string, '', 'Text.'),
    }),
    exports: { receiver: exported(metricsReceiver, 'Takes samples.') },
    metrics: {},
  })
  type D = typeof declaration

  class Relay extends TestComponent implements MetricsReceiver {
    readonly #fanout
    /** How a push is answered. */
    answer: () => Promise<Outcome> = async () => accepted

    constructor(context: Context<D>, args: Arguments<D>) {
      super(context.id, journal)
      this.#fanout = context.metricsFanout(args.forward_to)
      context.publish({ receiver: this })
    }

    update(args: Arguments<D>): void {
      journal.events.push(`update ${this.id}`)
      this.#fanout.update(args.forward_to)
    }

    async push(batch: SampleBatch): Promise<Outcome> {
      journal.events.push(`push ${this.id} ${batch.length}`)
      return this.answer()
    }

    async send(length: number, signal: AbortSignal): Promise<Outcome> {
      const batch = {
        length,
        series: new Uint32Array(length).fill(1),
        kinds: new Uint8Array(length),
        times: 0,
        values: new Float64Array(length),
      }
      return this.#fanout.push(batch, { signal })
    }
  }

  const open = (context: Context<D>, args: Arguments<D>) => new Relay(context, args)
  return { ...declaration, load: async () => ({ default: { open } }) }
}

export type PassthroughProbe = TestComponent & { publish(output: string): void }
export type RelayProbe = TestComponent & {
  answer: () => Promise<Outcome>
  send(length: number, signal: AbortSignal): Promise<Outcome>
}

export function testComponents(journal: Journal): ReadonlyMap<string, Declaration> {
  const stable = { ...passthrough(journal), name: 'test.stable', stability: 'generally-available' }
  const experimental = {
    ...passthrough(journal),
    name: 'test.experimental',
    stability: 'experimental',
  }
  const { load: _, ...unfinished } = { ...passthrough(journal), name: 'test.unfinished' }
  const community = { ...passthrough(journal), name: 'test.community', community: true }
  const all = [passthrough(journal), relay(journal), stable, experimental, unfinished, community]
  return new Map((all as Declaration[]).map((declaration) => [declaration.name, declaration]))
}
