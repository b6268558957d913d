// otelcol.exporter.googlecloud: sends telemetry to Google Cloud.

import { quote } from '../../../go/quote.ts'
import { otelConsumer } from '../../../model/capsules.ts'
import { list, object } from '../../../schema/composites.ts'
import { declare, exported } from '../../../schema/declaration.ts'
import { bool, int, string } from '../../../schema/scalars.ts'
import {
  type ArgumentsOf,
  block,
  defaultedBlock,
  optional,
  schema,
} from '../../../schema/schema.ts'
import { duration } from '../../../schema/texts.ts'
import { debugMetrics } from '../../common/otelcol/debug_metrics.ts'
import { queue, queueDelivery } from '../../common/otelcol/sending_queue.ts'

const impersonate = schema({
  target_principal: optional(string, '', 'Service account to act as.'),
  subject: optional(string, '', 'User to act for, by domain-wide delegation.'),
  delegates: optional(list(string), [], 'Service accounts that lead to the target, in order.'),
})

const experimentalWal = schema({
  directory: optional(string, '', 'Where metrics are kept; the working directory if empty.'),
  max_backoff: optional(duration, '0s', 'Longest wait between two attempts; 1h if 0s.'),
})

const metric = schema({
  prefix: optional(string, 'workload.googleapis.com', 'What metric names begin with.'),
  endpoint: optional(string, 'monitoring.googleapis.com:443', 'Address of Cloud Monitoring.'),
  compression: optional(string, '', 'Either gzip, or none if empty.'),
  grpc_pool_size: optional(int, 0, 'Connections to keep; 1 if 0.'),
  use_insecure: optional(bool, false, 'Whether to connect without TLS.'),
  known_domains: optional(
    list(string),
    ['googleapis.com', 'kubernetes.io', 'istio.io', 'knative.dev'],
    'Metric names that begin with one of these domains get no prefix.',
  ),
  skip_create_descriptor: optional(
    bool,
    false,
    'Whether metrics are sent without being described first.',
  ),
  instrumentation_library_labels: optional(
    bool,
    true,
    'Whether name and version of the instrumentation scope become labels.',
  ),
  create_service_timeseries: optional(
    bool,
    false,
    'Whether metrics of services of Google Cloud itself are sent.',
  ),
  create_metric_descriptor_buffer_size: optional(
    int,
    10,
    'Descriptions of metrics that may wait to be sent.',
  ),
  service_resource_labels: optional(
    bool,
    true,
    'Whether name, namespace and instance of the service become labels.',
  ),
  resource_filters: optional(
    list(object({ prefix: string, regex: string })),
    [],
    'Further resource attributes that become labels, by prefix or regular expression.',
  ),
  cumulative_normalization: optional(
    bool,
    true,
    'Whether counters without a start time count from their first value.',
  ),
  sum_of_squared_deviation: optional(
    bool,
    false,
    'Whether histograms get an estimate of their variance.',
  ),
  experimental_wal: block(experimentalWal, 'Keeps metrics on disk until they are sent.'),
})

const trace = schema({
  endpoint: optional(string, 'cloudtrace.googleapis.com:443', 'Address of Cloud Trace.'),
  grpc_pool_size: optional(int, 0, 'Connections to keep; 1 if 0.'),
  use_insecure: optional(bool, false, 'Whether to connect without TLS.'),
  attribute_mappings: optional(
    list(object({ key: string, replacement: string })),
    [],
    'Attributes to rename, each from key to replacement.',
  ),
})

const log = schema({
  endpoint: optional(string, 'logging.googleapis.com:443', 'Address of Cloud Logging.'),
  compression: optional(string, '', 'Either gzip, or none if empty.'),
  grpc_pool_size: optional(int, 0, 'Connections to keep; 1 if 0.'),
  use_insecure: optional(bool, false, 'Whether to connect without TLS.'),
  default_log_name: optional(string, '', 'Name of the log for records that name none.'),
  resource_filters: optional(
    list(object({ prefix: string, regex: string })),
    [],
    'Resource attributes that become labels, by prefix or regular expression.',
  ),
  service_resource_labels: optional(
    bool,
    true,
    'Whether name, namespace and instance of the service become labels.',
  ),
  error_reporting_type: optional(
    bool,
    false,
    'Whether errors among the records go to Error Reporting too.',
  ),
})

/** No two attributes may be renamed from, or to, the same key. */
function mappingProblem(
  mappings: ArgumentsOf<typeof trace>['attribute_mappings'],
): string | undefined {
  const keys = new Set<string>()
  const replacements = new Set<string>()
  for (const { key, replacement } of mappings) {
    if (keys.has(key)) return `duplicate key in traces.attribute_mappings: ${quote(key)}`
    if (replacements.has(replacement)) {
      return `duplicate replacement in traces.attribute_mappings: ${quote(replacement)}`
    }
    keys.add(key)
    replacements.add(replacement)
  }
  return undefined
}

const componentArguments = schema(
  {
    sending_queue: defaultedBlock(queue, 'Where telemetry waits to be sent.'),
    project: optional(string, '', 'Project to send to; that of the credentials if empty.'),
    destination_project_quota: optional(
      bool,
      false,
      'Whether requests use the quota of the project they go to.',
    ),
    user_agent: optional(
      string,
      'opentelemetry-collector-contrib {{version}}',
      'User-Agent of requests, where {{version}} stands for the version.',
    ),
    impersonate: defaultedBlock(impersonate, 'Acts as a service account.'),
    metric: defaultedBlock(metric, 'How metrics are sent.'),
    trace: defaultedBlock(trace, 'How traces are sent.'),
    log: defaultedBlock(log, 'How logs are sent.'),
    debug_metrics: defaultedBlock(debugMetrics, 'Metrics that the component keeps about itself.'),
  },
  {
    check: (args, fail) => {
      const invalid = (problem: string, at: 'metric' | 'trace' | 'log'): void => {
        fail(`googlecloud exporter settings are invalid :${problem}`, at)
      }
      const problem = mappingProblem(args.trace.attribute_mappings)
      if (problem !== undefined) return invalid(problem, 'trace')
      for (const at of ['metric', 'log'] as const) {
        const { compression } = args[at]
        if (compression === '' || compression === 'gzip') continue
        const message = `unknown compression option '${compression}', allowed values: '', 'gzip'`
        return invalid(message, at)
      }
    },
  },
)

export const declaration = declare({
  name: 'otelcol.exporter.googlecloud',
  stability: 'generally-available',
  community: true,
  summary: 'Sends telemetry to Google Cloud.',
  accepts: [],
  emits: ['otel metrics', 'otel logs', 'otel traces'],
  wraps: 'OpenTelemetry Collector',
  delivery: queueDelivery,
  arguments: componentArguments,
  exports: { input: exported(otelConsumer, 'Receives the telemetry to export.') },
  metrics: {},
})
