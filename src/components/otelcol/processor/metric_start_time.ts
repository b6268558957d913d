// otelcol.processor.metric_start_time: sets the start times of cumulative metrics.

import { otelConsumer } from '../../../model/capsules.ts'
import { declare, exported } from '../../../schema/declaration.ts'
import { string } from '../../../schema/scalars.ts'
import { defaultedBlock, optional, requiredBlock, schema } from '../../../schema/schema.ts'
import { duration } from '../../../schema/texts.ts'
import { consumer } from '../../common/otelcol/consumer.ts'
import { debugMetrics } from '../../common/otelcol/debug_metrics.ts'

const strategies = ['true_reset_point', 'subtract_initial_point', 'start_time_metric']

const componentArguments = schema(
  {
    strategy: optional(
      string,
      'true_reset_point',
      'How start times are found: true_reset_point, subtract_initial_point or start_time_metric.',
    ),
    gc_interval: optional(duration, '10m0s', 'Time from one removal of stale series to the next.'),
    start_time_metric_regex: optional(
      string,
      '',
      'Pattern of the metric that start_time_metric reads; empty: process_start_time_seconds.',
    ),
    output: requiredBlock(consumer, 'Where the metrics go to.'),
    debug_metrics: defaultedBlock(debugMetrics, 'Metrics about the component itself.'),
  },
  {
    check: ({ strategy, gc_interval }, fail) => {
      if (!strategies.includes(strategy)) {
        const known = strategies.join(', ')
        fail(`invalid strategy "${strategy}", must be one of: ${known}`, 'strategy')
      } else if (gc_interval <= 0) fail('gc_interval must be greater than 0', 'gc_interval')
    },
  },
)

export const declaration = declare({
  name: 'otelcol.processor.metric_start_time',
  stability: 'generally-available',
  summary: 'Sets the start times of cumulative metrics that lack them.',
  accepts: ['otel metrics', 'otel logs', 'otel traces'],
  emits: ['otel metrics', 'otel logs', 'otel traces'],
  wraps: 'OpenTelemetry Collector',
  delivery: 'Remembers the start of each series; after a restart each begins anew.',
  arguments: componentArguments,
  exports: { input: exported(otelConsumer, 'Takes the metrics to set start times of.') },
  metrics: {},
})
