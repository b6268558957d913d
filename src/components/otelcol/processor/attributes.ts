// otelcol.processor.attributes: changes attributes of spans, data points and log records.

import { otelConsumer } from '../../../model/capsules.ts'
import { declare, exported } from '../../../schema/declaration.ts'
import { any, string } from '../../../schema/scalars.ts'
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
import { matchProperties } from '../../common/otelcol/match.ts'

const actionSchema = schema({
  key: optional(string, '', 'Attribute to act on; delete and hash can do with pattern.'),
  value: optional(any, undefined, 'Value to set.'),
  pattern: optional(
    string,
    '',
    'RE2 pattern: of keys to delete or hash, or of the value, with names for groups to extract.',
  ),
  from_attribute: optional(string, '', 'Attribute of the same item to take the value from.'),
  from_context: optional(
    string,
    '',
    'Where of the request to take it from: metadata.KEY, auth.KEY or client.address.',
  ),
  converted_type: optional(string, '', 'Type to convert to: int, double or string.'),
  action: required(
    string,
    'What to do: insert, update, upsert, delete, hash, extract or convert; in any case.',
  ),
})

const componentArguments = schema(
  {
    include: block(matchProperties, 'Takes only what matches; the rest passes unchanged.'),
    exclude: block(matchProperties, 'Passes what matches unchanged, even if included.'),
    action: blocks(actionSchema, 'What to do with the attributes, in this order.'),
    output: requiredBlock(consumer, 'Where the data goes to.'),
    debug_metrics: defaultedBlock(debugMetrics, 'Metrics about the component itself.'),
  },
  {
    check: (args, fail) => {
      const problems = args.action.flatMap((each, i) => {
        const problem = keyProblem(each)
        return problem === undefined
          ? []
          : [`validation failed for action block number ${i + 1}: ${problem}`]
      })
      if (problems.length > 0) fail(problems.join('\n'), 'action')
    },
  },
)

function keyProblem({
  action,
  key,
  pattern,
}: ArgumentsOf<typeof actionSchema>): string | undefined {
  if (key !== '') return undefined
  const takesPattern = ['delete', 'hash'].includes(action.toLowerCase())
  if (!takesPattern) return `the action ${action} requires the key argument to be set`
  if (pattern !== '') return undefined
  return `the action ${action} requires at least the key argument or the pattern argument to be set`
}

export const declaration = declare({
  name: 'otelcol.processor.attributes',
  stability: 'generally-available',
  summary: 'Adds, changes and removes attributes of spans, data points and log records.',
  accepts: ['otel metrics', 'otel logs', 'otel traces'],
  emits: ['otel metrics', 'otel logs', 'otel traces'],
  wraps: 'OpenTelemetry Collector',
  delivery: 'Holds nothing: the answer of the next component is the answer to the sender.',
  arguments: componentArguments,
  exports: { input: exported(otelConsumer, 'Takes the data to change.') },
  metrics: {},
})
