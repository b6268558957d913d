// Settings of the metrics that OpenTelemetry components report about themselves.

import { bool } from '../../../schema/scalars.ts'
import { optional, schema } from '../../../schema/schema.ts'
import { oneOf } from '../../../schema/texts.ts'

const level = oneOf(['basic', 'detailed', 'none', 'normal'], {
  otherwise: (written) => `unrecognized debug level "${written}"`,
})

export const debugMetrics = schema({
  disable_high_cardinality_metrics: optional(
    bool,
    true,
    'Whether metrics of servers and clients lack the labels of peers.',
  ),
  level: optional(level, 'detailed', 'Detail of these metrics.', {
    deprecated: 'It has no effect; leave it out.',
  }),
})
