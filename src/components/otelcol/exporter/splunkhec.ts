// otelcol.exporter.splunkhec: sends telemetry to the HTTP Event Collector of Splunk.

import { otelConsumer } from '../../../model/capsules.ts'
import { map } from '../../../schema/composites.ts'
import { declare, exported } from '../../../schema/declaration.ts'
import { bool, int, secret, string, uint } from '../../../schema/scalars.ts'
import {
  defaultedBlock,
  optional,
  required,
  requiredBlock,
  schema,
} from '../../../schema/schema.ts'
import { duration } from '../../../schema/texts.ts'
import { debugMetrics } from '../../common/otelcol/debug_metrics.ts'
import { retry } from '../../common/otelcol/retry.ts'
import { queue, queueDelivery } from '../../common/otelcol/sending_queue.ts'

const client = schema(
  {
    endpoint: required(string, 'URL of the collector.'),
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
    disable_keep_alives: optional(
      bool,
      false,
      'Whether every request gets a connection of its own.',
    ),
    insecure_skip_verify: optional(bool, false, 'Whether any certificate of a server is accepted.'),
    force_attempt_http2: optional(bool, true, 'Whether HTTP/2 is tried.'),
  },
  {
    check: ({ endpoint }, fail) => {
      if (endpoint === '') fail('missing Splunk hec endpoint', 'endpoint')
    },
  },
)

const otelToHecFields = schema({
  severity_text: optional(
    string,
    '',
    'Field that gets the severity text; otel.log.severity.text if empty.',
  ),
  severity_number: optional(
    string,
    '',
    'Field that gets the severity number; otel.log.severity.number if empty.',
  ),
})

const heartbeat = schema({
  interval: optional(duration, '0s', 'How often a heartbeat is sent; 0s sends none.'),
  startup: optional(bool, false, 'Whether one is sent at the start, which must succeed.'),
})

const telemetry = schema({
  enabled: optional(bool, false, 'Whether there are metrics about heartbeats.'),
  override_metrics_names: optional(map(string), {}, 'Other names of these metrics, by their own.'),
  extra_attributes: optional(map(string), {}, 'Labels of these metrics.'),
})

const bytesMax = 838_860_800

const bounded = [
  'max_content_length_logs',
  'max_content_length_metrics',
  'max_content_length_traces',
  'max_event_size',
] as const

const splunk = schema(
  {
    log_data_enabled: optional(bool, true, 'Whether logs are sent.'),
    profiling_data_enabled: optional(bool, true, 'Whether profiles are sent.'),
    token: required(secret, 'Token of the collector.'),
    source: optional(string, '', 'Source of events whose telemetry names none.'),
    sourcetype: optional(string, '', 'Source type of events whose telemetry names none.'),
    index: optional(string, '', 'Index of events whose telemetry names none.'),
    disable_compression: optional(
      bool,
      false,
      'Whether bodies are sent as they are rather than compressed.',
    ),
    max_content_length_logs: optional(
      uint,
      2_097_152,
      'Longest body of logs in bytes, before compression; up to 838860800.',
    ),
    max_content_length_metrics: optional(
      uint,
      2_097_152,
      'Longest body of metrics in bytes, before compression; up to 838860800.',
    ),
    max_content_length_traces: optional(
      uint,
      2_097_152,
      'Longest body of traces in bytes, before compression; up to 838860800.',
    ),
    max_event_size: optional(
      uint,
      5_242_880,
      'Longest event in bytes, up to 838860800; longer ones are dropped.',
    ),
    splunk_app_name: optional(string, 'Alloy', 'Name of this program, as Splunk shows it.'),
    splunk_app_version: optional(string, '', 'Version of this program, as Splunk shows it.'),
    otel_to_hec_fields: defaultedBlock(
      otelToHecFields,
      'Fields of events that get the severity of logs.',
    ),
    health_path: optional(string, '/services/collector/health', 'Path of the health check.'),
    health_check_enabled: optional(
      bool,
      false,
      'Whether the collector must be healthy for the component to start.',
    ),
    export_raw: optional(bool, false, 'Whether only the bodies of logs are sent, one per line.'),
    use_multi_metric_format: optional(
      bool,
      false,
      'Whether metrics that differ only in name and value share an event.',
    ),
    heartbeat: defaultedBlock(heartbeat, 'Signs of life.'),
    telemetry: defaultedBlock(telemetry, 'Metrics about heartbeats.'),
  },
  {
    check: (args, fail) => {
      if (args.token.reveal() === '') return fail('missing splunk token', 'token')
      if (!args.log_data_enabled && !args.profiling_data_enabled) {
        return fail('at least one of log_data_enabled or profiling_data_enabled must be enabled')
      }
      for (const name of bounded) {
        if (args[name] > bytesMax) return fail(`${name} must be less than ${bytesMax}`, name)
      }
    },
  },
)

const otelAttrsToHecMetadata = schema({
  source: optional(string, 'com.splunk.source', 'Attribute that holds the source.'),
  sourcetype: optional(string, 'com.splunk.sourcetype', 'Attribute that holds the source type.'),
  index: optional(string, 'com.splunk.index', 'Attribute that holds the index.'),
  host: optional(string, 'host.name', 'Attribute that holds the host.'),
})

const componentArguments = schema({
  client: requiredBlock(client, 'HTTP client of the collector.'),
  sending_queue: defaultedBlock(queue, 'Where telemetry waits to be sent.'),
  retry_on_failure: defaultedBlock(retry, 'What is sent again when it failed, and when.'),
  splunk: requiredBlock(splunk, 'What is sent, and how.'),
  otel_attrs_to_hec_metadata: defaultedBlock(
    otelAttrsToHecMetadata,
    'Attributes that give source, type, index and host of events.',
  ),
  debug_metrics: defaultedBlock(debugMetrics, 'Metrics that the component keeps about itself.'),
})

export const declaration = declare({
  name: 'otelcol.exporter.splunkhec',
  stability: 'generally-available',
  community: true,
  summary: 'Sends telemetry to the HTTP Event Collector of Splunk.',
  accepts: [],
  emits: ['otel metrics', 'otel logs', 'otel traces'],
  wraps: 'OpenTelemetry Collector',
  delivery: queueDelivery,
  arguments: componentArguments,
  exports: { input: exported(otelConsumer, 'Receives the telemetry to export.') },
  metrics: {},
})
