// otelcol.receiver.prometheus: turns Prometheus metrics into OpenTelemetry metrics.

import { metricsReceiver } from '../../../model/capsules.ts'
import { declare, exported } from '../../../schema/declaration.ts'
import { defaultedBlock, requiredBlock, schema } from '../../../schema/schema.ts'
import { consumer } from '../../common/otelcol/consumer.ts'
import { debugMetrics } from '../../common/otelcol/debug_metrics.ts'

export const declaration = declare({
  name: 'otelcol.receiver.prometheus',
  stability: 'generally-available',
  summary: 'Turns Prometheus metrics into OpenTelemetry metrics.',
  accepts: ['otel metrics', 'otel logs', 'otel traces'],
  emits: ['prometheus metrics'],
  wraps: 'OpenTelemetry Collector',
  arguments: schema({
    output: requiredBlock(consumer, 'Where the metrics are sent.'),
    debug_metrics: defaultedBlock(debugMetrics, 'What the component measures of itself.'),
  }),
  exports: { receiver: exported(metricsReceiver, 'Receiver of the metrics to turn.') },
  metrics: {},
})
