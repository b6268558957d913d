// discovery.kubelet: finds the pods of one node by its kubelet.

import { target } from '../../model/targets.ts'
import { list } from '../../schema/composites.ts'
import { declare, exported } from '../../schema/declaration.ts'
import { string } from '../../schema/scalars.ts'
import { optional, schema } from '../../schema/schema.ts'
import { duration, url } from '../../schema/texts.ts'
import { httpClientFields, httpClientHooks } from '../common/http_client.ts'

const componentArguments = schema(
  {
    url: optional(url, 'https://localhost:10250', 'Address of the kubelet.'),
    refresh_interval: optional(duration, '0s', 'Time from one look for targets to the next.'),
    ...httpClientFields,
    namespaces: optional(list(string), [], 'Namespaces to look in; empty: all.'),
  },
  httpClientHooks,
)

export const declaration = declare({
  name: 'discovery.kubelet',
  stability: 'generally-available',
  summary: 'Finds the pods of one node by its kubelet.',
  accepts: [],
  emits: ['targets'],
  arguments: componentArguments,
  exports: { targets: exported(list(target), 'Targets that were found.') },
  metrics: {},
})
