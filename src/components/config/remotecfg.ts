// remotecfg: configuration that a server hands out.

import { map } from '../../schema/composites.ts'
import { declareBlock } from '../../schema/declaration.ts'
import { string } from '../../schema/scalars.ts'
import { emptyNotNil, optional, schema } from '../../schema/schema.ts'
import { duration } from '../../schema/texts.ts'
import { amendHttpClient, httpClientFields, httpClientProblem } from '../common/http_client.ts'

const pollFrequencyMinMs = 10_000

export const declaration = declareBlock({
  name: 'remotecfg',
  stability: 'generally-available',
  summary: 'Fetches further configuration from a server.',
  label: 'none',
  where: 'root',
  service: true,
  arguments: schema(
    {
      url: optional(string, '', 'Server to ask; empty: none.', { unavailable: true }),
      id: optional(string, '', 'Name of this process there.', {
        computed: '(a UUID, random, kept in the storage path)',
      }),
      name: optional(string, '', 'Name of this process for people.'),
      attributes: emptyNotNil(optional(map(string), {}, 'Facts about this process to send.')),
      poll_frequency: optional(duration, '1m', 'Time from one request to the next.'),
      ...httpClientFields,
    },
    {
      check: (args, fail) => {
        if (args.poll_frequency < pollFrequencyMinMs) {
          const got = duration.encode(args.poll_frequency)
          return fail(`poll_frequency must be at least "10s", got "${got}"`, 'poll_frequency')
        }
        const reserved = [...args.attributes.keys()].find((key) => key.startsWith(reservedPrefix))
        if (reserved !== undefined) {
          return fail(`"${reservedPrefix}" is a reserved namespace for remotecfg attribute keys`)
        }
        const problem = httpClientProblem(args)
        if (problem !== undefined) fail(problem)
      },
      amend: amendHttpClient,
    },
  ),
})

const reservedPrefix = 'collector.'
