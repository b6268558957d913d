// otelcol.exporter.syslog: sends logs to a syslog server.

import { otelConsumer } from '../../../model/capsules.ts'
import { declare, exported } from '../../../schema/declaration.ts'
import { bool, int, string } from '../../../schema/scalars.ts'
import { defaultedBlock, optional, required, schema } from '../../../schema/schema.ts'
import { duration, oneOf } from '../../../schema/texts.ts'
import { debugMetrics } from '../../common/otelcol/debug_metrics.ts'
import { retry } from '../../common/otelcol/retry.ts'
import { queue, queueDelivery } from '../../common/otelcol/sending_queue.ts'
import { tlsClient } from '../../common/otelcol/tls.ts'

const sysLogFormat = oneOf(['rfc3164', 'rfc5424'], {
  otherwise: (written) => `unknown syslog format: ${written}`,
})

const componentArguments = schema({
  timeout: optional(duration, '5s', 'How long a message may take to be sent; 0s has no limit.'),
  sending_queue: defaultedBlock(queue, 'Where telemetry waits to be sent.'),
  retry_on_failure: defaultedBlock(retry, 'What is sent again when it failed, and when.'),
  debug_metrics: defaultedBlock(debugMetrics, 'Metrics that the component keeps about itself.'),
  tls: defaultedBlock(tlsClient, 'TLS settings of the connection.'),
  endpoint: required(string, 'Host to send to.'),
  port: optional(int, 514, 'Port to send to.'),
  network: optional(string, 'tcp', 'Either tcp or udp.'),
  protocol: optional(sysLogFormat, 'rfc5424', 'Format of messages: rfc5424 or rfc3164.'),
  enable_octet_counting: optional(
    bool,
    false,
    'Whether the length stands before each message, rather than a newline behind it.',
  ),
})

export const declaration = declare({
  name: 'otelcol.exporter.syslog',
  stability: 'public-preview',
  summary: 'Sends logs to a syslog server.',
  accepts: [],
  emits: ['otel metrics', 'otel logs', 'otel traces'],
  wraps: 'OpenTelemetry Collector',
  delivery: queueDelivery,
  arguments: componentArguments,
  exports: { input: exported(otelConsumer, 'Receives the telemetry to export.') },
  metrics: {},
})
