// prometheus.exporter.self: the metrics of this process as targets.

import { target } from '../../../model/targets.ts'
import { list } from '../../../schema/composites.ts'
import { declare, exported } from '../../../schema/declaration.ts'
import { schema } from '../../../schema/schema.ts'

export const declaration = declare({
  name: 'prometheus.exporter.self',
  stability: 'generally-available',
  summary: 'Exposes the metrics of this process.',
  accepts: [],
  emits: ['targets'],
  arguments: schema({}),
  exports: {
    targets: exported(
      list(target),
      'Targets for a component that scrapes, such as prometheus.scrape.',
    ),
  },
  metrics: {},
  load: () => import('./self/run.ts'),
})
