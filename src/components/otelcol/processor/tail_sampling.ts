// otelcol.processor.tail_sampling: waits for whole traces and decides which of them to keep.

import { otelConsumer } from '../../../model/capsules.ts'
import { object } from '../../../schema/composites.ts'
import { declare, exported } from '../../../schema/declaration.ts'
import { bool, int, uint } from '../../../schema/scalars.ts'
import { blocks, defaultedBlock, optional, requiredBlock, schema } from '../../../schema/schema.ts'
import { duration } from '../../../schema/texts.ts'
import { consumer } from '../../common/otelcol/consumer.ts'
import { debugMetrics } from '../../common/otelcol/debug_metrics.ts'
import { policy } from './tail_sampling_policies.ts'

const componentArguments = schema(
  {
    policy: blocks(policy, 'What to keep; one policy that keeps a trace is enough.', {
      required: true,
    }),
    decision_wait: optional(
      duration,
      '30s',
      'Time from the first span of a trace to the decision; at least 1ms.',
    ),
    decision_wait_after_root_received: optional(
      duration,
      '0s',
      'The same from its root span, where that is sooner; 0: as decision_wait.',
    ),
    num_traces: optional(
      uint,
      50_000,
      'Traces to keep in memory; beyond that the oldest leave without a decision.',
    ),
    block_on_overflow: optional(bool, false, 'Whether senders wait instead of that.'),
    expected_new_traces_per_sec: optional(uint, 0, 'New traces in a second, to reserve memory.'),
    sample_on_first_match: optional(
      bool,
      false,
      'Whether the first policy that keeps a trace is the last that is asked.',
    ),
    drop_pending_traces_on_shutdown: optional(
      bool,
      false,
      'Whether undecided traces are dropped at the end, rather than decided as they are.',
    ),
    maximum_trace_size_bytes: optional(
      uint,
      0,
      'Bytes of a trace beyond which it is dropped at once; 0: no limit.',
    ),
    decision_cache: optional(
      object({ sampled_cache_size: int, non_sampled_cache_size: int }),
      { sampled_cache_size: 0, non_sampled_cache_size: 0 },
      'Decisions to remember for spans that come late, by kept and dropped traces; 0: none.',
    ),
    output: requiredBlock(consumer, 'Where the spans go to.'),
    debug_metrics: defaultedBlock(debugMetrics, 'Metrics about the component itself.'),
  },
  {
    check: ({ decision_wait, num_traces }, fail) => {
      if (decision_wait < 1) fail('decision_wait must be greater than zero', 'decision_wait')
      else if (num_traces === 0) fail('num_traces must be greater than zero', 'num_traces')
    },
  },
)

export const declaration = declare({
  name: 'otelcol.processor.tail_sampling',
  stability: 'generally-available',
  summary: 'Waits for whole traces and decides which of them to keep.',
  accepts: ['otel metrics', 'otel logs', 'otel traces'],
  emits: ['otel metrics', 'otel logs', 'otel traces'],
  wraps: 'OpenTelemetry Collector',
  delivery: 'Traces wait in memory; those not yet decided are lost with the process.',
  arguments: componentArguments,
  exports: { input: exported(otelConsumer, 'Takes the spans to sample.') },
  metrics: {},
})
