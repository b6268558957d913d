// discovery.digitalocean: finds droplets of DigitalOcean.

import { target } from '../../model/targets.ts'
import { list } from '../../schema/composites.ts'
import { declare, exported } from '../../schema/declaration.ts'
import { bool, int, secret, string } from '../../schema/scalars.ts'
import { optional, schema } from '../../schema/schema.ts'
import { duration } from '../../schema/texts.ts'
import { proxyFields, proxyProblem, secretLists } from '../common/http_client.ts'

const componentArguments = schema(
  {
    refresh_interval: optional(duration, '1m0s', 'Time from one look for targets to the next.'),
    port: optional(int, 80, 'Port of the targets.'),
    bearer_token: optional(secret, undefined, 'Bearer token to send.'),
    bearer_token_file: optional(string, '', 'File that holds the bearer token.'),
    ...proxyFields,
    follow_redirects: optional(bool, true, 'Whether redirects of the server are followed.'),
    enable_http2: optional(bool, true, 'Whether HTTP/2 may be used.'),
    http_headers: optional(secretLists, {}, 'Headers to send with every request.'),
  },
  {
    check: (args, fail) => {
      if ((args.bearer_token === undefined) === (args.bearer_token_file === '')) {
        return fail('exactly one of bearer_token or bearer_token_file must be specified')
      }
      const problem = proxyProblem(args)
      if (problem !== undefined) fail(problem)
    },
  },
)

export const declaration = declare({
  name: 'discovery.digitalocean',
  stability: 'generally-available',
  summary: 'Finds droplets of DigitalOcean.',
  accepts: [],
  emits: ['targets'],
  wraps: 'Prometheus',
  arguments: componentArguments,
  exports: { targets: exported(list(target), 'Targets that were found.') },
  metrics: {},
})
