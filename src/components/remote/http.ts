// remote.http: fetches a text over HTTP and exports it.

import { quote } from '../../go/quote.ts'
import { map } from '../../schema/composites.ts'
import { declare, exported } from '../../schema/declaration.ts'
import { bool, optionalSecret, string } from '../../schema/scalars.ts'
import { defaultedBlock, optional, required, schema } from '../../schema/schema.ts'
import { duration, urlProblem } from '../../schema/texts.ts'
import { httpClient } from '../common/http_client.ts'

/** A token of HTTP; empty means GET. */
const methodToken = /^[!#$%&'*+.^_`|~0-9A-Za-z-]*$/

const componentArguments = schema(
  {
    url: required(string, 'Where the text is.'),
    poll_frequency: optional(duration, '1m0s', 'Time from one request to the next.'),
    poll_timeout: optional(duration, '10s', 'Time after which a request has failed.'),
    is_secret: optional(bool, false, 'Whether the text is a secret.'),
    method: optional(string, 'GET', 'Method of the request.'),
    headers: optional(map(string), {}, 'Headers to send with the request.'),
    body: optional(string, '', 'Body of the request.'),
    client: defaultedBlock(httpClient, 'HTTP client that makes the request.'),
  },
  {
    check: ({ poll_frequency, poll_timeout, method, url }, fail) => {
      if (poll_frequency <= 0)
        return fail('poll_frequency must be greater than 0', 'poll_frequency')
      if (poll_timeout <= 0) return fail('poll_timeout must be greater than 0', 'poll_timeout')
      if (poll_timeout >= poll_frequency) {
        return fail('poll_timeout must be less than poll_frequency', 'poll_timeout')
      }
      if (!methodToken.test(method)) {
        return fail(`net/http: invalid method ${quote(method)}`, 'method')
      }
      const problem = urlProblem(url)
      if (problem !== undefined) fail(problem, 'url')
    },
  },
)

export const declaration = declare({
  name: 'remote.http',
  stability: 'generally-available',
  summary: 'Fetches a text over HTTP and exports it.',
  accepts: [],
  emits: [],
  arguments: componentArguments,
  exports: { content: exported(optionalSecret, 'The text of the last request that succeeded.') },
  metrics: {},
})
