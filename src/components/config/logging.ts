// logging: what is logged, and where to.

import { logsReceiver } from '../../model/capsules.ts'
import { list } from '../../schema/composites.ts'
import { declareBlock } from '../../schema/declaration.ts'
import { optional, schema } from '../../schema/schema.ts'
import { oneOf } from '../../schema/texts.ts'

const level = oneOf(['error', 'warn', 'info', 'debug'], {
  otherwise: (written) => `unrecognized log level "${written}"`,
  aliases: { '': 'info' },
  zero: { shown: '', means: 'info' },
})

const format = oneOf(['logfmt', 'json'], {
  otherwise: (written) => `unrecognized log format "${written}"`,
  aliases: { '': 'logfmt' },
})

const destination = oneOf(['stderr', 'windows_event_log'], {
  otherwise: (written) => `unrecognized log destination "${written}"`,
  aliases: { '': 'stderr' },
})

export const declaration = declareBlock({
  name: 'logging',
  stability: 'generally-available',
  summary: 'What is logged, and where to.',
  label: 'none',
  where: 'root',
  arguments: schema({
    level: optional(level, 'info', 'Least level that is logged: debug, info, warn or error.'),
    format: optional(format, 'logfmt', 'Format of the lines: logfmt or json.'),
    destination: optional(destination, 'stderr', 'Where lines go: stderr or windows_event_log.', {
      unavailable: ['windows_event_log'],
    }),
    write_to: optional(list(logsReceiver), [], 'Receivers of the lines, besides.', {
      unavailable: true,
    }),
  }),
})
