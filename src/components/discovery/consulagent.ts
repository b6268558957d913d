// discovery.consulagent: finds services of one Consul agent.

import { target } from '../../model/targets.ts'
import { list } from '../../schema/composites.ts'
import { declare, exported } from '../../schema/declaration.ts'
import { secret, string } from '../../schema/scalars.ts'
import { defaultedBlock, optional, schema } from '../../schema/schema.ts'
import { duration } from '../../schema/texts.ts'
import { tlsConfig } from '../common/tls.ts'

const componentArguments = schema(
  {
    server: optional(string, 'localhost:8500', 'Address of the API.'),
    token: optional(secret, undefined, 'Token of the API.'),
    datacenter: optional(string, '', "Datacenter to ask; empty: the agent's own."),
    tag_separator: optional(string, ',', 'What stands between tags in one label.'),
    scheme: optional(string, 'http', 'Scheme of the API: http or https.'),
    username: optional(string, '', 'User name to log in with.'),
    password: optional(secret, undefined, 'Password to log in with.'),
    refresh_interval: optional(duration, '30s', 'Time from one look for targets to the next.'),
    services: optional(list(string), [], 'Services to find; empty: all.'),
    tags: optional(list(string), [], 'Tags that services must have.'),
    tls_config: defaultedBlock(tlsConfig, 'TLS settings for the endpoint.'),
  },
  {
    check: (args, fail) => {
      if (args.refresh_interval <= 0) {
        fail('refresh_interval must be greater than 0', 'refresh_interval')
      }
    },
  },
)

export const declaration = declare({
  name: 'discovery.consulagent',
  stability: 'generally-available',
  summary: 'Finds services of one Consul agent.',
  accepts: [],
  emits: ['targets'],
  wraps: 'Prometheus',
  arguments: componentArguments,
  exports: { targets: exported(list(target), 'Targets that were found.') },
  metrics: {},
})
