// discovery.gce: finds instances of Google Compute Engine.

import { target } from '../../model/targets.ts'
import { list } from '../../schema/composites.ts'
import { declare, exported } from '../../schema/declaration.ts'
import { int, string } from '../../schema/scalars.ts'
import { optional, required, schema } from '../../schema/schema.ts'
import { duration } from '../../schema/texts.ts'

const componentArguments = schema({
  project: required(string, 'Project to look in.'),
  zone: required(string, 'Zone to look in.'),
  filter: optional(string, '', 'Filter of the API.'),
  refresh_interval: optional(duration, '1m0s', 'Time from one look for targets to the next.'),
  port: optional(int, 80, 'Port of the targets.'),
  tag_separator: optional(string, ',', 'What stands between tags in one label.'),
})

export const declaration = declare({
  name: 'discovery.gce',
  stability: 'generally-available',
  summary: 'Finds instances of Google Compute Engine.',
  accepts: [],
  emits: ['targets'],
  wraps: 'Prometheus',
  arguments: componentArguments,
  exports: { targets: exported(list(target), 'Targets that were found.') },
  metrics: {},
})
