// otelcol.processor.deltatocumulative: turns delta metrics into cumulative metrics.

import { formatDurationMs } from '../../../go/duration.ts'
import { otelConsumer } from '../../../model/capsules.ts'
import { declare, exported } from '../../../schema/declaration.ts'
import { int } from '../../../schema/scalars.ts'
import { defaultedBlock, optional, requiredBlock, schema } from '../../../schema/schema.ts'
import { duration } from '../../../schema/texts.ts'
import { consumer } from '../../common/otelcol/consumer.ts'
import { debugMetrics } from '../../common/otelcol/debug_metrics.ts'

const componentArguments = schema(
  {
    max_stale: optional(
      duration,
      '5m0s',
      'Time without a point after which a series is forgotten.',
    ),
    max_streams: optional(
      int,
      9223372036854775807n,
      'Series to remember at most; points of further ones are dropped.',
    ),
    output: requiredBlock(consumer, 'Where the metrics go to.'),
    debug_metrics: defaultedBlock(debugMetrics, 'Metrics about the component itself.'),
  },
  {
    check: ({ max_stale }, fail) => {
      if (max_stale > 0) return
      const written = formatDurationMs(max_stale)
      fail(`max_stale must be a positive duration (got ${written})`, 'max_stale')
    },
  },
)

export const declaration = declare({
  name: 'otelcol.processor.deltatocumulative',
  stability: 'experimental',
  summary: 'Turns delta metrics into cumulative metrics.',
  accepts: ['otel metrics', 'otel logs', 'otel traces'],
  emits: ['otel metrics', 'otel logs', 'otel traces'],
  wraps: 'OpenTelemetry Collector',
  delivery: 'Remembers the sum of each series; after a restart each begins anew.',
  arguments: componentArguments,
  exports: { input: exported(otelConsumer, 'Takes the metrics to convert.') },
  metrics: {},
})
