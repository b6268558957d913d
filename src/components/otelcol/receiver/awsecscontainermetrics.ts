// otelcol.receiver.awsecscontainermetrics: fetches metrics of containers from Amazon ECS.

import { declare } from '../../../schema/declaration.ts'
import { defaultedBlock, optional, requiredBlock, schema } from '../../../schema/schema.ts'
import { duration } from '../../../schema/texts.ts'
import { consumer } from '../../common/otelcol/consumer.ts'
import { debugMetrics } from '../../common/otelcol/debug_metrics.ts'

const ecsArguments = schema({
  collection_interval: optional(duration, '20s', 'Time from one fetch to the next.'),
  debug_metrics: defaultedBlock(debugMetrics, 'What the component measures of itself.'),
  output: requiredBlock(consumer, 'Where what was fetched is sent.'),
})

export const declaration = declare({
  name: 'otelcol.receiver.awsecscontainermetrics',
  stability: 'experimental',
  summary: 'Fetches metrics of containers from Amazon ECS.',
  accepts: ['otel metrics', 'otel logs', 'otel traces'],
  emits: [],
  wraps: 'OpenTelemetry Collector',
  requires: 'To run in a task of Amazon ECS, with its metadata endpoint, version 4.',
  arguments: ecsArguments,
  exports: {},
  metrics: {},
})
