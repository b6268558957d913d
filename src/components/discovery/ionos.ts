// discovery.ionos: finds servers of IONOS Cloud.

import { target } from '../../model/targets.ts'
import { list } from '../../schema/composites.ts'
import { declare, exported } from '../../schema/declaration.ts'
import { int, string } from '../../schema/scalars.ts'
import { optional, required, schema } from '../../schema/schema.ts'
import { duration } from '../../schema/texts.ts'
import { httpClientFields, httpClientHooks } from '../common/http_client.ts'

const componentArguments = schema(
  {
    datacenter_id: required(string, 'Datacenter to look in.'),
    ...httpClientFields,
    refresh_interval: optional(duration, '1m0s', 'Time from one look for targets to the next.'),
    port: optional(int, 80, 'Port of the targets.'),
  },
  {
    ...httpClientHooks,
    check: (args, fail) => {
      if (args.datacenter_id === '') return fail("datacenter_id can't be empty", 'datacenter_id')
      if (args.refresh_interval <= 0) {
        return fail('refresh_interval must be greater than 0', 'refresh_interval')
      }
      httpClientHooks.check(args, fail)
    },
  },
)

export const declaration = declare({
  name: 'discovery.ionos',
  stability: 'generally-available',
  summary: 'Finds servers of IONOS Cloud.',
  accepts: [],
  emits: ['targets'],
  wraps: 'Prometheus',
  arguments: componentArguments,
  exports: { targets: exported(list(target), 'Targets that were found.') },
  metrics: {},
})
