// prometheus.exporter.mysql: collects metrics from a MySQL or MariaDB server.

import { target } from '../../../model/targets.ts'
import { list } from '../../../schema/composites.ts'
import { declare, exported } from '../../../schema/declaration.ts'
import { schema } from '../../../schema/schema.ts'
import { mySqlExporterFields, mySqlExporterHooks } from '../../common/mysql.ts'

const componentArguments = schema(mySqlExporterFields, mySqlExporterHooks)

export const declaration = declare({
  name: 'prometheus.exporter.mysql',
  stability: 'generally-available',
  summary: 'Collects metrics from a MySQL or MariaDB server.',
  accepts: [],
  emits: ['targets'],
  wraps: 'mysqld_exporter',
  arguments: componentArguments,
  exports: { targets: exported(list(target), 'The exporter, as a target to scrape.') },
  metrics: {},
})
