// The block `output` of the components that pass OpenTelemetry data on.

import { otelConsumer } from '../../../model/capsules.ts'
import { list } from '../../../schema/composites.ts'
import { optional, schema } from '../../../schema/schema.ts'

export const consumer = schema({
  metrics: optional(list(otelConsumer), [], 'Receivers of the metrics; none: they are dropped.'),
  logs: optional(list(otelConsumer), [], 'Receivers of the logs; none: they are dropped.'),
  traces: optional(list(otelConsumer), [], 'Receivers of the traces; none: they are dropped.'),
})
