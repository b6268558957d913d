// loki.echo: writes the log entries that it receives to standard output.

import { logsReceiver } from '../../model/capsules.ts'
import { declare, exported } from '../../schema/declaration.ts'
import { schema } from '../../schema/schema.ts'

export const declaration = declare({
  name: 'loki.echo',
  stability: 'generally-available',
  summary: 'Writes the log entries that it receives to standard output.',
  accepts: [],
  emits: ['loki logs'],
  arguments: schema({}),
  exports: { receiver: exported(logsReceiver, 'Receiver of the entries to print.') },
  metrics: {},
})
