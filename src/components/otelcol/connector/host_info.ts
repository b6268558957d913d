// otelcol.connector.host_info: makes a metric of the hosts that spans come from.

import { otelConsumer } from '../../../model/capsules.ts'
import { list } from '../../../schema/composites.ts'
import { declare, exported } from '../../../schema/declaration.ts'
import { string } from '../../../schema/scalars.ts'
import { defaultedBlock, optional, requiredBlock, schema } from '../../../schema/schema.ts'
import { duration } from '../../../schema/texts.ts'
import { consumer } from '../../common/otelcol/consumer.ts'
import { debugMetrics } from '../../common/otelcol/debug_metrics.ts'

const componentArguments = schema(
  {
    host_identifiers: optional(
      list(string),
      ['host.id'],
      'Attributes of the resource that name the host; the first that is there counts.',
    ),
    metrics_flush_interval: optional(duration, '1m0s', 'Time from one metric to the next.'),
    output: requiredBlock(consumer, 'Where the metrics go to.'),
    debug_metrics: defaultedBlock(debugMetrics, 'Metrics about the component itself.'),
  },
  {
    check: ({ host_identifiers, metrics_flush_interval }, fail) => {
      if (host_identifiers.length === 0) {
        fail('host_identifiers must not be empty', 'host_identifiers')
      } else if (metrics_flush_interval <= 0) {
        fail('metrics_flush_interval must be greater than 0', 'metrics_flush_interval')
      }
    },
  },
)

export const declaration = declare({
  name: 'otelcol.connector.host_info',
  stability: 'generally-available',
  summary: 'Makes a metric of the hosts that spans come from.',
  accepts: ['otel metrics', 'otel logs', 'otel traces'],
  emits: ['otel metrics', 'otel logs', 'otel traces'],
  delivery: 'Hosts seen since the last metric are lost when the process is killed.',
  arguments: componentArguments,
  exports: { input: exported(otelConsumer, 'Takes the spans to look at.') },
  metrics: {},
})
