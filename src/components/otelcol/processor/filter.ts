// otelcol.processor.filter: drops spans, metrics and log records by OTTL conditions.

import { quote } from '../../../go/quote.ts'
import { otelConsumer } from '../../../model/capsules.ts'
import { list } from '../../../schema/composites.ts'
import { declare, exported } from '../../../schema/declaration.ts'
import { string } from '../../../schema/scalars.ts'
import {
  type ArgumentsOf,
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
import { ottlProblem, prefixedOttlProblem } from '../../common/otelcol/ottl/check.ts'
import {
  type Context,
  logContexts,
  metricContexts,
  traceContexts,
} from '../../common/otelcol/ottl/contexts.ts'

const traces = schema({
  span: optional(list(string), [], 'OTTL conditions of spans to drop.'),
  spanevent: optional(list(string), [], 'OTTL conditions of span events to drop.'),
})

const metrics = schema({
  metric: optional(list(string), [], 'OTTL conditions of metrics to drop.'),
  datapoint: optional(list(string), [], 'OTTL conditions of data points to drop.'),
})

const logs = schema({
  log_record: optional(list(string), [], 'OTTL conditions of log records to drop.'),
})

const contextConditions = schema({
  context: optional(
    string,
    '',
    'What the conditions are about, such as resource; empty: what their paths begin with.',
  ),
  conditions: required(list(string), 'OTTL conditions; what meets one of them is dropped.'),
})

const componentArguments = schema(
  {
    error_mode: optional(
      ottlErrorMode,
      'ignore',
      'What a condition that fails does: ignore, silent (no log) or propagate (all is refused).',
    ),
    traces: defaultedBlock(traces, 'Spans and span events to drop.'),
    metrics: defaultedBlock(metrics, 'Metrics and data points to drop.'),
    logs: defaultedBlock(logs, 'Log records to drop.'),
    trace_conditions: blocks(
      contextConditions,
      'What to drop of traces; contexts are resource, scope, span and spanevent.',
    ),
    metric_conditions: blocks(
      contextConditions,
      'What to drop of metrics; contexts are resource, scope, metric and datapoint.',
    ),
    log_conditions: blocks(
      contextConditions,
      'What to drop of logs; contexts are resource, scope and log.',
    ),
    output: requiredBlock(consumer, 'Where the rest goes to.'),
    debug_metrics: defaultedBlock(debugMetrics, 'Metrics about the component itself.'),
  },
  {
    check: (args, fail) => {
      const { traces, metrics, logs } = args
      const problems = [
        ottlProblem('condition', traces.span, 'span'),
        ottlProblem('condition', traces.spanevent, 'spanevent'),
        ottlProblem('condition', metrics.metric, 'metric'),
        ottlProblem('condition', metrics.datapoint, 'datapoint'),
        ottlProblem('condition', logs.log_record, 'log'),
        ...args.trace_conditions.map((group) => groupProblem(group, traceContexts)),
        ...args.metric_conditions.map((group) => groupProblem(group, metricContexts)),
        ...args.log_conditions.map((group) => groupProblem(group, logContexts)),
      ].filter((problem) => problem !== undefined)
      if (problems.length > 0) fail(problems.join('; '))
    },
  },
)

function groupProblem(
  { context, conditions }: ArgumentsOf<typeof contextConditions>,
  allowed: readonly Context[],
): string | undefined {
  const known = allowed.find((each) => each === context)
  if (context !== '' && known === undefined) {
    return `unknown context ${quote(context)} for conditions: [${conditions.join(' ')}]`
  }
  return prefixedOttlProblem('condition', conditions, known)
}

export const declaration = declare({
  name: 'otelcol.processor.filter',
  stability: 'generally-available',
  summary: 'Drops spans, metrics and log records that meet conditions.',
  accepts: ['otel metrics', 'otel logs', 'otel traces'],
  emits: ['otel metrics', 'otel logs', 'otel traces'],
  wraps: 'OpenTelemetry Collector',
  delivery: 'Holds nothing: the answer of the next component is the answer to the sender.',
  arguments: componentArguments,
  exports: { input: exported(otelConsumer, 'Takes the data to filter.') },
  metrics: {},
})
