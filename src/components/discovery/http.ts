// discovery.http: fetches targets over HTTP.

import { target } from '../../model/targets.ts'
import { list } from '../../schema/composites.ts'
import { declare, exported } from '../../schema/declaration.ts'
import { optional, required, schema } from '../../schema/schema.ts'
import { duration, url } from '../../schema/texts.ts'
import { httpClientFields } from '../common/http_client.ts'

const componentArguments = schema(
  {
    ...httpClientFields,
    refresh_interval: optional(duration, '1m0s', 'Time from one request to the next.'),
    url: required(url, 'Where the targets are.'),
  },
  { defaultsFrom: 'parent' },
)

export const declaration = declare({
  name: 'discovery.http',
  stability: 'generally-available',
  summary: 'Fetches targets over HTTP.',
  accepts: [],
  emits: ['targets'],
  wraps: 'Prometheus',
  arguments: componentArguments,
  exports: { targets: exported(list(target), 'Targets that were found.') },
  metrics: {},
})
