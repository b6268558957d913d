// discovery.serverset: finds targets of Serversets, which Finagle and Aurora keep in ZooKeeper.

import { target } from '../../model/targets.ts'
import { list } from '../../schema/composites.ts'
import { declare, exported } from '../../schema/declaration.ts'
import { string } from '../../schema/scalars.ts'
import { optional, required, schema } from '../../schema/schema.ts'
import { duration } from '../../schema/texts.ts'

const componentArguments = schema(
  {
    servers: required(list(string), 'Addresses of ZooKeeper servers.'),
    paths: required(list(string), 'Paths to look in.'),
    timeout: optional(duration, '10s', 'Time after which the session has failed.'),
  },
  {
    check: ({ servers, paths }, fail) => {
      const wants = 'discovery.serverset config must contain at least one'
      if (servers.length === 0) return fail(`${wants} Zookeeper server`, 'servers')
      if (paths.length === 0) return fail(`${wants} path`, 'paths')
      const bad = paths.find((path) => !path.startsWith('/'))
      if (bad !== undefined) {
        fail(`discovery.serverset config paths must begin with '/': ${bad}`, 'paths')
      }
    },
  },
)

export const declaration = declare({
  name: 'discovery.serverset',
  stability: 'generally-available',
  summary: 'Finds targets of Serversets, which Finagle and Aurora keep in ZooKeeper.',
  accepts: [],
  emits: ['targets'],
  wraps: 'Prometheus',
  arguments: componentArguments,
  exports: { targets: exported(list(target), 'Targets that were found.') },
  metrics: {},
})
