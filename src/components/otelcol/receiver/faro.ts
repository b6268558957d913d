// otelcol.receiver.faro: receives logs and traces of web pages from the Faro SDK over HTTP.

import { declare } from '../../../schema/declaration.ts'
import { string } from '../../../schema/scalars.ts'
import { defaultedBlock, optional, requiredBlock, schema } from '../../../schema/schema.ts'
import { consumer } from '../../common/otelcol/consumer.ts'
import { debugMetrics } from '../../common/otelcol/debug_metrics.ts'
import { httpServerFields } from '../../common/otelcol/server.ts'

const faroArguments = schema({
  endpoint: optional(string, 'localhost:8080', 'Address to listen on, as host and port.'),
  ...httpServerFields,
  debug_metrics: defaultedBlock(debugMetrics, 'What the component measures of itself.'),
  output: requiredBlock(consumer, 'Where what was received is sent.'),
})

export const declaration = declare({
  name: 'otelcol.receiver.faro',
  stability: 'experimental',
  summary: 'Receives logs and traces of web pages from the Faro SDK over HTTP.',
  accepts: ['otel metrics', 'otel logs', 'otel traces'],
  emits: [],
  wraps: 'OpenTelemetry Collector',
  arguments: faroArguments,
  exports: {},
  metrics: {},
})
