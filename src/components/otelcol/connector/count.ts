// otelcol.connector.count: counts spans, span events, metrics, data points and log records.

import { otelConsumer } from '../../../model/capsules.ts'
import { list } from '../../../schema/composites.ts'
import { declare, exported } from '../../../schema/declaration.ts'
import { any, string } from '../../../schema/scalars.ts'
import {
  blocks,
  defaultedBlock,
  optional,
  required,
  requiredBlock,
  schema,
} from '../../../schema/schema.ts'
import { consumer } from '../../common/otelcol/consumer.ts'
import { debugMetrics } from '../../common/otelcol/debug_metrics.ts'

const attribute = schema({
  key: required(string, 'Attribute to count by: each of its values has a count of its own.'),
  default_value: optional(
    any,
    undefined,
    'Value where the attribute is absent; without one such items are not counted by it.',
  ),
})

const metricInfo = schema({
  name: optional(string, '', 'Name of the metric; empty: a usual name for what is counted.'),
  description: optional(string, '', 'Description of the metric.'),
  conditions: optional(
    list(string),
    [],
    'OTTL conditions of which one must hold for an item to count; none: all count.',
  ),
  attributes: blocks(attribute, 'Attributes to count by.'),
})

const componentArguments = schema({
  spans: blocks(metricInfo, 'Metrics that count spans.'),
  spanevents: blocks(metricInfo, 'Metrics that count span events.'),
  metrics: blocks(metricInfo, 'Metrics that count metrics.'),
  datapoints: blocks(metricInfo, 'Metrics that count data points.'),
  logs: blocks(metricInfo, 'Metrics that count log records.'),
  output: requiredBlock(consumer, 'Where the counts go to.'),
  debug_metrics: defaultedBlock(debugMetrics, 'Metrics about the component itself.'),
})

export const declaration = declare({
  name: 'otelcol.connector.count',
  stability: 'experimental',
  summary: 'Counts spans, span events, metrics, data points and log records.',
  accepts: ['otel metrics', 'otel logs', 'otel traces'],
  emits: ['otel metrics', 'otel logs', 'otel traces'],
  wraps: 'OpenTelemetry Collector',
  delivery: 'Counts leave with the data that they count.',
  arguments: componentArguments,
  exports: { input: exported(otelConsumer, 'Takes the data to count.') },
  metrics: {},
})
