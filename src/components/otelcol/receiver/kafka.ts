// otelcol.receiver.kafka: receives metrics, logs and traces from topics of Kafka.

import { list } from '../../../schema/composites.ts'
import { declare } from '../../../schema/declaration.ts'
import { bool, float, int32, string } from '../../../schema/scalars.ts'
import {
  block,
  defaultedBlock,
  emptyNotNil,
  optional,
  required,
  requiredBlock,
  schema,
} from '../../../schema/schema.ts'
import { duration } from '../../../schema/texts.ts'
import { consumer } from '../../common/otelcol/consumer.ts'
import { debugMetrics } from '../../common/otelcol/debug_metrics.ts'
import { kafkaAuthentication, kafkaMetadata } from '../../common/otelcol/kafka.ts'
import { tlsClient } from '../../common/otelcol/tls.ts'

const rebalanceStrategies = ['range', 'roundrobin', 'sticky', 'cooperative-sticky']

const encodingDoc = 'Format of the messages: otlp_proto, otlp_json, '

function topicsOf(topic: string, formats: string) {
  return schema(
    {
      topic: optional(string, '', 'Topic to read.', { deprecated: 'Set topics instead.' }),
      topics: optional(list(string), [topic], 'Topics to read; `^` begins a regular expression.'),
      encoding: optional(string, 'otlp_proto', `${encodingDoc}${formats}.`),
      exclude_topics: optional(
        list(string),
        [],
        'Regular expressions of topics to leave out of those that expressions match.',
      ),
    },
    { defaultsFrom: 'parent' },
  )
}

const logs = topicsOf('otlp_logs', 'raw, text or json')
const metrics = topicsOf('otlp_metrics', 'or that of an extension')
const traces = topicsOf('otlp_spans', 'jaeger_proto, zipkin_json and more')

const autocommit = schema({
  enable: optional(bool, true, 'Whether offsets are committed at intervals.'),
  interval: optional(duration, '1s', 'Time from one commit to the next.'),
})

const messageMarking = schema({
  after_execution: optional(
    bool,
    false,
    'Whether messages count as read once receivers took them, not before.',
  ),
  include_unsuccessful: optional(
    bool,
    false,
    'Whether then those that receivers refused count as read too.',
  ),
})

const headerExtraction = schema({
  extract_headers: optional(bool, false, 'Whether headers become resource attributes.'),
  headers: emptyNotNil(
    optional(list(string), [], 'Headers that do, as attributes kafka.header.NAME.'),
  ),
})

const errorBackoff = schema(
  {
    enabled: optional(bool, false, 'Whether refused messages are sent again after a while.'),
    initial_interval: optional(duration, '0s', 'Time before the first repetition.'),
    randomization_factor: optional(float, 0, 'Share by which the times vary at random.'),
    multiplier: optional(float, 0, 'Factor from one time to the next, above 1.'),
    max_interval: optional(duration, '0s', 'Bound of the time between repetitions.'),
    max_elapsed_time: optional(
      duration,
      '0s',
      'Time after which a message is given up; 0s: never.',
    ),
  },
  {
    check: ({ enabled, multiplier }, fail) => {
      if (enabled && multiplier <= 1) fail('multiplier must be greater than 1.0', 'multiplier')
    },
  },
)

const connectionFields = {
  brokers: required(list(string), 'Brokers to begin with, as host and port.', {
    default: ['localhost:9092'],
  }),
  protocol_version: required(string, 'Version of the Kafka protocol to speak: 2.0.0.'),
  session_timeout: optional(
    duration,
    '10s',
    'Silence of this client after which the group goes on without it.',
  ),
  heartbeat_interval: optional(duration, '3s', 'Time from one sign of life to the next.'),
  encoding: optional(string, '', 'Format of the messages of all topics.', {
    deprecated: 'Set encoding in the blocks logs, metrics and traces instead.',
  }),
  group_id: optional(string, 'otel-collector', 'Consumer group to be part of.'),
  client_id: optional(string, 'otel-collector', 'Name of this client in logs of the brokers.'),
  initial_offset: optional(
    string,
    'latest',
    'Where a group without offsets begins: latest or earliest.',
  ),
}

const fetchFields = {
  min_fetch_size: optional(int32, 1, 'Bytes that an answer waits for.'),
  max_fetch_size: optional(int32, 1_048_576, 'Bound of an answer in bytes; 0: none.'),
  max_partition_fetch_size: optional(
    int32,
    1_048_576,
    'Bound in bytes of what an answer holds of a partition.',
  ),
  max_fetch_wait: optional(duration, '250ms', 'Time that an answer waits for min_fetch_size.'),
}

const groupFields = {
  group_rebalance_strategy: optional(string, '', 'How partitions are shared in the group.', {
    deprecated: 'Set group_rebalance_strategies instead.',
  }),
  group_rebalance_strategies: optional(
    list(string),
    [],
    'How: range, roundrobin, sticky or cooperative-sticky, best first; none: range.',
  ),
  group_instance_id: optional(
    string,
    '',
    'Name of a static member, which keeps its partitions over a restart; empty: none.',
  ),
  rack_id: optional(string, '', 'Rack of this client, to read from replicas nearby.'),
  use_leader_epoch: optional(bool, true, 'Whether offsets are checked against the leader epoch.'),
}

const kafkaArguments = schema(
  {
    ...connectionFields,
    logs: defaultedBlock(logs, 'Topics that hold logs.'),
    metrics: defaultedBlock(metrics, 'Topics that hold metrics.'),
    traces: defaultedBlock(traces, 'Topics that hold traces.'),
    resolve_canonical_bootstrap_servers_only: optional(
      bool,
      false,
      'Has no effect: brokers were once resolved to their canonical names.',
    ),
    authentication: defaultedBlock(kafkaAuthentication, 'How this client logs in.'),
    metadata: defaultedBlock(kafkaMetadata, 'How what the cluster consists of is asked for.'),
    autocommit: defaultedBlock(autocommit, 'How offsets are committed.'),
    message_marking: defaultedBlock(messageMarking, 'When messages count as read.'),
    header_extraction: defaultedBlock(headerExtraction, 'What becomes of headers of messages.'),
    tls: block(tlsClient, 'TLS settings; without the block connections are plain.'),
    ...fetchFields,
    ...groupFields,
    conn_idle_timeout: optional(
      duration,
      '9m',
      'Time after which connections that are not used are closed.',
    ),
    error_backoff: defaultedBlock(
      errorBackoff,
      'How messages that receivers refuse are sent again.',
    ),
    debug_metrics: defaultedBlock(debugMetrics, 'What the component measures of itself.'),
    output: requiredBlock(consumer, 'Where what was received is sent.'),
  },
  {
    check: ({ group_rebalance_strategy, group_rebalance_strategies }, fail) => {
      const single = group_rebalance_strategy === '' ? [] : [group_rebalance_strategy]
      const strategies = [...single, ...group_rebalance_strategies]
      if (strategies.every((strategy) => rebalanceStrategies.includes(strategy))) return
      fail(
        "group_rebalance_strategy must be one of 'range', 'roundrobin', 'sticky', or " +
          "'cooperative-sticky'",
        single.length > 0 ? 'group_rebalance_strategy' : 'group_rebalance_strategies',
      )
    },
  },
)

export const declaration = declare({
  name: 'otelcol.receiver.kafka',
  stability: 'generally-available',
  summary: 'Receives metrics, logs and traces from topics of Kafka.',
  accepts: ['otel metrics', 'otel logs', 'otel traces'],
  emits: [],
  wraps: 'OpenTelemetry Collector',
  arguments: kafkaArguments,
  exports: {},
  metrics: {},
})
