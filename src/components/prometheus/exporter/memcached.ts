// prometheus.exporter.memcached: collects metrics from a memcached server.

import { target } from '../../../model/targets.ts'
import { list } from '../../../schema/composites.ts'
import { declare, exported } from '../../../schema/declaration.ts'
import { string } from '../../../schema/scalars.ts'
import { block, optional, schema } from '../../../schema/schema.ts'
import { duration } from '../../../schema/texts.ts'
import { tlsConfig } from '../../common/tls.ts'

const componentArguments = schema({
  address: optional(string, 'localhost:11211', 'Host and port of the server.'),
  timeout: optional(duration, '1s', 'Time that connecting and each command may take.'),
  tls_config: block(tlsConfig, 'TLS settings; without them the connection is not encrypted.'),
})

export const declaration = declare({
  name: 'prometheus.exporter.memcached',
  stability: 'generally-available',
  summary: 'Collects metrics from a memcached server.',
  accepts: [],
  emits: ['targets'],
  wraps: 'memcached_exporter',
  arguments: componentArguments,
  exports: { targets: exported(list(target), 'The exporter, as a target to scrape.') },
  metrics: {},
})
