// discovery.kuma: finds data plane proxies of a Kuma mesh.

import { target } from '../../model/targets.ts'
import { list } from '../../schema/composites.ts'
import { declare, exported } from '../../schema/declaration.ts'
import { string } from '../../schema/scalars.ts'
import { optional, required, schema } from '../../schema/schema.ts'
import { duration } from '../../schema/texts.ts'
import { httpClientFields, httpClientHooks } from '../common/http_client.ts'

const componentArguments = schema(
  {
    server: required(string, 'Address of the Kuma control plane.'),
    refresh_interval: optional(duration, '30s', 'Time from one look for targets to the next.'),
    fetch_timeout: optional(duration, '2m0s', 'Time after which a request has failed.'),
    ...httpClientFields,
  },
  {
    ...httpClientHooks,
    check: (args, fail) => {
      if (args.refresh_interval <= 0) {
        return fail('refresh_interval must be greater than 0', 'refresh_interval')
      }
      if (args.fetch_timeout <= 0) {
        return fail('fetch_timeout must be greater than 0', 'fetch_timeout')
      }
      httpClientHooks.check(args, fail)
    },
  },
)

export const declaration = declare({
  name: 'discovery.kuma',
  stability: 'generally-available',
  summary: 'Finds data plane proxies of a Kuma mesh.',
  accepts: [],
  emits: ['targets'],
  wraps: 'Prometheus',
  arguments: componentArguments,
  exports: { targets: exported(list(target), 'Targets that were found.') },
  metrics: {},
})
