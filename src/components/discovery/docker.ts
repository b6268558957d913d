// discovery.docker: finds containers of a Docker daemon.

import { target } from '../../model/targets.ts'
import { list } from '../../schema/composites.ts'
import { declare, exported } from '../../schema/declaration.ts'
import { bool, int, string } from '../../schema/scalars.ts'
import { blocks, optional, required, schema } from '../../schema/schema.ts'
import { duration, urlProblem } from '../../schema/texts.ts'
import { httpClientFields, httpClientHooks } from '../common/http_client.ts'

const filter = schema({
  name: required(string, 'Name of the filter.'),
  values: required(list(string), 'Values of the filter.'),
})

const componentArguments = schema(
  {
    host: required(string, 'Address of the Docker daemon.'),
    port: optional(int, 80, 'Port of containers that expose none.'),
    host_networking_host: optional(
      string,
      'localhost',
      'Host of containers in the network of the host.',
    ),
    refresh_interval: optional(duration, '1m0s', 'Time from one look for targets to the next.'),
    match_first_network: optional(
      bool,
      true,
      'Whether containers in several networks give targets for the first alone.',
    ),
    filter: blocks(filter, 'Takes only what the API filters by it.'),
    ...httpClientFields,
  },
  {
    ...httpClientHooks,
    check: (args, fail) => {
      const problem = urlProblem(args.host)
      if (problem !== undefined) return fail(`parsing host attribute: ${problem}`, 'host')
      if (args.refresh_interval <= 0) {
        return fail('refresh_interval must be greater than 0', 'refresh_interval')
      }
      httpClientHooks.check(args, fail)
    },
  },
)

export const declaration = declare({
  name: 'discovery.docker',
  stability: 'generally-available',
  summary: 'Finds containers of a Docker daemon.',
  accepts: [],
  emits: ['targets'],
  wraps: 'Prometheus',
  arguments: componentArguments,
  exports: { targets: exported(list(target), 'Targets that were found.') },
  metrics: {},
})
