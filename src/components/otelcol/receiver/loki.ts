// otelcol.receiver.loki: turns Loki log entries into OpenTelemetry logs.

import { logsReceiver } from '../../../model/capsules.ts'
import { declare, exported } from '../../../schema/declaration.ts'
import { requiredBlock, schema } from '../../../schema/schema.ts'
import { consumer } from '../../common/otelcol/consumer.ts'

export const declaration = declare({
  name: 'otelcol.receiver.loki',
  stability: 'generally-available',
  summary: 'Turns Loki log entries into OpenTelemetry logs.',
  accepts: ['otel metrics', 'otel logs', 'otel traces'],
  emits: ['loki logs'],
  arguments: schema({
    output: requiredBlock(consumer, 'Where the logs are sent.'),
  }),
  exports: { receiver: exported(logsReceiver, 'Receiver of the log entries to turn.') },
  metrics: {},
})
