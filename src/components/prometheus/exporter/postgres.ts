// prometheus.exporter.postgres: collects metrics from PostgreSQL servers.

import { target } from '../../../model/targets.ts'
import { list } from '../../../schema/composites.ts'
import { declare, exported } from '../../../schema/declaration.ts'
import { schema } from '../../../schema/schema.ts'
import { postgresExporterFields, postgresExporterHooks } from '../../common/postgres.ts'

const componentArguments = schema(postgresExporterFields, postgresExporterHooks)

export const declaration = declare({
  name: 'prometheus.exporter.postgres',
  stability: 'generally-available',
  summary: 'Collects metrics from PostgreSQL servers.',
  accepts: [],
  emits: ['targets'],
  wraps: 'postgres_exporter',
  arguments: componentArguments,
  exports: { targets: exported(list(target), 'The exporter, as a target to scrape.') },
  metrics: {},
})
