// otelcol.exporter.faro: sends logs and traces to a Faro collector.

import { otelConsumer } from '../../../model/capsules.ts'
import { declare, exported } from '../../../schema/declaration.ts'
import { string } from '../../../schema/scalars.ts'
import { defaultedBlock, required, requiredBlock, schema } from '../../../schema/schema.ts'
import { httpClientFields } from '../../common/otelcol/client.ts'
import { debugMetrics } from '../../common/otelcol/debug_metrics.ts'
import { retry } from '../../common/otelcol/retry.ts'
import { queue, queueDelivery } from '../../common/otelcol/sending_queue.ts'

const client = schema({
  endpoint: required(string, 'URL of the Faro collector.'),
  ...httpClientFields('0s'),
})

const componentArguments = schema(
  {
    client: requiredBlock(client, 'HTTP client of the collector.'),
    sending_queue: defaultedBlock(queue, 'Where telemetry waits to be sent.'),
    retry_on_failure: defaultedBlock(retry, 'What is sent again when it failed, and when.'),
    debug_metrics: defaultedBlock(debugMetrics, 'Metrics that the component keeps about itself.'),
  },
  {
    check: ({ client }, fail) => {
      if (client.endpoint === '') fail('endpoint must be specified', 'client')
    },
  },
)

export const declaration = declare({
  name: 'otelcol.exporter.faro',
  stability: 'experimental',
  summary: 'Sends logs and traces to a Faro collector.',
  accepts: [],
  emits: ['otel metrics', 'otel logs', 'otel traces'],
  wraps: 'OpenTelemetry Collector',
  delivery: queueDelivery,
  arguments: componentArguments,
  exports: { input: exported(otelConsumer, 'Receives the telemetry to export.') },
  metrics: {},
})
