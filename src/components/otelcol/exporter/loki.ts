// otelcol.exporter.loki: converts OpenTelemetry logs to log entries of Loki.

import { logsReceiver, otelConsumer } from '../../../model/capsules.ts'
import { list } from '../../../schema/composites.ts'
import { declare, exported } from '../../../schema/declaration.ts'
import { required, schema } from '../../../schema/schema.ts'

const componentArguments = schema({
  forward_to: required(list(logsReceiver), 'Receivers of the log entries.'),
})

export const declaration = declare({
  name: 'otelcol.exporter.loki',
  stability: 'generally-available',
  summary: 'Converts OpenTelemetry logs to log entries of Loki.',
  accepts: ['loki logs'],
  emits: ['otel metrics', 'otel logs', 'otel traces'],
  delivery: 'Holds nothing: the answer of the receivers is the answer to the sender.',
  arguments: componentArguments,
  exports: { input: exported(otelConsumer, 'Receives the logs to convert.') },
  metrics: {},
})
