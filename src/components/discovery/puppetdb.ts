// discovery.puppetdb: finds resources of PuppetDB.

import { parseUrl } from '../../go/url.ts'
import { target } from '../../model/targets.ts'
import { list } from '../../schema/composites.ts'
import { declare, exported } from '../../schema/declaration.ts'
import { bool, int, string } from '../../schema/scalars.ts'
import { optional, required, schema } from '../../schema/schema.ts'
import { duration, urlProblem } from '../../schema/texts.ts'
import { httpClientFields, httpClientHooks } from '../common/http_client.ts'

const componentArguments = schema(
  {
    ...httpClientFields,
    refresh_interval: optional(duration, '1m0s', 'Time from one look for targets to the next.'),
    url: required(string, 'Address of PuppetDB.'),
    query: required(string, 'PQL query of the resources.'),
    include_parameters: optional(
      bool,
      false,
      'Whether parameters become labels, secrets among them.',
    ),
    port: optional(int, 80, 'Port of the targets.'),
  },
  {
    ...httpClientHooks,
    check: (args, fail) => {
      const problem = urlProblem(args.url)
      if (problem !== undefined) return fail(problem, 'url')
      const { scheme, host } = parseUrl(args.url)
      if (scheme !== 'http' && scheme !== 'https') {
        return fail("URL scheme must be 'http' or 'https'", 'url')
      }
      if (host === '') return fail('host is missing in URL', 'url')
      httpClientHooks.check(args, fail)
    },
  },
)

export const declaration = declare({
  name: 'discovery.puppetdb',
  stability: 'generally-available',
  summary: 'Finds resources of PuppetDB.',
  accepts: [],
  emits: ['targets'],
  wraps: 'Prometheus',
  arguments: componentArguments,
  exports: { targets: exported(list(target), 'Targets that were found.') },
  metrics: {},
})
