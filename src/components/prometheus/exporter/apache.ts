// prometheus.exporter.apache: collects metrics from the status page of an Apache HTTP server.

import { target } from '../../../model/targets.ts'
import { list } from '../../../schema/composites.ts'
import { declare, exported } from '../../../schema/declaration.ts'
import { bool, string } from '../../../schema/scalars.ts'
import { optional, schema } from '../../../schema/schema.ts'

const componentArguments = schema({
  scrape_uri: optional(
    string,
    'http://localhost/server-status?auto',
    'Status page of the server, in its machine-readable form.',
  ),
  host_override: optional(string, '', 'Host header of the request; empty: that of the URL.'),
  insecure: optional(bool, false, 'Whether any certificate of the server is accepted.'),
})

export const declaration = declare({
  name: 'prometheus.exporter.apache',
  stability: 'generally-available',
  summary: 'Collects metrics from the status page of an Apache HTTP server.',
  accepts: [],
  emits: ['targets'],
  wraps: 'apache_exporter',
  arguments: componentArguments,
  exports: { targets: exported(list(target), 'The exporter, as a target to scrape.') },
  metrics: {},
})
