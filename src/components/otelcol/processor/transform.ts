// otelcol.processor.transform: changes spans, metrics and log records by OTTL statements.

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
import { oneOf } from '../../../schema/texts.ts'
import { consumer } from '../../common/otelcol/consumer.ts'
import { debugMetrics } from '../../common/otelcol/debug_metrics.ts'
import { ottlErrorMode } from '../../common/otelcol/error_mode.ts'
import { prefixedOttlProblem } from '../../common/otelcol/ottl/check.ts'
import {
  type Context,
  logContexts,
  metricContexts,
  traceContexts,
} from '../../common/otelcol/ottl/contexts.ts'

const statements = schema({
  trace: optional(list(string), [], 'OTTL statements for traces.'),
  metric: optional(list(string), [], 'OTTL statements for metrics.'),
  log: optional(list(string), [], 'OTTL statements for logs.'),
})

const contextId = oneOf(['datapoint', 'log', 'metric', 'resource', 'scope', 'span', 'spanevent'], {
  otherwise: (written) => `unknown context ${written}`,
  ignoreCase: true,
})

const contextStatements = schema({
  context: required(contextId, 'What the statements are about, such as resource.'),
  conditions: optional(
    list(string),
    [],
    'OTTL conditions of which one must hold for the statements to run; none: they always run.',
  ),
  statements: required(list(string), 'OTTL statements, run in this order.'),
  error_mode: optional(
    ottlErrorMode,
    undefined,
    'The same for these statements; null: as for the component.',
  ),
})

const componentArguments = schema(
  {
    error_mode: optional(
      ottlErrorMode,
      'ignore',
      'What a statement that fails does: ignore, silent (no log) or propagate (all is refused).',
    ),
    statements: defaultedBlock(
      statements,
      'Statements whose paths begin with their context; they run after those below.',
    ),
    trace_statements: blocks(
      contextStatements,
      'Changes to traces; contexts are resource, scope, span and spanevent.',
    ),
    metric_statements: blocks(
      contextStatements,
      'Changes to metrics; contexts are resource, scope, metric and datapoint.',
    ),
    log_statements: blocks(
      contextStatements,
      'Changes to logs; contexts are resource, scope and log.',
    ),
    output: requiredBlock(consumer, 'Where the data goes to.'),
    debug_metrics: defaultedBlock(debugMetrics, 'Metrics about the component itself.'),
  },
  {
    check: (args, fail) => {
      const { trace, metric, log } = args.statements
      const problems = [
        ...args.trace_statements.map((group) => groupProblem(group, traceContexts)),
        prefixedOttlProblem('statement', trace, undefined),
        ...args.metric_statements.map((group) => groupProblem(group, metricContexts)),
        prefixedOttlProblem('statement', metric, undefined),
        ...args.log_statements.map((group) => groupProblem(group, logContexts)),
        prefixedOttlProblem('statement', log, undefined),
      ].filter((problem) => problem !== undefined)
      if (problems.length > 0) fail(problems.join('; '))
    },
  },
)

function groupProblem(
  { context, conditions, statements }: ArgumentsOf<typeof contextStatements>,
  allowed: readonly Context[],
): string | undefined {
  if (!allowed.includes(context)) {
    return `unknown context ${quote(context)} for statements: [${statements.join(' ')}]`
  }
  return (
    prefixedOttlProblem('statement', statements, context) ??
    prefixedOttlProblem('condition', conditions, context)
  )
}

export const declaration = declare({
  name: 'otelcol.processor.transform',
  stability: 'generally-available',
  summary: 'Changes spans, metrics and log records by statements.',
  accepts: ['otel metrics', 'otel logs', 'otel traces'],
  emits: ['otel metrics', 'otel logs', 'otel traces'],
  wraps: 'OpenTelemetry Collector',
  delivery: 'Holds nothing: the answer of the next component is the answer to the sender.',
  arguments: componentArguments,
  exports: { input: exported(otelConsumer, 'Takes the data to change.') },
  metrics: {},
})
