// local.file_match: finds the files that patterns match.

import { target } from '../../model/targets.ts'
import { list } from '../../schema/composites.ts'
import { declare, exported } from '../../schema/declaration.ts'
import { optional, required, schema } from '../../schema/schema.ts'
import { duration } from '../../schema/texts.ts'

const componentArguments = schema({
  path_targets: required(
    list(target),
    'Targets whose `__path__` may be a pattern; `__path_exclude__` takes paths away.',
  ),
  sync_period: optional(duration, '10s', 'Time from one expansion of the patterns to the next.'),
  ignore_older_than: optional(
    duration,
    '0s',
    'Age beyond which files are left out; 0s: all are found.',
  ),
})

export const declaration = declare({
  name: 'local.file_match',
  stability: 'generally-available',
  summary: 'Finds the files that patterns match.',
  accepts: ['targets'],
  emits: ['targets'],
  arguments: componentArguments,
  exports: { targets: exported(list(target), 'A target for each file.') },
  metrics: {},
})
