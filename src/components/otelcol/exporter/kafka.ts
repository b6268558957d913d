// otelcol.exporter.kafka: writes telemetry to topics of Kafka.

import { otelConsumer } from '../../../model/capsules.ts'
import { list } from '../../../schema/composites.ts'
import { declare, exported } from '../../../schema/declaration.ts'
import { bool, int, string } from '../../../schema/scalars.ts'
import { block, defaultedBlock, optional, required, schema } from '../../../schema/schema.ts'
import { duration } from '../../../schema/texts.ts'
import { debugMetrics } from '../../common/otelcol/debug_metrics.ts'
import { kafkaAuthentication, kafkaMetadata } from '../../common/otelcol/kafka.ts'
import { retry } from '../../common/otelcol/retry.ts'
import { queue, queueDelivery } from '../../common/otelcol/sending_queue.ts'
import { tlsClient } from '../../common/otelcol/tls.ts'
import { kafkaProblems } from './kafka_problems.ts'

const kafkaExporterSignal = schema({
  topic: optional(string, '', 'Topic to write to; otlp_logs, otlp_metrics or otlp_spans if empty.'),
  topic_from_metadata_key: optional(
    string,
    '',
    'Request metadata that names the topic; topic where it is missing.',
  ),
  encoding: optional(
    string,
    '',
    'Encoding of records, such as otlp_json or raw; otlp_proto if empty.',
  ),
  message_key_from_metadata_key: optional(
    string,
    '',
    'Request metadata that becomes the key of records.',
  ),
})

const compressionParams = schema({
  level: optional(int, 0, 'How hard to compress, as the format counts; 0 is its default.'),
})

const producer = schema(
  {
    max_message_bytes: optional(int, 1_000_000, 'Largest record in bytes.'),
    max_broker_write_bytes: optional(int, 104_857_600, 'Largest request to a broker in bytes.'),
    required_acks: optional(
      int,
      1,
      'Who must have a record: 1 the leader, -1 all replicas in sync, 0 nobody.',
    ),
    compression: optional(
      string,
      'none',
      'How requests are compressed: none, gzip, snappy, lz4 or zstd.',
    ),
    compression_params: defaultedBlock(compressionParams, 'How hard requests are compressed.'),
    flush_max_messages: optional(int, 10_000, 'Records in one request at most.'),
    allow_auto_topic_creation: optional(
      bool,
      true,
      'Whether brokers may create topics that are missing.',
    ),
    linger: optional(
      duration,
      '10ms',
      'How long to wait for more records before a request is sent.',
    ),
  },
  {
    defaultsFrom: 'parent',
  },
)

const stickyKey = schema(
  {
    hasher: optional(
      string,
      'sarama_compat',
      'How keys are hashed to partitions: sarama_compat or murmur2.',
    ),
  },
  {
    defaultsFrom: 'parent',
  },
)

const recordPartitioner = schema({
  sticky_key: defaultedBlock(
    stickyKey,
    'By the key; records without one stay on a partition while a request fills.',
    { pointer: true },
  ),
  round_robin: optional(
    bool,
    false,
    'In turn; refused for now, since sticky_key cannot be taken away.',
  ),
  least_backup: optional(
    bool,
    false,
    'To the partition with the fewest records waiting; refused as round_robin is.',
  ),
})

const componentArguments = schema(
  {
    protocol_version: required(string, 'Version of Kafka to speak, such as 2.0.0.'),
    brokers: optional(list(string), ['localhost:9092'], 'Addresses of brokers to begin with.'),
    resolve_canonical_bootstrap_servers_only: optional(bool, false, 'Has no effect any more.'),
    client_id: optional(string, 'otel-collector', 'Name of this client at the brokers.'),
    topic: optional(string, '', 'Topic of signals whose block names none.', {
      deprecated: 'Set topic in the block of the signal instead.',
    }),
    topic_from_attribute: optional(
      string,
      '',
      'Resource attribute that names the topic; it wins over topic.',
    ),
    encoding: optional(string, '', 'Encoding of signals whose block names none.', {
      deprecated: 'Set encoding in the block of the signal instead.',
    }),
    partition_traces_by_id: optional(
      bool,
      false,
      'Whether spans of the same trace go to the same partition.',
    ),
    partition_metrics_by_resource_attributes: optional(
      bool,
      false,
      'Whether metrics of the same resource go to the same partition.',
    ),
    partition_logs_by_resource_attributes: optional(
      bool,
      false,
      'Whether logs of the same resource go to the same partition.',
    ),
    partition_logs_by_trace_id: optional(
      bool,
      false,
      'Whether logs of the same trace go to the same partition.',
    ),
    timeout: optional(duration, '5s', 'How long a request may take; 0s has no limit.'),
    conn_idle_timeout: optional(duration, '9m0s', 'How long an idle connection is kept.'),
    include_metadata_keys: optional(
      list(string),
      [],
      'Request metadata that becomes headers of records.',
    ),
    logs: block(kafkaExporterSignal, 'Where logs go.'),
    metrics: block(kafkaExporterSignal, 'Where metrics go.'),
    traces: block(kafkaExporterSignal, 'Where traces go.'),
    authentication: defaultedBlock(kafkaAuthentication, 'How to log in to the brokers.'),
    metadata: defaultedBlock(kafkaMetadata, 'How metadata of the cluster is fetched.'),
    retry_on_failure: defaultedBlock(retry, 'What is sent again when it failed, and when.'),
    sending_queue: defaultedBlock(queue, 'Where telemetry waits to be sent.'),
    producer: defaultedBlock(producer, 'How records are written.'),
    record_partitioner: defaultedBlock(
      recordPartitioner,
      'How records are spread over the partitions of a topic.',
      { pointer: true },
    ),
    tls: block(tlsClient, 'TLS settings of the connections; without it they are in clear.'),
    debug_metrics: defaultedBlock(debugMetrics, 'Metrics that the component keeps about itself.'),
  },
  {
    check: (args, fail) => {
      const problems = kafkaProblems(args)
      if (problems.length > 0) fail(problems.join('\n'))
    },
  },
)

export const declaration = declare({
  name: 'otelcol.exporter.kafka',
  stability: 'generally-available',
  summary: 'Writes telemetry to topics of Kafka.',
  accepts: [],
  emits: ['otel metrics', 'otel logs', 'otel traces'],
  wraps: 'OpenTelemetry Collector',
  delivery: queueDelivery,
  arguments: componentArguments,
  exports: { input: exported(otelConsumer, 'Receives the telemetry to export.') },
  metrics: {},
})
