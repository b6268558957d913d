// otelcol.receiver.zipkin: receives traces of Zipkin clients over HTTP.

import { declare } from '../../../schema/declaration.ts'
import { bool, string } from '../../../schema/scalars.ts'
import { defaultedBlock, optional, requiredBlock, schema } from '../../../schema/schema.ts'
import { consumer } from '../../common/otelcol/consumer.ts'
import { debugMetrics } from '../../common/otelcol/debug_metrics.ts'
import { httpServerFields } from '../../common/otelcol/server.ts'

const zipkinArguments = schema({
  parse_string_tags: optional(
    bool,
    false,
    'Whether tags that read as numbers or booleans become such.',
  ),
  endpoint: optional(string, '0.0.0.0:9411', 'Address to listen on, as host and port.'),
  ...httpServerFields,
  debug_metrics: defaultedBlock(debugMetrics, 'What the component measures of itself.'),
  output: requiredBlock(consumer, 'Where what was received is sent.'),
})

export const declaration = declare({
  name: 'otelcol.receiver.zipkin',
  stability: 'generally-available',
  summary: 'Receives traces of Zipkin clients over HTTP.',
  accepts: ['otel metrics', 'otel logs', 'otel traces'],
  emits: [],
  wraps: 'OpenTelemetry Collector',
  delivery: 'Holds nothing: the answer of the receivers is the answer to the sender.',
  arguments: zipkinArguments,
  exports: {},
  metrics: {},
})
