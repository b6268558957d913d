// otelcol.receiver.influxdb: receives InfluxDB line protocol over HTTP as metrics.

import { declare } from '../../../schema/declaration.ts'
import { string } from '../../../schema/scalars.ts'
import { defaultedBlock, optional, requiredBlock, schema } from '../../../schema/schema.ts'
import { consumer } from '../../common/otelcol/consumer.ts'
import { debugMetrics } from '../../common/otelcol/debug_metrics.ts'
import { httpServerFields } from '../../common/otelcol/server.ts'

const influxdbArguments = schema(
  {
    endpoint: optional(string, 'localhost:8086', 'Address to listen on, as host and port.'),
    ...httpServerFields,
    debug_metrics: defaultedBlock(debugMetrics, 'What the component measures of itself.'),
    output: requiredBlock(consumer, 'Where what was received is sent.'),
  },
  {
    check: ({ endpoint }, fail) => {
      if (endpoint === '') fail('HTTP server endpoint cannot be empty', 'endpoint')
    },
  },
)

export const declaration = declare({
  name: 'otelcol.receiver.influxdb',
  stability: 'generally-available',
  summary: 'Receives InfluxDB line protocol over HTTP as metrics.',
  accepts: ['otel metrics', 'otel logs', 'otel traces'],
  emits: [],
  wraps: 'OpenTelemetry Collector',
  arguments: influxdbArguments,
  exports: {},
  metrics: {},
})
