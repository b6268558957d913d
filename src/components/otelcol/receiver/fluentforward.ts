// otelcol.receiver.fluentforward: receives logs over the protocol Forward of Fluentd.

import { otelConsumer } from '../../../model/capsules.ts'
import { list } from '../../../schema/composites.ts'
import { declare } from '../../../schema/declaration.ts'
import { string } from '../../../schema/scalars.ts'
import {
  defaultedBlock,
  optional,
  required,
  requiredBlock,
  schema,
} from '../../../schema/schema.ts'
import { debugMetrics } from '../../common/otelcol/debug_metrics.ts'

const output = schema({
  logs: optional(list(otelConsumer), [], 'Receivers of the logs; none: they are dropped.'),
})

const fluentforwardArguments = schema(
  {
    endpoint: required(string, 'Address to listen on: host and port, or unix:// and a path.'),
    debug_metrics: defaultedBlock(debugMetrics, 'What the component measures of itself.'),
    output: requiredBlock(output, 'Where what was received is sent.'),
  },
  {
    check: ({ endpoint }, fail) => {
      if (endpoint === '') fail('endpoint must not be empty', 'endpoint')
    },
  },
)

export const declaration = declare({
  name: 'otelcol.receiver.fluentforward',
  stability: 'experimental',
  summary: 'Receives logs over the protocol Forward of Fluentd.',
  accepts: ['otel metrics', 'otel logs', 'otel traces'],
  emits: [],
  wraps: 'OpenTelemetry Collector',
  arguments: fluentforwardArguments,
  exports: {},
  metrics: {},
})
