// loki.source.cloudflare: fetches logs of a zone from Cloudflare.

import { logsReceiver } from '../../../model/capsules.ts'
import { list, map } from '../../../schema/composites.ts'
import { declare } from '../../../schema/declaration.ts'
import { int, secret, string } from '../../../schema/scalars.ts'
import { optional, required, schema } from '../../../schema/schema.ts'
import { duration, oneOf } from '../../../schema/texts.ts'

const fieldsType = oneOf(['all', 'custom', 'default', 'extended', 'minimal'], {
  otherwise: (written) => `unknown fields type: ${written}`,
})

const componentArguments = schema(
  {
    api_token: required(secret, 'Token of the Cloudflare API.'),
    zone_id: required(string, 'Zone to read logs of.'),
    labels: optional(map(string), {}, 'Labels to add to every entry.'),
    workers: optional(int, 3, 'Workers that fetch side by side.'),
    pull_range: optional(duration, '1m0s', 'Time span that one request covers.'),
    fields_type: optional(
      fieldsType,
      'default',
      'Set of fields to fetch: default, minimal, extended, all or custom.',
    ),
    additional_fields: optional(list(string), [], 'Fields to fetch besides.'),
    forward_to: required(list(logsReceiver), 'Receivers of the log entries.'),
  },
  {
    check: ({ pull_range }, fail) => {
      if (pull_range < 0) fail('pull_range must be a positive duration', 'pull_range')
    },
  },
)

export const declaration = declare({
  name: 'loki.source.cloudflare',
  stability: 'generally-available',
  summary: 'Fetches logs of a zone from Cloudflare.',
  accepts: ['loki logs'],
  emits: [],
  arguments: componentArguments,
  exports: {},
  metrics: {},
})
