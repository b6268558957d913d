// otelcol.receiver.googlecloudpubsub: receives metrics, logs and traces from Google Cloud Pub/Sub.

import { otelConsumer } from '../../../model/capsules.ts'
import { declare, exported } from '../../../schema/declaration.ts'
import { bool, int, string } from '../../../schema/scalars.ts'
import {
  defaultedBlock,
  optional,
  required,
  requiredBlock,
  schema,
} from '../../../schema/schema.ts'
import { duration } from '../../../schema/texts.ts'
import { consumer } from '../../common/otelcol/consumer.ts'
import { debugMetrics } from '../../common/otelcol/debug_metrics.ts'

const flowControl = schema(
  {
    trigger_ack_batch_duration: optional(
      duration,
      '10s',
      'Time for which acknowledgements are gathered before they are sent.',
    ),
    stream_ack_deadline: optional(
      duration,
      '1m',
      'Time after which the service delivers a message again that was not acknowledged.',
    ),
    max_outstanding_messages: optional(
      int,
      0,
      'Bound of the messages that wait for their acknowledgement; 0: none.',
    ),
    max_outstanding_bytes: optional(int, 0, 'Bound of their size in bytes; 0: none.'),
  },
  { defaultsFrom: 'parent' },
)

const pubsubArguments = schema(
  {
    project: optional(string, '', 'Google Cloud project; empty: that of the credentials.'),
    user_agent: optional(
      string,
      'opentelemetry-collector-contrib {{version}}',
      'User agent of the requests; {{version}} becomes the version.',
    ),
    endpoint: optional(string, '', 'Address of the service; empty: that of Google.'),
    universe_domain: optional(
      string,
      '',
      'Domain of the cloud, for clouds of others; empty: googleapis.com.',
    ),
    insecure: optional(
      bool,
      false,
      'Whether a service at an endpoint of its own is spoken to without TLS.',
    ),
    subscription: required(string, 'Subscription, as projects/PROJECT/subscriptions/NAME.'),
    encoding: optional(
      string,
      '',
      'Format of the messages, where neither they nor their attributes tell it.',
    ),
    compression: optional(string, '', 'Compression of the messages: gzip; empty: as they tell.'),
    ignore_encoding_error: optional(
      bool,
      false,
      'Whether messages that do not decode are dropped, not delivered again.',
    ),
    client_id: optional(
      string,
      '',
      'Name by which the service knows this client again; empty: a random one.',
    ),
    timeout: optional(duration, '12s', 'Time after which a request has failed.'),
    flow_control: defaultedBlock(flowControl, 'How many messages are on the way at a time.'),
    debug_metrics: defaultedBlock(debugMetrics, 'What the component measures of itself.'),
    output: requiredBlock(consumer, 'Where what was received is sent.'),
  },
  {
    check: ({ subscription, compression }, fail) => {
      if (!/^projects\/[^/]+\/subscriptions\/[^/]+$/.test(subscription)) {
        const format = 'projects/<project_id>/subscriptions/<name>'
        const message = `subscription '${subscription}' is not a valid format, use '${format}'`
        return fail(message, 'subscription')
      }
      if (compression === '' || compression === 'gzip') return
      const supported = 'supported compression formats include [gzip]'
      fail(`compression ${compression} is not supported.  ${supported}`, 'compression')
    },
  },
)

export const declaration = declare({
  name: 'otelcol.receiver.googlecloudpubsub',
  stability: 'generally-available',
  community: true,
  summary: 'Receives metrics, logs and traces from Google Cloud Pub/Sub.',
  accepts: ['otel metrics', 'otel logs', 'otel traces'],
  emits: ['otel metrics', 'otel logs', 'otel traces'],
  wraps: 'OpenTelemetry Collector',
  requires: 'Credentials of Google Cloud that may read from the subscription.',
  arguments: pubsubArguments,
  exports: {
    input: exported(
      otelConsumer,
      'A receiver, as processors export one; this component has no use for it.',
    ),
  },
  metrics: {},
})
