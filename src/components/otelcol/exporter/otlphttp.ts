// otelcol.exporter.otlphttp: sends telemetry to an OTLP server over HTTP.

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
import { httpClientFields } from '../../common/otelcol/client.ts'
import { debugMetrics } from '../../common/otelcol/debug_metrics.ts'
import { retry } from '../../common/otelcol/retry.ts'
import { queue, queueDelivery } from '../../common/otelcol/sending_queue.ts'

const client = schema({
  endpoint: required(
    string,
    'URL of the server; /v1/traces, /v1/metrics and /v1/logs are added to it.',
  ),
  ...httpClientFields('15s'),
})

const componentArguments = schema(
  {
    client: requiredBlock(client, 'Client of the server, for HTTP.'),
    sending_queue: defaultedBlock(queue, 'Where telemetry waits to be sent.'),
    retry_on_failure: defaultedBlock(retry, 'What is sent again when it failed, and when.'),
    debug_metrics: defaultedBlock(debugMetrics, 'Metrics that the component keeps about itself.'),
    traces_endpoint: optional(
      string,
      '',
      'URL for traces, used as it is; made from the endpoint if empty.',
    ),
    metrics_endpoint: optional(
      string,
      '',
      'URL for metrics, used as it is; made from the endpoint if empty.',
    ),
    logs_endpoint: optional(
      string,
      '',
      'URL for logs, used as it is; made from the endpoint if empty.',
    ),
    encoding: optional(string, 'proto', 'Encoding of bodies: proto or json.'),
  },
  {
    check: ({ client, traces_endpoint, metrics_endpoint, logs_endpoint, encoding }, fail) => {
      const endpoints = [client.endpoint, traces_endpoint, metrics_endpoint, logs_endpoint]
      if (endpoints.every((endpoint) => endpoint === '')) {
        return fail('at least one endpoint must be specified', 'client')
      }
      if (encoding !== 'proto' && encoding !== 'json') {
        fail(`invalid encoding type ${encoding}`, 'encoding')
      }
    },
  },
)

export const declaration = declare({
  name: 'otelcol.exporter.otlphttp',
  stability: 'generally-available',
  summary: 'Sends telemetry to an OTLP server over HTTP.',
  accepts: [],
  emits: ['otel metrics', 'otel logs', 'otel traces'],
  wraps: 'OpenTelemetry Collector',
  delivery: queueDelivery,
  arguments: componentArguments,
  exports: { input: exported(otelConsumer, 'Receives the telemetry to export.') },
  metrics: {},
})
