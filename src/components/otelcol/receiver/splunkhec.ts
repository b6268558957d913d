// otelcol.receiver.splunkhec: receives events over the HTTP Event Collector protocol of Splunk.

import { otelConsumer } from '../../../model/capsules.ts'
import { list } from '../../../schema/composites.ts'
import { declare } from '../../../schema/declaration.ts'
import { bool, string } from '../../../schema/scalars.ts'
import { defaultedBlock, optional, requiredBlock, schema } from '../../../schema/schema.ts'
import { oneOf } from '../../../schema/texts.ts'
import { debugMetrics } from '../../common/otelcol/debug_metrics.ts'
import { httpServerFields } from '../../common/otelcol/server.ts'

const splittingStrategy = oneOf(['line', 'none'], {
  otherwise: (written) => `unknown splitting strategy: ${written}`,
})

const attributeNames = schema({
  source: optional(string, 'com.splunk.source', 'Attribute that gets the source.'),
  sourcetype: optional(string, 'com.splunk.sourcetype', 'Attribute that gets the source type.'),
  index: optional(string, 'com.splunk.index', 'Attribute that gets the index.'),
  host: optional(string, 'host.name', 'Attribute that gets the host.'),
})

const output = schema({
  metrics: optional(list(otelConsumer), [], 'Receivers of the metrics; none: they are dropped.'),
  logs: optional(list(otelConsumer), [], 'Receivers of the logs; none: they are dropped.'),
})

const splunkhecArguments = schema({
  endpoint: optional(string, 'localhost:8088', 'Address to listen on, as host and port.'),
  ...httpServerFields,
  raw_path: optional(string, '/services/collector/raw', 'Path that takes raw text.'),
  health_path: optional(string, '/services/collector/health', 'Path that tells the health.'),
  splitting: optional(
    splittingStrategy,
    'line',
    'What of a raw body becomes an event: each line, or none: all of it.',
  ),
  access_token_passthrough: optional(
    bool,
    false,
    'Whether the token of a request goes along as attribute com.splunk.hec.access_token.',
  ),
  hec_metadata_to_otel_attrs: defaultedBlock(
    attributeNames,
    'Resource attributes that get what Splunk tells of an event.',
  ),
  debug_metrics: defaultedBlock(debugMetrics, 'What the component measures of itself.'),
  output: requiredBlock(output, 'Where what was received is sent.'),
})

export const declaration = declare({
  name: 'otelcol.receiver.splunkhec',
  stability: 'public-preview',
  summary: 'Receives events over the HTTP Event Collector protocol of Splunk.',
  accepts: ['otel metrics', 'otel logs', 'otel traces'],
  emits: [],
  wraps: 'OpenTelemetry Collector',
  arguments: splunkhecArguments,
  exports: {},
  metrics: {},
})
