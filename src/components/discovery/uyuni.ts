// discovery.uyuni: finds systems of Uyuni.

import { target } from '../../model/targets.ts'
import { list } from '../../schema/composites.ts'
import { declare, exported } from '../../schema/declaration.ts'
import { bool, secret, string } from '../../schema/scalars.ts'
import { defaultedBlock, optional, required, schema } from '../../schema/schema.ts'
import { duration, urlProblem } from '../../schema/texts.ts'
import { proxyFields, proxyProblem, secretLists } from '../common/http_client.ts'
import { tlsConfig } from '../common/tls.ts'

const componentArguments = schema(
  {
    server: required(string, 'Address of the Uyuni server.'),
    username: required(string, 'User name to log in with.'),
    password: required(secret, 'Password to log in with.'),
    entitlement: optional(string, 'monitoring_entitled', 'Entitlement that systems must have.'),
    separator: optional(string, ',', 'What stands between parts of a label.'),
    refresh_interval: optional(duration, '1m0s', 'Time from one look for targets to the next.'),
    ...proxyFields,
    tls_config: defaultedBlock(tlsConfig, 'TLS settings for the endpoint.'),
    follow_redirects: optional(bool, true, 'Whether redirects of the server are followed.'),
    enable_http2: optional(bool, true, 'Whether HTTP/2 may be used.'),
    http_headers: optional(secretLists, {}, 'Headers to send with every request.'),
  },
  {
    check: (args, fail) => {
      const serverProblem = urlProblem(args.server)
      if (serverProblem !== undefined) return fail(`invalid server URL: ${serverProblem}`, 'server')
      const problem = proxyProblem(args)
      if (problem !== undefined) fail(problem)
    },
  },
)

export const declaration = declare({
  name: 'discovery.uyuni',
  stability: 'generally-available',
  summary: 'Finds systems of Uyuni.',
  accepts: [],
  emits: ['targets'],
  wraps: 'Prometheus',
  arguments: componentArguments,
  exports: { targets: exported(list(target), 'Targets that were found.') },
  metrics: {},
})
