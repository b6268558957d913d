// Arguments, exports and metrics are inferred from declarations. The compiler is the test.

import { expectTypeOf, test } from 'vitest'
import type { declaration as relabel } from '../../src/components/prometheus/relabel.ts'
import type { declaration as write } from '../../src/components/prometheus/remote_write.ts'
import type { declaration as scrape } from '../../src/components/prometheus/scrape.ts'
import type { Secret } from '../../src/eval/secret.ts'
import type { MetricsReceiver } from '../../src/model/samples.ts'
import type { Target } from '../../src/model/targets.ts'
import { list, map } from '../../src/schema/composites.ts'
import {
  type Arguments,
  counter,
  type Exports,
  type MetricsOf,
} from '../../src/schema/declaration.ts'
import type { Counter, Labelled } from '../../src/schema/instruments.ts'
import { int, secret, string } from '../../src/schema/scalars.ts'
import {
  type ArgumentsOf,
  block,
  blocks,
  choice,
  label,
  optional,
  required,
  requiredBlock,
  schema,
} from '../../src/schema/schema.ts'
import { duration, oneOf } from '../../src/schema/texts.ts'

test('arguments', () => {
  type Relabel = Arguments<typeof relabel>
  expectTypeOf<Relabel['forward_to']>().toEqualTypeOf<readonly MetricsReceiver[]>()
  expectTypeOf<Relabel['max_cache_size']>().toEqualTypeOf<number>()
  expectTypeOf<Relabel['rule'][number]['source_labels']>().toEqualTypeOf<readonly string[]>()
  expectTypeOf<Relabel['rule'][number]['modulus']>().toEqualTypeOf<bigint>()
  expectTypeOf<'keep'>().toExtend<Relabel['rule'][number]['action']>()

  type Endpoint = Arguments<typeof write>['endpoint'][number]
  expectTypeOf<NonNullable<Endpoint['basic_auth']>['password']>().toEqualTypeOf<
    Secret | undefined
  >()
  expectTypeOf<undefined>().toExtend<Endpoint['basic_auth']>()
  expectTypeOf<undefined>().not.toExtend<Endpoint['tls_config']>()
  expectTypeOf<Arguments<typeof scrape>['targets']>().toEqualTypeOf<readonly Target[]>()
})

test('exports and metrics', () => {
  expectTypeOf<Exports<typeof relabel>['receiver']>().toEqualTypeOf<MetricsReceiver>()
  type Metrics = MetricsOf<typeof write>
  expectTypeOf<Metrics['samplesDropped']>().toEqualTypeOf<
    Labelled<'remote_name' | 'url' | 'reason', Counter>
  >()
  expectTypeOf<MetricsOf<typeof relabel>['processed']>().toEqualTypeOf<Counter>()
})

test('labels, blocks and choices', () => {
  const all = schema({
    rule: blocks(schema({ name: label('Name.'), weight: optional(int, 1, 'Weight.') }), 'Rules.'),
    output: requiredBlock(schema({ to: required(list(string), 'To.') }), 'Output.'),
    stage: choice({ json: schema({ on: required(int, 'On.') }), drop: schema({}) }, 'Stages.'),
    headers: optional(map(list(secret)), {}, 'Headers.'),
  })
  type All = ArgumentsOf<typeof all>
  expectTypeOf<All['rule'][number]['name']>().toEqualTypeOf<string>()
  expectTypeOf<All['output']['to']>().toEqualTypeOf<readonly string[]>()
  expectTypeOf<All['stage'][number]['variant']>().toEqualTypeOf<'json' | 'drop'>()
  expectTypeOf<Extract<All['stage'][number], { variant: 'json' }>['on']>().toEqualTypeOf<number>()
  expectTypeOf<All['headers']>().toEqualTypeOf<ReadonlyMap<string, readonly Secret[]>>()
})

test('wrong declarations do not compile', () => {
  const wrong = () => {
    // @ts-expect-error: a duration's default is written as a user would write it
    optional(duration, 5000, 'x')
    // @ts-expect-error: a default must have its type
    optional(int, '5', 'x')
    // @ts-expect-error: a default must be one of the words
    optional(oneOf(['keep', 'drop'], { otherwise: String }), 'dorp', 'x')
    // @ts-expect-error: list(string) can't default to numbers
    optional(list(string), [1], 'x')
    // @ts-expect-error: a check can only point at declared fields
    schema({ a: required(string, 'A.') }, { check: (_, fail) => fail('no', 'b') })
    // @ts-expect-error: a check sees decoded types
    schema({ a: required(secret, 'A.') }, { check: (a, fail) => a.a.startsWith('x') && fail('no') })
    // @ts-expect-error: docs are not optional
    required(string)
    // @ts-expect-error: a block takes a schema, not a type
    block(string, 'x')
    // @ts-expect-error: a choice takes schemas
    choice({ a: string }, 'x')
    // @ts-expect-error: labels are texts
    counter('x', 'X.', [1])
  }
  expectTypeOf(wrong).toBeFunction()
})
