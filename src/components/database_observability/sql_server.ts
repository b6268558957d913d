// database_observability.sql_server: looks into statements and tables of SQL Server.

import { target } from '../../model/targets.ts'
import { list } from '../../schema/composites.ts'
import { declare, exported } from '../../schema/declaration.ts'
import { int, secret, string } from '../../schema/scalars.ts'
import { block, defaultedBlock, optional, required, schema } from '../../schema/schema.ts'
import { duration } from '../../schema/texts.ts'
import { cloudProvider, cloudProviderProblem } from '../common/database_cloud.ts'
import { cloudDatabases, findingsFields } from '../common/database_findings.ts'

/** The query takes it as a 32-bit number of seconds. */
const lookbackMaxMs = 2_147_483_647_000

const schemaDetails = schema(
  {
    collect_interval: optional(duration, '1m', 'Time from one look at the schemas to the next.'),
  },
  { defaultsFrom: 'parent' },
)

const queryMetrics = schema(
  {
    collect_interval: optional(duration, '1m', 'Time from one look at the statements to the next.'),
    statements_limit: optional(int, 50, 'Statements to export.'),
    statements_lookback: optional(
      duration,
      '1h',
      'Age up to which a statement counts, by its last run.',
    ),
  },
  { defaultsFrom: 'parent' },
)

const queryDetails = schema(
  {
    collect_interval: optional(duration, '1m', 'Time from one look at the statements to the next.'),
  },
  { defaultsFrom: 'parent' },
)

const componentArguments = schema(
  {
    data_source_name: required(secret, 'Server to look into, as a sqlserver:// URL.'),
    ...findingsFields,
    exclude_schemas: optional(list(string), cloudDatabases, 'Schemas to leave out.'),
    exclude_databases: optional(list(string), cloudDatabases, 'Databases to leave out.'),
    cloud_provider: block(cloudProvider, 'Where the database is hosted.'),
    schema_details: defaultedBlock(schemaDetails, 'Definitions of tables.'),
    query_metrics: defaultedBlock(queryMetrics, 'Figures of statements.'),
    query_details: defaultedBlock(queryDetails, 'Statements with their text.'),
  },
  {
    check: (args, fail) => {
      for (const name of ['schema_details', 'query_metrics', 'query_details'] as const) {
        if (args[name].collect_interval > 0) continue
        return fail(`${name}.collect_interval must be greater than zero`, name)
      }
      const { statements_lookback } = args.query_metrics
      if (statements_lookback < 1000 || statements_lookback > lookbackMaxMs) {
        const message = 'query_metrics.statements_lookback must be between 1s and 2147483647s'
        return fail(message, 'query_metrics')
      }
      const problem = cloudProviderProblem(args.cloud_provider)
      if (problem !== undefined) fail(problem, 'cloud_provider')
    },
  },
)

export const declaration = declare({
  name: 'database_observability.sql_server',
  stability: 'experimental',
  summary: 'Looks into statements and tables of SQL Server.',
  accepts: ['targets', 'loki logs'],
  emits: ['targets'],
  requires: 'Permission to view the state of the server and the definitions of its databases.',
  arguments: componentArguments,
  exports: { targets: exported(list(target), 'Targets with the labels of the database.') },
  metrics: {},
})
