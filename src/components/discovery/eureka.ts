// discovery.eureka: finds instances in a Eureka registry.

import { parseUrl } from '../../go/url.ts'
import { target } from '../../model/targets.ts'
import { list } from '../../schema/composites.ts'
import { declare, exported } from '../../schema/declaration.ts'
import { string } from '../../schema/scalars.ts'
import { optional, required, schema } from '../../schema/schema.ts'
import { duration, urlProblem } from '../../schema/texts.ts'
import { httpClientFields, httpClientHooks } from '../common/http_client.ts'

const componentArguments = schema(
  {
    server: required(string, 'Address of the Eureka server.'),
    refresh_interval: optional(duration, '30s', 'Time from one look for targets to the next.'),
    ...httpClientFields,
  },
  {
    ...httpClientHooks,
    check: (args, fail) => {
      const problem = urlProblem(args.server)
      if (problem !== undefined) return fail(problem, 'server')
      const { scheme, host } = parseUrl(args.server)
      if (scheme === '' || host === '') return fail('invalid eureka server URL', 'server')
      httpClientHooks.check(args, fail)
    },
  },
)

export const declaration = declare({
  name: 'discovery.eureka',
  stability: 'generally-available',
  summary: 'Finds instances in a Eureka registry.',
  accepts: [],
  emits: ['targets'],
  wraps: 'Prometheus',
  arguments: componentArguments,
  exports: { targets: exported(list(target), 'Targets that were found.') },
  metrics: {},
})
