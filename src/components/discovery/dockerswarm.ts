// discovery.dockerswarm: finds services, tasks or nodes of a Docker swarm.

import { target } from '../../model/targets.ts'
import { list } from '../../schema/composites.ts'
import { declare, exported } from '../../schema/declaration.ts'
import { int, string } from '../../schema/scalars.ts'
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
    role: required(string, 'Kind of targets: services, tasks or nodes.'),
    port: optional(int, 80, 'Port of targets that expose none.'),
    filter: blocks(filter, 'Takes only what the API filters by it.'),
    refresh_interval: optional(duration, '1m0s', 'Time from one look for targets to the next.'),
    ...httpClientFields,
  },
  {
    ...httpClientHooks,
    check: (args, fail) => {
      const problem = urlProblem(args.host)
      if (problem !== undefined) return fail(problem, 'host')
      if (args.refresh_interval <= 0) {
        return fail('refresh_interval must be greater than 0', 'refresh_interval')
      }
      if (!['services', 'nodes', 'tasks'].includes(args.role)) {
        return fail(`invalid role ${args.role}, expected tasks, services, or nodes`, 'role')
      }
      httpClientHooks.check(args, fail)
    },
  },
)

export const declaration = declare({
  name: 'discovery.dockerswarm',
  stability: 'generally-available',
  summary: 'Finds services, tasks or nodes of a Docker swarm.',
  accepts: [],
  emits: ['targets'],
  wraps: 'Prometheus',
  arguments: componentArguments,
  exports: { targets: exported(list(target), 'Targets that were found.') },
  metrics: {},
})
