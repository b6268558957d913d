// otelcol.processor.interval: passes on the newest point of each series, once per interval.

import { otelConsumer } from '../../../model/capsules.ts'
import { declare, exported } from '../../../schema/declaration.ts'
import { bool } from '../../../schema/scalars.ts'
import { defaultedBlock, optional, requiredBlock, schema } from '../../../schema/schema.ts'
import { duration } from '../../../schema/texts.ts'
import { consumer } from '../../common/otelcol/consumer.ts'
import { debugMetrics } from '../../common/otelcol/debug_metrics.ts'

const passthrough = schema({
  gauge: optional(bool, false, 'Whether gauges pass at once.'),
  summary: optional(bool, false, 'Whether summaries pass at once.'),
})

const componentArguments = schema(
  {
    interval: optional(duration, '1m0s', 'Time from one sending of the newest points to the next.'),
    passthrough: defaultedBlock(passthrough, 'Types of metrics that do not wait.'),
    output: requiredBlock(consumer, 'Where the metrics go to.'),
    debug_metrics: defaultedBlock(debugMetrics, 'Metrics about the component itself.'),
  },
  {
    check: ({ interval }, fail) => {
      if (interval <= 0) fail('interval must be greater than 0', 'interval')
    },
  },
)

export const declaration = declare({
  name: 'otelcol.processor.interval',
  stability: 'experimental',
  summary: 'Passes on the newest data point of each series once per interval.',
  accepts: ['otel metrics', 'otel logs', 'otel traces'],
  emits: ['otel metrics', 'otel logs', 'otel traces'],
  wraps: 'OpenTelemetry Collector',
  delivery: 'Points since the last interval are lost with the process.',
  arguments: componentArguments,
  exports: { input: exported(otelConsumer, 'Takes the metrics to thin out.') },
  metrics: {},
})
