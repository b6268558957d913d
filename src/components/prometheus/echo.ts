// prometheus.echo: writes metrics to standard output.
// Source of the behaviour: alloy/internal/component/prometheus/echo/echo.go.

import { namelessMetricsReceiver } from '../../model/capsules.ts'
import { declare, exported } from '../../schema/declaration.ts'
import { string } from '../../schema/scalars.ts'
import { optional, schema } from '../../schema/schema.ts'

export const declaration = declare({
  name: 'prometheus.echo',
  stability: 'generally-available',
  summary: 'Writes the metrics that it receives to the log, to look at them.',
  accepts: [],
  emits: ['prometheus metrics'],
  delivery: 'Owns what it has logged.',
  arguments: schema({
    format: optional(string, 'text', 'Format of the metrics: text or openmetrics.'),
  }),
  exports: {
    receiver: exported(namelessMetricsReceiver, 'Receiver of the metrics to write.'),
  },
  metrics: {},
  load: () => import('./echo/run.ts'),
})
