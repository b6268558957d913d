// otelcol.exporter.datadog: sends telemetry to Datadog.

import { otelConsumer } from '../../../model/capsules.ts'
import { list, map } from '../../../schema/composites.ts'
import { declare, exported } from '../../../schema/declaration.ts'
import { bool, int, secret, string } from '../../../schema/scalars.ts'
import {
  type ArgumentsOf,
  defaultedBlock,
  emptyNotNil,
  optional,
  required,
  requiredBlock,
  schema,
} from '../../../schema/schema.ts'
import { duration, patternProblem } from '../../../schema/texts.ts'
import { debugMetrics } from '../../common/otelcol/debug_metrics.ts'
import { retry } from '../../common/otelcol/retry.ts'
import { queue, queueDelivery } from '../../common/otelcol/sending_queue.ts'

const client = schema({
  read_buffer_size: optional(int, 0, 'Read buffer of a connection in bytes; 4096 if 0.'),
  write_buffer_size: optional(int, 0, 'Write buffer of a connection in bytes; 4096 if 0.'),
  timeout: optional(duration, '15s', 'How long a request may take; 0s has no limit.'),
  max_idle_conns: optional(int, 100, 'Idle connections to keep; 0 has no limit.'),
  max_idle_conns_per_host: optional(int, 0, 'Idle connections to keep per host; 2 if 0.'),
  max_conns_per_host: optional(int, 0, 'Connections per host; 0 has no limit.'),
  idle_conn_timeout: optional(
    duration,
    '1m30s',
    'How long an idle connection is kept; 0s has no limit.',
  ),
  disable_keep_alives: optional(bool, false, 'Whether every request gets a connection of its own.'),
  insecure_skip_verify: optional(bool, false, 'Whether any certificate of a server is accepted.'),
})

const api = schema({
  api_key: required(secret, 'API key of the account.'),
  site: optional(string, 'datadoghq.com', 'Site of the account, such as datadoghq.eu.'),
  fail_on_invalid_key: optional(
    bool,
    false,
    'Whether an invalid API key keeps the component from starting.',
  ),
})

const traces = schema({
  endpoint: optional(string, '', 'URL for traces; made from the site if empty.'),
  ignore_resources: emptyNotNil(
    optional(
      list(string),
      [],
      'Regular expressions; traces whose resource name matches one are dropped.',
    ),
  ),
  span_name_remappings: optional(map(string), {}, 'New names of spans, by the old ones.'),
  span_name_as_resource_name: optional(
    bool,
    false,
    'Whether the name of a span serves as its resource name.',
  ),
  compute_stats_by_span_kind: optional(
    bool,
    false,
    'Whether the kind of a span decides if it gets statistics.',
  ),
  compute_top_level_by_span_kind: optional(
    bool,
    false,
    'Whether the kind of a span decides if it counts as top level.',
  ),
  peer_tags_aggregation: optional(bool, false, 'Whether statistics are kept per peer too.'),
  peer_tags: optional(list(string), [], 'Tags that name a peer, besides the built-in ones.'),
  trace_buffer: optional(int, 0, 'Payloads that may wait to be processed; 0 has no buffer.'),
})

const exporter = schema({
  resource_attributes_as_tags: optional(
    bool,
    false,
    'Whether all resource attributes become tags.',
  ),
  instrumentation_scope_metadata_as_tags: optional(
    bool,
    true,
    'Whether name and version of the instrumentation scope become tags.',
  ),
})

const histograms = schema({
  mode: optional(
    string,
    'distributions',
    'How buckets are sent: distributions, counters or nobuckets.',
  ),
  send_aggregation_metrics: optional(
    bool,
    false,
    'Whether sum, count, minimum and maximum are sent as metrics of their own.',
  ),
})

const sums = schema({
  cumulative_monotonic_mode: optional(
    string,
    'to_delta',
    'How counters are sent: to_delta or raw_value.',
  ),
  initial_cumulative_monotonic_value: optional(
    string,
    'auto',
    'What becomes of the first value of a counter: auto, drop or keep.',
  ),
})

const summaries = schema({
  mode: optional(string, 'gauges', 'How quantiles are sent: gauges or noquantiles.'),
})

const metrics = schema({
  delta_ttl: optional(
    int,
    3600,
    'Seconds for which the last value is kept to compute the next difference.',
  ),
  endpoint: optional(string, '', 'URL for metrics; made from the site if empty.'),
  exporter: defaultedBlock(exporter, 'What becomes tags.'),
  histograms: defaultedBlock(histograms, 'How histograms are sent.'),
  sums: defaultedBlock(sums, 'How counters are sent.'),
  summaries: defaultedBlock(summaries, 'How summaries are sent.'),
})

const logs = schema({
  endpoint: optional(string, '', 'URL for logs; made from the site if empty.'),
  use_compression: optional(bool, true, 'Whether bodies are compressed.'),
  compression_level: optional(int, 6, 'How hard bodies are compressed, as gzip counts.'),
  batch_wait: optional(int, 5, 'Seconds to wait for more logs before a body is sent.'),
})

const hostMetadata = schema({
  enabled: optional(bool, true, 'Whether metadata of hosts is sent.'),
  hostname_source: optional(
    string,
    'config_or_system',
    'Where the host name comes from: config_or_system or first_resource.',
  ),
  tags: optional(list(string), [], 'Tags of the host, such as env:production.'),
})

const localHosts: ReadonlySet<string> = new Set([
  'localhost',
  'localhost.localdomain',
  'localhost6.localdomain6',
  'ip6-localhost',
])

const hostLabel = /^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/i

/** What is wrong with a name that is not empty. */
function hostnameProblem(hostname: string): string | undefined {
  if (localHosts.has(hostname.toLowerCase())) return `${hostname} is a local hostname`
  if (hostname.length > 255) return 'name exceeded the maximum length of 255 characters'
  const isCompliant = hostname.split('.').every((label) => hostLabel.test(label))
  return isCompliant ? undefined : `${hostname} is not RFC1123 compliant`
}

function tracesProblem(settings: ArgumentsOf<typeof traces>): string | undefined {
  for (const pattern of settings.ignore_resources) {
    if (patternProblem(pattern) !== undefined) {
      return `'${pattern}' is not valid resource filter regular expression`
    }
  }
  for (const [from, to] of settings.span_name_remappings) {
    if (from === '') return `'${from}' is not valid key for span name remapping`
    if (to === '') return `'${to}' is not valid value for span name remapping`
  }
  return settings.trace_buffer < 0 ? 'trace buffer must be non-negative' : undefined
}

const componentArguments = schema(
  {
    client: defaultedBlock(client, 'HTTP client of all requests.'),
    sending_queue: defaultedBlock(queue, 'Where telemetry waits to be sent.'),
    retry_on_failure: defaultedBlock(retry, 'What is sent again when it failed, and when.'),
    api: requiredBlock(api, 'The account.'),
    traces: defaultedBlock(traces, 'How traces are sent.'),
    metrics: defaultedBlock(metrics, 'How metrics are sent.'),
    logs: defaultedBlock(logs, 'How logs are sent.'),
    host_metadata: defaultedBlock(hostMetadata, 'Metadata of hosts.'),
    hostname_detection_timeout: optional(
      duration,
      '25s',
      'How long it may take to find the host name.',
    ),
    only_metadata: optional(bool, false, 'Whether only metadata of hosts is sent, no telemetry.'),
    hostname: optional(string, '', 'Host name of telemetry that names none; found out if empty.'),
    debug_metrics: defaultedBlock(debugMetrics, 'Metrics that the component keeps about itself.'),
  },
  {
    check: ({ api, hostname, host_metadata, only_metadata, traces, metrics }, fail) => {
      const { enabled, hostname_source } = host_metadata
      if (only_metadata && (!enabled || hostname_source !== 'first_resource')) {
        return fail(
          "only_metadata can't be enabled when host_metadata::enabled = false or " +
            'host_metadata::hostname_source != first_resource',
          'only_metadata',
        )
      }
      const problem = hostname === '' ? undefined : hostnameProblem(hostname)
      if (problem !== undefined) return fail(`hostname field is invalid: ${problem}`, 'hostname')
      if (api.api_key.reveal() === '') return fail('api.key is not set', 'api')
      const inTraces = tracesProblem(traces)
      if (inTraces !== undefined) return fail(inTraces, 'traces')
      const { mode, send_aggregation_metrics } = metrics.histograms
      if (mode === 'nobuckets' && !send_aggregation_metrics) {
        fail(
          "'nobuckets' mode and `send_aggregation_metrics` set to false will send no histogram " +
            'metrics',
          'metrics',
        )
      }
    },
  },
)

export const declaration = declare({
  name: 'otelcol.exporter.datadog',
  stability: 'generally-available',
  community: true,
  summary: 'Sends telemetry to Datadog.',
  accepts: [],
  emits: ['otel metrics', 'otel logs', 'otel traces'],
  wraps: 'OpenTelemetry Collector',
  delivery: queueDelivery,
  arguments: componentArguments,
  exports: { input: exported(otelConsumer, 'Receives the telemetry to export.') },
  metrics: {},
})
