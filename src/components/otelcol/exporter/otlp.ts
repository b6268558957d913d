// otelcol.exporter.otlp: sends telemetry to an OTLP server over gRPC.

import { otelConsumer } from '../../../model/capsules.ts'
import { declare, exported } from '../../../schema/declaration.ts'
import { string } from '../../../schema/scalars.ts'
import {
  defaultedBlock,
  optional,
  required,
  requiredBlock,
  schema,
} from '../../../schema/schema.ts'
import { duration } from '../../../schema/texts.ts'
import { grpcClientFields } from '../../common/otelcol/client.ts'
import { debugMetrics } from '../../common/otelcol/debug_metrics.ts'
import { retry } from '../../common/otelcol/retry.ts'
import { queue, queueDelivery } from '../../common/otelcol/sending_queue.ts'

const client = schema({
  endpoint: required(
    string,
    'Address of the server with its port; a scheme in front only decides about TLS.',
  ),
  ...grpcClientFields,
})

const componentArguments = schema({
  timeout: optional(duration, '5s', 'How long a request may take; 0s has no limit.'),
  sending_queue: defaultedBlock(queue, 'Where telemetry waits to be sent.'),
  retry_on_failure: defaultedBlock(retry, 'What is sent again when it failed, and when.'),
  debug_metrics: defaultedBlock(debugMetrics, 'Metrics that the component keeps about itself.'),
  client: requiredBlock(client, 'Client of the server, for gRPC.'),
})

export const declaration = declare({
  name: 'otelcol.exporter.otlp',
  stability: 'generally-available',
  summary: 'Sends telemetry to an OTLP server over gRPC.',
  accepts: [],
  emits: ['otel metrics', 'otel logs', 'otel traces'],
  wraps: 'OpenTelemetry Collector',
  delivery: queueDelivery,
  arguments: componentArguments,
  exports: { input: exported(otelConsumer, 'Receives the telemetry to export.') },
  metrics: {},
})
