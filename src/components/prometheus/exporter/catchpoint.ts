// prometheus.exporter.catchpoint: makes metrics of the test results that Catchpoint sends.

import { target } from '../../../model/targets.ts'
import { list } from '../../../schema/composites.ts'
import { declare, exported } from '../../../schema/declaration.ts'
import { bool, string } from '../../../schema/scalars.ts'
import { optional, schema } from '../../../schema/schema.ts'

const componentArguments = schema({
  verbose_logging: optional(bool, false, 'Whether each webhook that arrives is logged.'),
  webhook_path: optional(
    string,
    '/catchpoint-webhook',
    'Path that Catchpoint sends its webhooks to.',
  ),
  port: optional(string, '9090', 'Port to listen on for them.'),
})

export const declaration = declare({
  name: 'prometheus.exporter.catchpoint',
  stability: 'experimental',
  summary: 'Makes metrics of the test results that Catchpoint sends.',
  accepts: [],
  emits: ['targets'],
  wraps: 'catchpoint-prometheus-exporter',
  arguments: componentArguments,
  exports: { targets: exported(list(target), 'The exporter, as a target to scrape.') },
  metrics: {},
})
