// otelcol.processor.cumulativetodelta: turns cumulative metrics into delta metrics.

import { formatDurationMs } from '../../../go/duration.ts'
import { otelConsumer } from '../../../model/capsules.ts'
import { list } from '../../../schema/composites.ts'
import { declare, exported } from '../../../schema/declaration.ts'
import { string } from '../../../schema/scalars.ts'
import {
  type ArgumentsOf,
  defaultedBlock,
  optional,
  requiredBlock,
  schema,
} from '../../../schema/schema.ts'
import { duration } from '../../../schema/texts.ts'
import { consumer } from '../../common/otelcol/consumer.ts'
import { debugMetrics } from '../../common/otelcol/debug_metrics.ts'

const match = schema({
  metrics: optional(list(string), [], 'Names of metrics that match; none: every name.'),
  match_type: optional(string, '', 'How names are compared: strict or regexp.'),
  metric_types: optional(list(string), [], 'Types that match, sum or histogram; none: both.'),
})

const componentArguments = schema(
  {
    max_staleness: optional(
      duration,
      '0s',
      'Time without a point after which a series is forgotten; 0: never.',
    ),
    initial_value: optional(
      string,
      'auto',
      'What becomes of the first point of a series: keep, drop, or auto: keep if it began here.',
    ),
    include: defaultedBlock(match, 'Converts only the metrics that match.'),
    exclude: defaultedBlock(match, 'Leaves the metrics that match as they are.'),
    output: requiredBlock(consumer, 'Where the metrics go to.'),
    debug_metrics: defaultedBlock(debugMetrics, 'Metrics about the component itself.'),
  },
  {
    check: ({ max_staleness, initial_value, include, exclude }, fail) => {
      if (max_staleness < 0) {
        const written = formatDurationMs(max_staleness)
        return fail(
          `max_staleness must be a non-negative duration (got ${written})`,
          'max_staleness',
        )
      }
      if (!['auto', 'keep', 'drop'].includes(initial_value)) {
        return fail('initial_value must be one of "auto", "keep", "drop"', 'initial_value')
      }
      for (const [at, condition] of [
        ['include', include],
        ['exclude', exclude],
      ] as const) {
        const problem = matchProblem(condition)
        if (problem !== undefined) return fail(problem, at)
      }
    },
  },
)

function matchProblem({ metrics, match_type, metric_types }: ArgumentsOf<typeof match>) {
  if (!['', 'strict', 'regexp'].includes(match_type)) {
    return 'match_type must be one of "strict" and "regexp"'
  }
  if (metrics.length > 0 && match_type === '') {
    return 'match_type must be set if metrics are supplied'
  }
  if (metrics.length === 0 && match_type !== '') {
    return 'metrics must be supplied if match_type is set'
  }
  if (!metric_types.every((type) => ['sum', 'histogram'].includes(type))) {
    return 'metric_types must be one of "sum" and "histogram"'
  }
}

export const declaration = declare({
  name: 'otelcol.processor.cumulativetodelta',
  stability: 'public-preview',
  summary: 'Turns cumulative metrics into delta metrics.',
  accepts: ['otel metrics', 'otel logs', 'otel traces'],
  emits: ['otel metrics', 'otel logs', 'otel traces'],
  wraps: 'OpenTelemetry Collector',
  delivery: 'Remembers the last point of each series; after a restart each begins anew.',
  arguments: componentArguments,
  exports: { input: exported(otelConsumer, 'Takes the metrics to convert.') },
  metrics: {},
})
