// loki.process: changes, drops and counts log entries in stages.

import { logsReceiver } from '../../model/capsules.ts'
import { list } from '../../schema/composites.ts'
import { declare, exported } from '../../schema/declaration.ts'
import { choice, required, schema } from '../../schema/schema.ts'
import { stages } from './process_stages.ts'

const componentArguments = schema({
  forward_to: required(list(logsReceiver), 'Receivers of the processed entries.'),
  stage: choice(stages, 'Stages, run in the order they are written in.'),
})

export const declaration = declare({
  name: 'loki.process',
  stability: 'generally-available',
  summary: 'Changes, drops and counts log entries in stages.',
  accepts: ['loki logs'],
  emits: ['loki logs'],
  arguments: componentArguments,
  exports: { receiver: exported(logsReceiver, 'Receiver of the entries to process.') },
  metrics: {},
})
