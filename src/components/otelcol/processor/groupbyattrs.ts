// otelcol.processor.groupbyattrs: moves attributes to the resource and groups items by them.

import { otelConsumer } from '../../../model/capsules.ts'
import { list } from '../../../schema/composites.ts'
import { declare, exported } from '../../../schema/declaration.ts'
import { string } from '../../../schema/scalars.ts'
import {
  defaultedBlock,
  emptyNotNil,
  optional,
  requiredBlock,
  schema,
} from '../../../schema/schema.ts'
import { consumer } from '../../common/otelcol/consumer.ts'
import { debugMetrics } from '../../common/otelcol/debug_metrics.ts'

const componentArguments = schema({
  keys: emptyNotNil(
    optional(
      list(string),
      [],
      'Attributes to move; none: only merges resources that are the same.',
    ),
  ),
  output: requiredBlock(consumer, 'Where the data goes to.'),
  debug_metrics: defaultedBlock(debugMetrics, 'Metrics about the component itself.'),
})

export const declaration = declare({
  name: 'otelcol.processor.groupbyattrs',
  stability: 'generally-available',
  summary: 'Moves attributes from items to their resource, and groups the items by them.',
  accepts: ['otel metrics', 'otel logs', 'otel traces'],
  emits: ['otel metrics', 'otel logs', 'otel traces'],
  wraps: 'OpenTelemetry Collector',
  delivery: 'Holds nothing: the answer of the next component is the answer to the sender.',
  arguments: componentArguments,
  exports: { input: exported(otelConsumer, 'Takes the data to group.') },
  metrics: {},
})
