// otelcol.exporter.googlecloudpubsub: publishes telemetry to a topic of Google Cloud Pub/Sub.

import { otelConsumer } from '../../../model/capsules.ts'
import { declare, exported } from '../../../schema/declaration.ts'
import { bool, string } from '../../../schema/scalars.ts'
import { defaultedBlock, optional, required, schema } from '../../../schema/schema.ts'
import { duration } from '../../../schema/texts.ts'
import { debugMetrics } from '../../common/otelcol/debug_metrics.ts'
import { retry } from '../../common/otelcol/retry.ts'
import { queue, queueDelivery } from '../../common/otelcol/sending_queue.ts'

const watermark = schema({
  behavior: optional(
    string,
    '',
    'Time of a message: current, or the earliest of its telemetry; current if empty.',
  ),
  allowed_drift: optional(
    duration,
    '0s',
    'How far back the earliest time may lie; 0s has no limit.',
  ),
})

const ordering = schema({
  enabled: optional(bool, false, 'Whether messages carry an ordering key.'),
  from_resource_attribute: optional(string, '', 'Resource attribute that holds the ordering key.'),
  remove_resource_attribute: optional(
    bool,
    false,
    'Whether that attribute is removed from what is sent.',
  ),
})

const componentArguments = schema(
  {
    sending_queue: defaultedBlock(queue, 'Where telemetry waits to be sent.'),
    retry_on_failure: defaultedBlock(retry, 'What is sent again when it failed, and when.'),
    project: optional(string, '', 'Project to send to; that of the credentials if empty.'),
    user_agent: optional(
      string,
      'opentelemetry-collector-contrib {{version}}',
      'User-Agent of requests, where {{version}} stands for the version.',
    ),
    topic: required(string, 'Topic to publish to: projects/PROJECT/topics/NAME.'),
    compression: optional(string, '', 'Either gzip, or none if empty.'),
    watermark: defaultedBlock(watermark, 'Time that messages carry.'),
    endpoint: optional(string, '', 'Address of the service, where it is not that of Google Cloud.'),
    universe_domain: optional(string, '', 'Domain of the cloud; googleapis.com if empty.'),
    insecure: optional(bool, false, 'Whether to connect without TLS, as to an emulator.'),
    ordering: defaultedBlock(ordering, 'Keeps messages of the same key in order.'),
    timeout: optional(duration, '12s', 'How long a call may take.'),
    debug_metrics: defaultedBlock(debugMetrics, 'Metrics that the component keeps about itself.'),
  },
  {
    check: ({ topic, compression, watermark, ordering }, fail) => {
      // The original reports all of these as one problem.
      const problems: string[] = []
      if (!/^projects\/[a-z][a-z0-9-]*\/topics\//.test(topic)) {
        const expected = `'projects/<project_id>/topics/<name>'`
        problems.push(`topic '${topic}' is not a valid format, use ${expected}`)
      }
      if (compression !== '' && compression !== 'gzip') {
        problems.push(
          `compression ${compression} is not supported.  supported compression formats ` +
            'include [gzip]',
        )
      }
      const { behavior } = watermark
      if (behavior !== '' && behavior !== 'current' && behavior !== 'earliest') {
        problems.push(
          `behavior ${behavior} is not supported.  supported compression formats include ` +
            '[current,earliest]',
        )
      }
      if (ordering.enabled && ordering.from_resource_attribute === '') {
        problems.push("'from_resource_attribute' is required if ordering is enabled")
      }
      if (problems.length > 0) fail(problems.join('; '))
    },
  },
)

export const declaration = declare({
  name: 'otelcol.exporter.googlecloudpubsub',
  stability: 'generally-available',
  community: true,
  summary: 'Publishes telemetry to a topic of Google Cloud Pub/Sub.',
  accepts: [],
  emits: ['otel metrics', 'otel logs', 'otel traces'],
  wraps: 'OpenTelemetry Collector',
  delivery: queueDelivery,
  arguments: componentArguments,
  exports: { input: exported(otelConsumer, 'Receives the telemetry to export.') },
  metrics: {},
})
