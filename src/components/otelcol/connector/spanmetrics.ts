// otelcol.connector.spanmetrics: counts spans and measures how long they take.

import { quote } from '../../../go/quote.ts'
import { otelConsumer } from '../../../model/capsules.ts'
import { list, nullable } from '../../../schema/composites.ts'
import { declare, exported } from '../../../schema/declaration.ts'
import { bool, int, int32, string } from '../../../schema/scalars.ts'
import {
  type ArgumentsOf,
  block,
  blocks,
  defaultedBlock,
  optional,
  requiredBlock,
  schema,
} from '../../../schema/schema.ts'
import { duration } from '../../../schema/texts.ts'
import { consumer } from '../../common/otelcol/consumer.ts'
import { debugMetrics } from '../../common/otelcol/debug_metrics.ts'
import { latencyBuckets } from '../../common/otelcol/latency_buckets.ts'

const dimension = schema({
  name: optional(string, '', 'Attribute of the span or resource to add as a label.'),
  default: optional(
    nullable(string),
    undefined,
    'Value where the attribute is absent; without one the label is left out.',
  ),
  glob: optional(string, '', 'Pattern with * and ? of the attributes to add, instead of a name.'),
})

const exponential = schema(
  {
    max_size: optional(int32, 160, 'Most buckets on either side of zero.'),
  },
  {
    check: ({ max_size }, fail) => {
      if (max_size <= 0) fail('max_size must be greater than 0', 'max_size')
    },
  },
)

const explicit = schema({
  buckets: optional(list(duration), latencyBuckets, 'Upper bounds of the buckets.'),
})

const histogram = schema(
  {
    disable: optional(bool, false, 'Whether there is no histogram.'),
    dimension: blocks(dimension, 'Labels of the histogram, beside those of all metrics.'),
    unit: optional(string, 'ms', 'Unit of the histogram, ms or s.'),
    exponential: block(exponential, 'Makes an exponential histogram.'),
    explicit: block(explicit, 'Makes a histogram with given bounds.'),
  },
  {
    check: ({ unit, exponential, explicit }, fail) => {
      if (unit !== 'ms' && unit !== 's') {
        fail(`unknown unit ${quote(unit)}, allowed units are "ms" and "s"`, 'unit')
      } else if (exponential !== undefined && explicit !== undefined) {
        fail('only one of exponential or explicit histogram configuration can be specified')
      } else if (exponential === undefined && explicit === undefined) {
        fail('either exponential or explicit histogram configuration must be specified')
      }
    },
  },
)

const exemplars = schema(
  {
    enabled: optional(bool, false, 'Whether data points carry trace ids as exemplars.'),
    max_per_data_point: optional(int, 5, 'Most exemplars of a data point.'),
  },
  { defaultsFrom: 'parent' },
)

const events = schema({
  enabled: optional(bool, false, 'Whether span events are counted.'),
  dimension: blocks(dimension, 'Attributes of the event to add as labels; at least one.'),
})

const componentArguments = schema(
  {
    dimension: blocks(dimension, 'Labels of all metrics, beside service, span, kind and status.'),
    calls_dimension: blocks(dimension, 'Labels of the count of calls alone.'),
    exclude_dimensions: optional(list(string), [], 'Labels to leave out of those there always.'),
    dimensions_cache_size: optional(int, 0, 'Size of a cache that is no more.', {
      deprecated: 'It has no effect; use aggregation_cardinality_limit.',
    }),
    resource_metrics_cache_size: optional(int, 1000, 'Resources to keep metrics of.'),
    resource_metrics_key_attributes: optional(
      list(string),
      [],
      'Attributes that tell resources apart; none: all of them.',
    ),
    aggregation_cardinality_limit: optional(
      int,
      0,
      'Combinations of labels to keep; the rest is counted as one. 0: no limit.',
    ),
    aggregation_temporality: optional(
      string,
      'CUMULATIVE',
      'Whether metrics count from their start (CUMULATIVE) or from the last one (DELTA).',
    ),
    histogram: requiredBlock(histogram, 'How long spans take.', { absent: { unit: '' } }),
    metrics_flush_interval: optional(
      duration,
      '1m0s',
      'Time from one sending of metrics to the next.',
    ),
    metrics_expiration: optional(
      duration,
      '0s',
      'Time without spans after which the metrics of a resource end; 0: never.',
    ),
    series_expiration: optional(
      duration,
      '0s',
      'Time without spans after which a series ends; 0: never.',
    ),
    metric_timestamp_cache_size: optional(
      int,
      1000,
      'Series whose last time is remembered; only for DELTA.',
    ),
    namespace: optional(string, 'traces.span.metrics', 'What names of the metrics begin with.'),
    exemplars: defaultedBlock(exemplars, 'Exemplars of the metrics.'),
    events: defaultedBlock(events, 'A count of span events.'),
    output: requiredBlock(consumer, 'Where the metrics go to.'),
    debug_metrics: defaultedBlock(debugMetrics, 'Metrics about the component itself.'),
    include_instrumentation_scope: optional(
      list(string),
      [],
      'Instrumentation scopes whose name becomes a label.',
    ),
    include_collector_instance_id: optional(
      bool,
      false,
      'Whether a label collector.instance.id tells instances of the component apart.',
    ),
  },
  {
    check: (args, fail) => {
      const { metrics_flush_interval, aggregation_temporality } = args
      if (metrics_flush_interval <= 0) {
        return fail('metrics_flush_interval must be greater than 0', 'metrics_flush_interval')
      }
      if (aggregation_temporality !== 'CUMULATIVE' && aggregation_temporality !== 'DELTA') {
        return fail(
          `invalid aggregation_temporality: ${aggregation_temporality}`,
          'aggregation_temporality',
        )
      }
      const wrong = wrongDimensions(args)
      if (wrong !== undefined) return fail(...wrong)
      if (args.aggregation_cardinality_limit < 0) {
        fail(
          `invalid aggregation_cardinality_limit: ${args.aggregation_cardinality_limit}, ` +
            'the limit should be positive',
          'aggregation_cardinality_limit',
        )
      }
    },
  },
)

type Dimension = ArgumentsOf<typeof dimension>

interface DimensionLists {
  readonly dimension: readonly Dimension[]
  readonly calls_dimension: readonly Dimension[]
  readonly histogram: ArgumentsOf<typeof histogram>
  readonly events: ArgumentsOf<typeof events>
}

/** What is wrong with dimensions, and with those of which argument. */
function wrongDimensions(args: DimensionLists): [string, keyof DimensionLists] | undefined {
  const lists = [
    ['dimension', 'dimensions', args.dimension],
    ['calls_dimension', 'calls dimensions', args.calls_dimension],
    ['histogram', 'histogram dimensions', args.histogram.dimension],
    ['events', 'event dimensions', args.events.enabled ? args.events.dimension : []],
  ] as const
  for (const [at, what, dimensions] of lists) {
    const problem = dimensionsProblem(dimensions)
    if (problem !== undefined) return [`failed validating ${what}: ${problem}`, at]
  }
}

const usualLabels = ['service.name', 'span.name', 'status.code', 'span.kind']

function dimensionsProblem(dimensions: readonly Dimension[]): string | undefined {
  const seen = new Set(usualLabels)
  for (const { name, glob, default: fallback } of dimensions) {
    if (name === '' && glob === '') return 'dimension entry must set one of `name` or `glob`'
    if (name !== '' && glob !== '') {
      return (
        'dimension entry must set only one of `name` or `glob`, ' +
        `got both: name=${quote(name)} glob=${quote(glob)}`
      )
    }
    if (glob !== '' && fallback !== undefined) {
      return `\`default\` is not supported on \`glob\` dimension ${quote(glob)}`
    }
    if (name !== '' && seen.has(name)) return `duplicate dimension name ${name}`
    seen.add(name)
  }
}

export const declaration = declare({
  name: 'otelcol.connector.spanmetrics',
  stability: 'generally-available',
  summary: 'Counts spans and measures how long they take.',
  accepts: ['otel metrics', 'otel logs', 'otel traces'],
  emits: ['otel metrics', 'otel logs', 'otel traces'],
  wraps: 'OpenTelemetry Collector',
  delivery: 'Series are in memory; after a restart they begin anew.',
  arguments: componentArguments,
  exports: { input: exported(otelConsumer, 'Takes the spans to count.') },
  metrics: {},
})
