// otelcol.receiver.nginx: fetches metrics from the status page of an NGINX server.

import { declare } from '../../../schema/declaration.ts'
import { string } from '../../../schema/scalars.ts'
import {
  defaultedBlock,
  optional,
  required,
  requiredBlock,
  schema,
} from '../../../schema/schema.ts'
import { duration } from '../../../schema/texts.ts'
import { consumer } from '../../common/otelcol/consumer.ts'
import { debugMetrics } from '../../common/otelcol/debug_metrics.ts'

const nginxArguments = schema({
  endpoint: required(string, 'URL of the page that the stub_status module serves.', {
    default: 'http://localhost:80/status',
  }),
  collection_interval: optional(duration, '10s', 'Time from one fetch to the next.'),
  initial_delay: optional(duration, '1s', 'Time before the first fetch.'),
  debug_metrics: defaultedBlock(debugMetrics, 'What the component measures of itself.'),
  output: requiredBlock(consumer, 'Where what was fetched is sent.'),
})

export const declaration = declare({
  name: 'otelcol.receiver.nginx',
  stability: 'public-preview',
  summary: 'Fetches metrics from the status page of an NGINX server.',
  accepts: ['otel metrics', 'otel logs', 'otel traces'],
  emits: [],
  wraps: 'OpenTelemetry Collector',
  arguments: nginxArguments,
  exports: {},
  metrics: {},
})
