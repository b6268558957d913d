// discovery.file: reads targets from files.

import { target } from '../../model/targets.ts'
import { list } from '../../schema/composites.ts'
import { declare, exported } from '../../schema/declaration.ts'
import { string } from '../../schema/scalars.ts'
import { optional, required, schema } from '../../schema/schema.ts'
import { duration } from '../../schema/texts.ts'

const componentArguments = schema({
  files: required(
    list(string),
    'Files of targets in JSON or YAML; patterns are allowed in the last part.',
  ),
  refresh_interval: optional(duration, '5m0s', 'Time from one reading of all files to the next.'),
})

export const declaration = declare({
  name: 'discovery.file',
  stability: 'generally-available',
  summary: 'Reads targets from files.',
  accepts: [],
  emits: ['targets'],
  wraps: 'Prometheus',
  arguments: componentArguments,
  exports: { targets: exported(list(target), 'Targets that were found.') },
  metrics: {},
})
