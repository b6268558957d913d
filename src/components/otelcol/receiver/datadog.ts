// otelcol.receiver.datadog: receives metrics, logs and traces that Datadog agents send.

import { quote } from '../../../go/quote.ts'
import { declare } from '../../../schema/declaration.ts'
import { bool, int, secret, string } from '../../../schema/scalars.ts'
import {
  block,
  defaultedBlock,
  optional,
  required,
  requiredBlock,
  schema,
} from '../../../schema/schema.ts'
import { duration } from '../../../schema/texts.ts'
import { consumer } from '../../common/otelcol/consumer.ts'
import { debugMetrics } from '../../common/otelcol/debug_metrics.ts'
import { httpServerFields } from '../../common/otelcol/server.ts'

const api = schema({
  key: required(secret, 'API key of Datadog.'),
  site: optional(string, '', 'Site of Datadog to send to; empty: datadoghq.com.'),
  fail_on_invalid_key: optional(bool, false, 'Whether a wrong key stops the component.'),
})

const proxy = schema({
  api: requiredBlock(api, 'How Datadog is reached.'),
})

const behaviors = ['', 'disable', 'proxy']

const intake = schema(
  {
    behavior: required(string, 'What is done with what the intake gets: disable or proxy.'),
    proxy: block(proxy, 'Where the proxy sends it.'),
  },
  {
    check: ({ behavior }, fail) => {
      if (behaviors.includes(behavior)) return
      fail(`"intake.behavior" has an invalid value ${quote(behavior)}`, 'behavior')
    },
  },
)

const datadogArguments = schema({
  endpoint: optional(string, 'localhost:8126', 'Address to listen on, as host and port.'),
  ...httpServerFields,
  read_timeout: optional(duration, '1m', httpServerFields.read_timeout.doc),
  trace_id_cache_size: optional(
    int,
    0,
    'Traces of which the upper half of their 128-bit ID is remembered.',
  ),
  idle_series_timeout: optional(
    duration,
    '0s',
    'Time after which a series without samples is forgotten; 0s: never.',
  ),
  idle_series_cleanup_interval: optional(
    duration,
    '5m',
    'Time from one search for idle series to the next.',
  ),
  decode_json_message: optional(bool, true, 'Whether messages of logs that are JSON are decoded.'),
  intake: block(intake, 'What becomes of requests to the intake of agents.'),
  debug_metrics: defaultedBlock(debugMetrics, 'What the component measures of itself.'),
  output: requiredBlock(consumer, 'Where what was received is sent.'),
})

export const declaration = declare({
  name: 'otelcol.receiver.datadog',
  stability: 'experimental',
  summary: 'Receives metrics, logs and traces that Datadog agents send.',
  accepts: ['otel metrics', 'otel logs', 'otel traces'],
  emits: [],
  wraps: 'OpenTelemetry Collector',
  arguments: datadogArguments,
  exports: {},
  metrics: {},
})
