// discovery.consul: finds services in the catalog of Consul.

import { target } from '../../model/targets.ts'
import { list, map } from '../../schema/composites.ts'
import { declare, exported } from '../../schema/declaration.ts'
import { bool, secret, string } from '../../schema/scalars.ts'
import { optional, schema } from '../../schema/schema.ts'
import { duration } from '../../schema/texts.ts'
import { httpClientFields, httpClientHooks } from '../common/http_client.ts'

const componentArguments = schema(
  {
    server: optional(string, 'localhost:8500', 'Address of the API.'),
    token: optional(secret, undefined, 'Token of the API.'),
    datacenter: optional(string, '', "Datacenter to ask; empty: the agent's own."),
    namespace: optional(string, '', 'Namespace, of Consul Enterprise.'),
    partition: optional(string, '', 'Admin partition, of Consul Enterprise.'),
    tag_separator: optional(string, ',', 'What stands between tags in one label.'),
    scheme: optional(string, 'http', 'Scheme of the API: http or https.'),
    username: optional(string, '', 'User name to log in with.'),
    password: optional(secret, undefined, 'Password to log in with.'),
    allow_stale: optional(
      bool,
      true,
      'Whether answers may come from any server, which spares the leader.',
    ),
    services: optional(list(string), [], 'Services to find; empty: all.'),
    tags: optional(list(string), [], 'Tags that services must have.'),
    node_meta: optional(map(string), {}, 'Metadata that nodes must have.'),
    refresh_interval: optional(duration, '30s', 'Time from one look for targets to the next.'),
    ...httpClientFields,
  },
  httpClientHooks,
)

export const declaration = declare({
  name: 'discovery.consul',
  stability: 'generally-available',
  summary: 'Finds services in the catalog of Consul.',
  accepts: [],
  emits: ['targets'],
  wraps: 'Prometheus',
  arguments: componentArguments,
  exports: { targets: exported(list(target), 'Targets that were found.') },
  metrics: {},
})
