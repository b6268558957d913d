// prometheus.exporter.squid: collects metrics from a Squid proxy.

import { splitHostPort } from '../../../go/host_port.ts'
import { target } from '../../../model/targets.ts'
import { list } from '../../../schema/composites.ts'
import { declare, exported } from '../../../schema/declaration.ts'
import { secret, string } from '../../../schema/scalars.ts'
import { optional, required, schema } from '../../../schema/schema.ts'

const componentArguments = schema(
  {
    address: required(string, 'Host and port of the proxy.'),
    username: optional(string, '', 'User name for the cache manager.'),
    password: optional(secret, undefined, 'Password for the cache manager.'),
  },
  {
    check: ({ address }, fail) => {
      if (address === '') return fail('no address was provided', 'address')
      try {
        splitHostPort(address)
      } catch (error) {
        fail((error as Error).message, 'address')
      }
    },
  },
)

export const declaration = declare({
  name: 'prometheus.exporter.squid',
  stability: 'generally-available',
  summary: 'Collects metrics from a Squid proxy.',
  accepts: [],
  emits: ['targets'],
  wraps: 'squid-exporter',
  arguments: componentArguments,
  exports: { targets: exported(list(target), 'The exporter, as a target to scrape.') },
  metrics: {},
})
