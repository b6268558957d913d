// otelcol.exporter.loadbalancing: spreads telemetry over backends, what belongs together to one.

import { quote } from '../../../go/quote.ts'
import { otelConsumer } from '../../../model/capsules.ts'
import { list, nullable } from '../../../schema/composites.ts'
import { declare, exported } from '../../../schema/declaration.ts'
import { bool, int32, string, uint16 } from '../../../schema/scalars.ts'
import {
  block,
  defaultedBlock,
  optional,
  required,
  requiredBlock,
  schema,
} from '../../../schema/schema.ts'
import { duration } from '../../../schema/texts.ts'
import { grpcClientFields } from '../../common/otelcol/client.ts'
import { debugMetrics } from '../../common/otelcol/debug_metrics.ts'
import { retry } from '../../common/otelcol/retry.ts'
import { queue, queueDelivery } from '../../common/otelcol/sending_queue.ts'

const client = schema(grpcClientFields)

const otlp = schema({
  timeout: optional(duration, '5s', 'How long a request to a backend may take; 0s has no limit.'),
  queue: defaultedBlock(
    queue,
    'Where telemetry waits for its backend; each has a queue of its own.',
  ),
  retry: defaultedBlock(retry, 'What is sent again to the same backend, and when.'),
  client: requiredBlock(client, 'Client of every backend, for gRPC.'),
})

const protocol = schema({
  otlp: requiredBlock(otlp, 'Speaks OTLP over gRPC.'),
})

const resolverStatic = schema({
  hostnames: required(list(string), 'Addresses of the backends; port 4317 where none is given.'),
})

const dns = schema({
  hostname: required(string, 'Name to look up; every address of it is a backend.'),
  port: optional(string, '4317', 'Port of the backends.'),
  interval: optional(duration, '5s', 'How often the name is looked up.'),
  timeout: optional(duration, '1s', 'How long a lookup may take.'),
})

const kubernetes = schema({
  service: required(
    string,
    'Name of the service, with its namespace after a dot if that is another.',
  ),
  ports: optional(list(int32), [4317], 'Ports of the backends.'),
  timeout: optional(duration, '1m0s', 'How long the first list of endpoints may take.'),
  return_hostnames: optional(
    bool,
    false,
    'Whether backends are called by host name rather than address, as in a StatefulSet.',
  ),
})

const healthStates: ReadonlySet<string> = new Set([
  'HEALTHY',
  'UNHEALTHY',
  'ALL',
  'HEALTHY_OR_ELSE_ALL',
])

const awsCloudMap = schema(
  {
    namespace: required(string, 'Namespace of the service in AWS Cloud Map.'),
    service_name: required(string, 'Name of the service in AWS Cloud Map.'),
    health_status: optional(
      string,
      'HEALTHY',
      'Which instances count: HEALTHY, UNHEALTHY, ALL or HEALTHY_OR_ELSE_ALL.',
    ),
    interval: optional(duration, '30s', 'How often the instances are looked up.'),
    timeout: optional(duration, '5s', 'How long a lookup may take.'),
    port: optional(
      nullable(uint16),
      undefined,
      'Port of the backends; what the instances say if not set.',
    ),
    owner_account: optional(
      string,
      '',
      'AWS account that owns the namespace; that of the credentials if empty.',
    ),
  },
  {
    check: ({ health_status }, fail) => {
      if (healthStates.has(health_status)) return
      fail(`invalid health status ${quote(health_status)}`, 'health_status')
    },
  },
)

const resolver = schema({
  static: block(resolverStatic, 'Backends from a list.'),
  dns: block(dns, 'Backends from the addresses of a DNS name.'),
  kubernetes: block(kubernetes, 'Backends from the endpoints of a Kubernetes service.'),
  aws_cloud_map: block(awsCloudMap, 'Backends from AWS Cloud Map.'),
})

const routingKeys: ReadonlySet<string> = new Set([
  'traceID',
  'service',
  'resource',
  'metric',
  'streamID',
])

const componentArguments = schema(
  {
    protocol: requiredBlock(protocol, 'How backends are spoken to.'),
    resolver: requiredBlock(resolver, 'Where backends are found.'),
    routing_key: optional(
      string,
      'traceID',
      'What goes to one backend together: traceID, service, resource, metric or streamID.',
    ),
    timeout: optional(
      duration,
      '0s',
      'How long it may take to hand telemetry to its backends; 0s has no limit.',
    ),
    retry_on_failure: defaultedBlock(
      retry,
      'What is sent again, to whichever backend is then right; off unless written.',
      {
        absent: {
          enabled: false,
          initial_interval: '0s',
          max_elapsed_time: '0s',
          max_interval: '0s',
          multiplier: 0,
          randomization_factor: 0,
        },
      },
    ),
    sending_queue: defaultedBlock(
      queue,
      'Where telemetry waits before a backend is chosen; off unless written.',
      {
        absent: { enabled: false, num_consumers: 0, queue_size: 0, sizer: '' },
      },
    ),
    debug_metrics: defaultedBlock(debugMetrics, 'Metrics that the component keeps about itself.'),
  },
  {
    check: ({ routing_key }, fail) => {
      if (!routingKeys.has(routing_key))
        fail(`invalid routing key ${quote(routing_key)}`, 'routing_key')
    },
  },
)

export const declaration = declare({
  name: 'otelcol.exporter.loadbalancing',
  stability: 'generally-available',
  summary: 'Spreads telemetry over backends, what belongs together to one.',
  accepts: [],
  emits: ['otel metrics', 'otel logs', 'otel traces'],
  wraps: 'OpenTelemetry Collector',
  delivery: queueDelivery,
  arguments: componentArguments,
  exports: { input: exported(otelConsumer, 'Receives the telemetry to export.') },
  metrics: {},
})
