// otelcol.processor.span: renames spans, takes attributes out of their names, sets their status.

import { quote } from '../../../go/quote.ts'
import { otelConsumer } from '../../../model/capsules.ts'
import { list } from '../../../schema/composites.ts'
import { declare, exported } from '../../../schema/declaration.ts'
import { bool, string } from '../../../schema/scalars.ts'
import {
  block,
  defaultedBlock,
  optional,
  required,
  requiredBlock,
  schema,
} from '../../../schema/schema.ts'
import { consumer } from '../../common/otelcol/consumer.ts'
import { debugMetrics } from '../../common/otelcol/debug_metrics.ts'
import { matchProperties } from '../../common/otelcol/match.ts'

const toAttributes = schema({
  rules: required(list(string), 'RE2 patterns of the name; each named group becomes an attribute.'),
  break_after_match: optional(bool, false, 'Whether the first rule that matches is the last.'),
  keep_original_name: optional(
    bool,
    false,
    'Whether the name stays; else what groups matched becomes their name in braces.',
  ),
})

const name = schema({
  from_attributes: optional(
    list(string),
    [],
    'Attributes whose values make the new name; if one is absent, the name stays.',
  ),
  separator: optional(string, '', 'What stands between the values.'),
  to_attributes: block(toAttributes, 'How attributes are taken out of the name.'),
})

const status = schema({
  code: required(string, 'Status to set: Ok, Error or Unset.'),
  description: optional(string, '', 'What to say about it; only with Error.'),
})

const componentArguments = schema(
  {
    include: block(matchProperties, 'Takes only what matches; the rest passes unchanged.'),
    exclude: block(matchProperties, 'Passes what matches unchanged, even if included.'),
    name: defaultedBlock(name, 'How spans are renamed.'),
    status: block(status, 'Status to set; without the block it stays.'),
    output: requiredBlock(consumer, 'Where the spans go to.'),
    debug_metrics: defaultedBlock(debugMetrics, 'Metrics about the component itself.'),
  },
  {
    check: ({ status }, fail) => {
      if (status === undefined || ['Ok', 'Error', 'Unset'].includes(status.code)) return
      fail(`status code is set to an invalid value of ${quote(status.code)}`, 'status')
    },
  },
)

export const declaration = declare({
  name: 'otelcol.processor.span',
  stability: 'generally-available',
  summary: 'Renames spans, takes attributes out of their names and sets their status.',
  accepts: ['otel metrics', 'otel logs', 'otel traces'],
  emits: ['otel metrics', 'otel logs', 'otel traces'],
  wraps: 'OpenTelemetry Collector',
  delivery: 'Holds nothing: the answer of the next component is the answer to the sender.',
  arguments: componentArguments,
  exports: { input: exported(otelConsumer, 'Takes the spans to change.') },
  metrics: {},
})
