// tracing: traces of this process itself.

import { otelConsumer } from '../../model/capsules.ts'
import { list } from '../../schema/composites.ts'
import { declareBlock } from '../../schema/declaration.ts'
import { bool, float, int, string } from '../../schema/scalars.ts'
import { block, defaultedBlock, emptyNotNil, optional, schema } from '../../schema/schema.ts'
import { duration } from '../../schema/texts.ts'

const jaegerRemote = schema({
  url: optional(string, 'http://127.0.0.1:5778/sampling', 'Where the strategy is fetched.'),
  max_operations: optional(int, 256, 'Most operations with a strategy of their own.'),
  refresh_interval: optional(duration, '1m', 'Time from one fetch to the next.'),
})

const sampler = schema({
  jaeger_remote: block(jaegerRemote, 'Lets a Jaeger server decide what is sampled.', {
    unavailable: true,
  }),
})

export const declaration = declareBlock({
  name: 'tracing',
  stability: 'generally-available',
  summary: 'Traces of this process itself.',
  label: 'none',
  where: 'root',
  arguments: schema({
    sampling_fraction: optional(float, 0.1, 'Share of the traces that is kept, from 0 to 1.'),
    send_traceparent: optional(bool, false, 'Whether requests carry a traceparent header.', {
      unavailable: true,
    }),
    sampler: defaultedBlock(sampler, 'Who decides instead what is sampled.'),
    write_to: emptyNotNil(
      optional(list(otelConsumer), [], 'Receivers of the traces.', { unavailable: true }),
    ),
  }),
})
