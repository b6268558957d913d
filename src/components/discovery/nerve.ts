// discovery.nerve: finds targets that AirBnB's Nerve keeps in ZooKeeper.

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
    check: ({ timeout }, fail) => {
      if (timeout <= 0) fail('timeout must be greater than 0', 'timeout')
    },
  },
)

export const declaration = declare({
  name: 'discovery.nerve',
  stability: 'generally-available',
  summary: "Finds targets that AirBnB's Nerve keeps in ZooKeeper.",
  accepts: [],
  emits: ['targets'],
  wraps: 'Prometheus',
  arguments: componentArguments,
  exports: { targets: exported(list(target), 'Targets that were found.') },
  metrics: {},
})
