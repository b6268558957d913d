// discovery.nomad: finds services of Nomad.

import { target } from '../../model/targets.ts'
import { list } from '../../schema/composites.ts'
import { declare, exported } from '../../schema/declaration.ts'
import { bool, string } from '../../schema/scalars.ts'
import { optional, schema } from '../../schema/schema.ts'
import { duration } from '../../schema/texts.ts'
import { httpClientFields, httpClientHooks } from '../common/http_client.ts'

const componentArguments = schema(
  {
    allow_stale: optional(
      bool,
      true,
      'Whether answers may come from any server, which spares the leader.',
    ),
    ...httpClientFields,
    namespace: optional(string, 'default', 'Namespace to look in.'),
    refresh_interval: optional(duration, '1m0s', 'Time from one look for targets to the next.'),
    region: optional(string, 'global', 'Region to ask.'),
    server: optional(string, 'http://localhost:4646', 'Address of the API.'),
    tag_separator: optional(string, ',', 'What stands between tags in one label.'),
  },
  {
    ...httpClientHooks,
    check: (args, fail) => {
      if (args.server.trim() === '') {
        return fail('nomad SD configuration requires a server address', 'server')
      }
      httpClientHooks.check(args, fail)
    },
  },
)

export const declaration = declare({
  name: 'discovery.nomad',
  stability: 'generally-available',
  summary: 'Finds services of Nomad.',
  accepts: [],
  emits: ['targets'],
  wraps: 'Prometheus',
  arguments: componentArguments,
  exports: { targets: exported(list(target), 'Targets that were found.') },
  metrics: {},
})
