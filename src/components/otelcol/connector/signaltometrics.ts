// otelcol.connector.signaltometrics: makes metrics of spans, data points and log records.

import { otelConsumer } from '../../../model/capsules.ts'
import { list } from '../../../schema/composites.ts'
import { declare, exported } from '../../../schema/declaration.ts'
import { any, bool, float, int32, string } from '../../../schema/scalars.ts'
import {
  type ArgumentsOf,
  block,
  blocks,
  defaultedBlock,
  optional,
  required,
  requiredBlock,
  schema,
} from '../../../schema/schema.ts'
import { consumer } from '../../common/otelcol/consumer.ts'
import { debugMetrics } from '../../common/otelcol/debug_metrics.ts'
import { ottlErrorMode } from '../../common/otelcol/error_mode.ts'
import { prefixedOttlProblem } from '../../common/otelcol/ottl/check.ts'
import type { Context } from '../../common/otelcol/ottl/contexts.ts'

const attribute = schema({
  key: required(string, 'Name of the attribute.'),
  optional: optional(bool, false, 'Whether items without it count too, without the attribute.'),
  default_value: optional(any, undefined, 'Value for items without it.'),
})

const value = required(string, 'OTTL expression of the value.')

const count = optional(string, '', 'OTTL expression of how often it counts; empty: once.')

const histogram = schema({
  buckets: optional(
    list(float),
    [2, 4, 6, 8, 10, 50, 100, 200, 400, 800, 1000, 1400, 2000, 5000, 10_000, 15_000],
    'Upper bounds of the buckets.',
  ),
  count,
  value,
})

const exponentialHistogram = schema({
  max_size: optional(int32, 160, 'Most buckets on either side of zero.'),
  count,
  value,
})

const sum = schema({ value })

const gauge = schema({ value })

const metricInfo = schema({
  name: required(string, 'Name of the metric.'),
  description: optional(string, '', 'Description of the metric.'),
  unit: optional(string, '', 'Unit of the metric.'),
  include_resource_attributes: blocks(
    attribute,
    'Attributes of the resource to keep; without the block all.',
  ),
  attributes: blocks(
    attribute,
    'Attributes of the item to keep; items that lack one do not count.',
  ),
  conditions: optional(
    list(string),
    [],
    'OTTL conditions of which one must hold for an item to count; none: all count.',
  ),
  histogram: block(histogram, 'Makes a histogram with given bounds.'),
  exponential_histogram: block(exponentialHistogram, 'Makes an exponential histogram.'),
  sum: block(sum, 'Makes a sum.'),
  gauge: block(gauge, 'Makes a gauge of the last value.'),
})

const componentArguments = schema(
  {
    spans: blocks(metricInfo, 'Metrics to make of spans.'),
    datapoints: blocks(metricInfo, 'Metrics to make of data points.'),
    logs: blocks(metricInfo, 'Metrics to make of log records.'),
    error_mode: optional(
      ottlErrorMode,
      'propagate',
      'What an expression that fails does: ignore, silent (no log) or propagate (all is refused).',
    ),
    output: requiredBlock(consumer, 'Where the metrics go to.'),
    debug_metrics: defaultedBlock(debugMetrics, 'Metrics about the component itself.'),
  },
  {
    check: ({ spans, datapoints, logs }, fail) => {
      if (spans.length + datapoints.length + logs.length === 0) {
        return fail('no configuration provided, at least one should be specified')
      }
      const problems = [
        ...spans.map((each) => metricProblem(each, 'spans', 'span')),
        ...datapoints.map((each) => metricProblem(each, 'datapoints', 'datapoint')),
        ...logs.map((each) => metricProblem(each, 'logs', 'log')),
      ].filter((problem) => problem !== undefined)
      if (problems.length > 0) fail(problems.join('\n'))
    },
  },
)

type Metric = ArgumentsOf<typeof metricInfo>

function metricProblem(metric: Metric, of: string, context: Context): string | undefined {
  const problem =
    attributesProblem(metric) ??
    measureProblem(metric, context) ??
    conditionsProblem(metric, context)
  return problem === undefined ? undefined : `failed to validate ${of} configuration: ${problem}`
}

function attributesProblem({ name, attributes }: Metric): string | undefined {
  if (name === '') return 'missing required metric name configuration'
  const seen = new Set<string>()
  for (const { key, optional, default_value } of attributes) {
    const problem =
      key === ''
        ? 'attribute key missing'
        : optional && default_value !== undefined
          ? 'only one of default_value or optional should be set'
          : seen.has(key)
            ? `duplicate key found in attributes config: ${key}`
            : undefined
    if (problem !== undefined) return `attributes validation failed: ${problem}`
    seen.add(key)
  }
  return undefined
}

/** What is wrong with the block that says what is measured, of which there must be one. */
function measureProblem(metric: Metric, context: Context): string | undefined {
  const { histogram, exponential_histogram, sum, gauge } = metric
  const measures = [
    ['explicit histogram', histogram],
    ['exponential histogram', exponential_histogram],
    ['summary', sum],
    ['gauge', gauge],
  ] as const
  let found = 0
  for (const [what, measure] of measures) {
    if (measure === undefined) continue
    found++
    const expressions = [
      ['count', 'count' in measure ? measure.count : ''],
      ['value', measure.value],
    ] as const
    for (const [part, expression] of expressions) {
      if (part === 'count' && expression === '') continue
      const problem = prefixedOttlProblem('expression', [expression], context)
      if (problem !== undefined)
        return `failed to parse ${part} OTTL expression for ${what}: ${problem}`
    }
  }
  if (found === 1) return undefined
  return `exactly one of the metrics must be defined, ${found} found`
}

function conditionsProblem({ conditions }: Metric, context: Context): string | undefined {
  const problem = prefixedOttlProblem('condition', conditions, context)
  return problem === undefined ? undefined : `failed to parse OTTL conditions: ${problem}`
}

export const declaration = declare({
  name: 'otelcol.connector.signaltometrics',
  stability: 'experimental',
  summary: 'Makes metrics of values in spans, data points and log records.',
  accepts: ['otel metrics', 'otel logs', 'otel traces'],
  emits: ['otel metrics', 'otel logs', 'otel traces'],
  wraps: 'OpenTelemetry Collector',
  delivery: 'Metrics leave with the data that they are made of.',
  arguments: componentArguments,
  exports: { input: exported(otelConsumer, 'Takes the data to make metrics of.') },
  metrics: {},
})
