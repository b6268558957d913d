// discovery.linode: finds instances of Linode.

import { target } from '../../model/targets.ts'
import { list } from '../../schema/composites.ts'
import { declare, exported } from '../../schema/declaration.ts'
import { int, string } from '../../schema/scalars.ts'
import { optional, schema } from '../../schema/schema.ts'
import { duration } from '../../schema/texts.ts'
import { httpClientFields, httpClientHooks } from '../common/http_client.ts'

const componentArguments = schema(
  {
    refresh_interval: optional(duration, '1m0s', 'Time from one look for targets to the next.'),
    port: optional(int, 80, 'Port of the targets.'),
    tag_separator: optional(string, ',', 'What stands between tags in one label.'),
    region: optional(string, '', 'Region to look in; empty: all.'),
    ...httpClientFields,
  },
  {
    ...httpClientHooks,
    check: (args, fail) => {
      if (args.refresh_interval <= 0) {
        return fail('refresh_interval must be greater than 0', 'refresh_interval')
      }
      httpClientHooks.check(args, fail)
    },
  },
)

export const declaration = declare({
  name: 'discovery.linode',
  stability: 'generally-available',
  summary: 'Finds instances of Linode.',
  accepts: [],
  emits: ['targets'],
  wraps: 'Prometheus',
  arguments: componentArguments,
  exports: { targets: exported(list(target), 'Targets that were found.') },
  metrics: {},
})
