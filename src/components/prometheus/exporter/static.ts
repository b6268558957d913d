// prometheus.exporter.static: serves metrics that are written in the configuration.

import { target } from '../../../model/targets.ts'
import { list } from '../../../schema/composites.ts'
import { declare, exported } from '../../../schema/declaration.ts'
import { string } from '../../../schema/scalars.ts'
import { required, schema } from '../../../schema/schema.ts'
import { staticTextProblem } from './static_text.ts'

const componentArguments = schema(
  {
    text: required(string, 'Metrics in the Prometheus text format.'),
  },
  {
    check: ({ text }, fail) => {
      const problem = staticTextProblem(text)
      if (problem !== undefined) fail(`failed to parse prom text: ${problem}`, 'text')
    },
  },
)

export const declaration = declare({
  name: 'prometheus.exporter.static',
  stability: 'experimental',
  summary: 'Serves metrics that are written in the configuration.',
  accepts: [],
  emits: ['targets'],
  arguments: componentArguments,
  exports: { targets: exported(list(target), 'The exporter, as a target to scrape.') },
  metrics: {},
})
