// The small components that the configurations of alloy-runtime use.

import type { Component, Context } from '../../src/engine/component.ts'
import { untilAborted } from '../../src/engine/until_aborted.ts'
import { Bytes, Capsule, Uint64, type Value } from '../../src/eval/value.ts'
import type { Printable } from '../../src/go/print_value.ts'
import { sprintf } from '../../src/go/printf.ts'
import { target } from '../../src/model/targets.ts'
import { capsule, list, map } from '../../src/schema/composites.ts'
import {
  type Arguments,
  counter,
  type Declaration,
  declare,
  type Exported,
  exported,
  type Metrics,
} from '../../src/schema/declaration.ts'
import { any, bool, float, int, string } from '../../src/schema/scalars.ts'
import { type Fields, optional, required, type Schema, schema } from '../../src/schema/schema.ts'
import { duration } from '../../src/schema/texts.ts'

const common = {
  stability: 'public-preview',
  summary: 'For conformance.',
  accepts: [],
  emits: [],
} as const

function runnable<A extends Fields, E extends Exported, M extends Metrics>(
  declaration: Declaration<A, E, M>,
  open: (
    context: Context<Declaration<A, E, M>>,
    args: Arguments<Declaration<A, E, M>>,
  ) => Component<Declaration<A, E, M>> | Promise<Component<Declaration<A, E, M>>>,
): Declaration {
  // The engine hands over what the declaration says.
  return { ...declaration, load: async () => ({ default: { open } }) } as Declaration
}

/** With a check that the frequency is not 0. */
function periodic<F extends Fields>(fields: F): Schema<F> {
  return schema(fields, {
    check: (args, fail) => {
      if ('frequency' in args && args.frequency === 0) fail('frequency must not be 0')
    },
  })
}

const frequency = required(duration, 'Time between two steps.')

/** Calls `step` in each period until it says no more, and then just waits. */
async function everyPeriod(
  { clock }: Pick<Context, 'clock'>,
  periodMs: () => number,
  signal: AbortSignal,
  step: () => boolean,
): Promise<void> {
  while (!signal.aborted) {
    try {
      await clock.sleep(periodMs(), signal)
    } catch {
      return
    }
    if (!step()) break
  }
  await untilAborted(signal)
}

const count = runnable(
  declare({
    ...common,
    name: 'testcomponents.count',
    arguments: periodic({ frequency, max: required(int, 'Where it ends.') }),
    exports: { count: exported(int, 'How far it is.') },
    metrics: {},
  }),
  (context, args) => {
    let current = args
    let counted = 0
    return {
      update: (next) => {
        current = next
      },
      run: (signal) =>
        everyPeriod(
          context,
          () => current.frequency,
          signal,
          () => {
            if (current.max !== 0 && counted >= current.max) return true
            context.publish({ count: ++counted })
            return true
          },
        ),
    }
  },
)

const tick = runnable(
  declare({
    ...common,
    name: 'testcomponents.tick',
    arguments: periodic({ frequency }),
    exports: { tick_time: exported(string, 'When it ticked last.') },
    metrics: {},
  }),
  (context, args) => {
    let current = args
    const publish = () => {
      context.publish({ tick_time: new Date(context.clock.now()).toISOString() })
      return true
    }
    publish()
    return {
      update: (next) => {
        current = next
      },
      run: (signal) => everyPeriod(context, () => current.frequency, signal, publish),
    }
  },
)

const passthrough = runnable(
  declare({
    ...common,
    name: 'testcomponents.passthrough',
    arguments: schema({
      input: required(string, 'Text.'),
      lag: optional(duration, '0s', 'Time that an update takes.'),
    }),
    exports: { output: exported(string, 'The same text.') },
    metrics: {},
  }),
  async (context, args) => {
    const update = async ({ input, lag }: typeof args) => {
      if (lag > 0) await context.clock.sleep(lag)
      context.publish({ output: input })
    }
    await update(args)
    return { update, run: untilAborted }
  },
)

const summation = runnable(
  declare({
    ...common,
    name: 'testcomponents.summation',
    arguments: schema({ input: required(int, 'What is added.') }),
    exports: {
      sum: exported(int, 'Of all that was added.'),
      last_added: exported(int, 'What was added last.'),
    },
    metrics: {},
  }),
  (context, args) => {
    let sum = 0
    const update = ({ input }: typeof args) => {
      sum += input
      context.publish({ sum, last_added: input })
    }
    update(args)
    return { update, run: untilAborted }
  },
)

interface Receiver<T> {
  receive(value: T): void
}

const numbers = capsule<Receiver<number>>('testcomponents.IntReceiver', 'IntReceiver')
const strings = capsule<Receiver<string>>('testcomponents.StringReceiver', 'StringReceiver')

const summationReceiver = runnable(
  declare({
    ...common,
    name: 'testcomponents.summation_receiver',
    arguments: schema({}),
    exports: { receiver: exported(numbers, 'Takes numbers.') },
    metrics: {},
  }),
  (context) => {
    let sum = 0
    const receiver: Receiver<number> = {
      receive: (value) => {
        sum += value
      },
    }
    context.publish({ receiver })
    return {
      update: () => {},
      run: untilAborted,
      debugInfo: () => [{ kind: 'attribute', name: 'sum', value: BigInt(sum) }],
    }
  },
)

const pulse = runnable(
  declare({
    ...common,
    name: 'testcomponents.pulse',
    arguments: periodic({
      frequency,
      max: required(int, 'How often.'),
      forward_to: optional(list(numbers), [], 'Where to.'),
    }),
    exports: {},
    metrics: { pulses: counter('pulse_count', 'Pulses.') },
  }),
  (context, args) => {
    let current = args
    let sent = 0
    return {
      update: (next) => {
        current = next
      },
      run: (signal) =>
        everyPeriod(
          context,
          () => current.frequency,
          signal,
          () => {
            if (sent >= current.max) return true
            sent++
            context.metrics.pulses.inc()
            for (const receiver of current.forward_to) receiver.receive(1)
            return true
          },
        ),
    }
  },
)

const stringer = runnable(
  declare({
    ...common,
    name: 'testcomponents.stringer',
    arguments: schema({
      input_string: optional(string, undefined, 'A string.'),
      input_int: optional(int, undefined, 'A number.'),
      input_float: optional(float, undefined, 'A number.'),
      input_bool: optional(bool, undefined, 'Yes or no.'),
      input_map: optional(map(any), undefined, 'An object.'),
      input_array: optional(list(any), undefined, 'A list.'),
      forward_to: optional(list(strings), [], 'Where to.'),
    }),
    exports: {},
    metrics: {},
  }),
  (_, args) => {
    const update = (next: typeof args) => {
      const { forward_to, input_int, ...others } = next
      const whole = input_int === undefined ? [] : [BigInt(input_int)]
      const given = [...whole, ...Object.values(others).filter((value) => value !== undefined)]
      for (const value of given) {
        const text = sprintf('%#v', printable(value as Value))
        for (const receiver of forward_to) receiver.receive(text)
      }
    }
    update(args)
    return { update, run: untilAborted }
  },
)

function printable(value: Value): Printable {
  if (Array.isArray(value)) return value.map(printable)
  if (value instanceof Map) return new Map([...value].map(([key, each]) => [key, printable(each)]))
  if (value instanceof Capsule || value instanceof Bytes) return { goType: 'any', text: 'opaque' }
  return value instanceof Uint64 ? { value: value.value } : (value as Exclude<Value, object>)
}

const stringReceiver = runnable(
  declare({
    ...common,
    name: 'testcomponents.string_receiver',
    arguments: schema({}),
    exports: { receiver: exported(strings, 'Takes texts.') },
    metrics: {},
  }),
  (context) => {
    let text = ''
    context.publish({
      receiver: {
        receive: (value) => {
          text = value
        },
      },
    })
    return {
      update: () => {},
      run: untilAborted,
      debugInfo: () => [{ kind: 'attribute', name: 'text', value: text }],
    }
  },
)

const targets = runnable(
  declare({
    ...common,
    name: 'testcomponents.targets',
    stability: 'generally-available',
    arguments: schema({ targets: required(list(target), 'Targets.') }),
    exports: { output: exported(list(target), 'The same targets.') },
    metrics: {},
  }),
  (context, args) => {
    const update = (next: typeof args) => context.publish({ output: next.targets })
    update(args)
    return { update, run: untilAborted }
  },
)

function idle(name: string, gate: Pick<Declaration, 'stability' | 'community'>): Declaration {
  const declaration = declare({
    ...common,
    ...gate,
    name,
    arguments: schema({}),
    exports: {},
    metrics: {},
  })
  return runnable(declaration, () => ({ update: () => {}, run: untilAborted }))
}

export const testComponents: ReadonlyMap<string, Declaration> = new Map(
  [
    count,
    passthrough,
    pulse,
    stringReceiver,
    stringer,
    summation,
    summationReceiver,
    targets,
    tick,
    idle('testcomponents.community', { stability: 'public-preview', community: true }),
    idle('testcomponents.experimental', { stability: 'experimental' }),
  ].map((declaration) => [declaration.name, declaration]),
)
