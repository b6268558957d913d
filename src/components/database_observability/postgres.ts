// database_observability.postgres: looks into statements, plans and tables of PostgreSQL.

import { logsReceiver } from '../../model/capsules.ts'
import { target } from '../../model/targets.ts'
import { list, nullable } from '../../schema/composites.ts'
import { declare, exported } from '../../schema/declaration.ts'
import { bool, float, secret, string } from '../../schema/scalars.ts'
import { block, defaultedBlock, optional, required, schema } from '../../schema/schema.ts'
import { duration } from '../../schema/texts.ts'
import { cloudProvider, cloudProviderProblem } from '../common/database_cloud.ts'
import {
  cloudDatabases,
  findingsFields,
  queryDetailsOf,
  schemaDetails,
} from '../common/database_findings.ts'
import {
  postgresExporterFields,
  postgresExporterHooks,
  postgresUrlProblem,
} from '../common/postgres.ts'

const querySamples = schema(
  {
    collect_interval: optional(
      duration,
      '10s',
      'Time from one look at running statements to the next.',
    ),
    disable_query_redaction: optional(bool, false, 'Whether statements keep the values in them.'),
    exclude_current_user: optional(
      nullable(bool),
      undefined,
      'Whether statements of the user that collects are left out; null: as exclude_current_user.',
    ),
    enable_pre_classified_wait_events: optional(
      bool,
      false,
      'Whether waits come with their class, worked out here.',
    ),
  },
  { defaultsFrom: 'parent' },
)

const queryDetails = queryDetailsOf(100)

const explainPlans = schema(
  {
    collect_interval: optional(duration, '1m', 'Time from one round of plans to the next.'),
    per_collect_ratio: optional(
      float,
      1,
      'Share of the statements that each round explains, from 0 to 1.',
    ),
  },
  { defaultsFrom: 'parent' },
)

const healthCheck = schema(
  {
    collect_interval: optional(duration, '1h', 'Time from one check to the next.'),
  },
  { defaultsFrom: 'parent' },
)

const logs = schema({
  enable_error_logs_processing: optional(
    bool,
    false,
    'Whether errors in the logs that arrive become metrics.',
  ),
})

const prometheusExporter = schema(
  {
    ...postgresExporterFields,
    data_source_names: optional(
      list(secret),
      [],
      'Servers and databases to collect from; empty: the one of the component.',
    ),
  },
  postgresExporterHooks,
)

const componentArguments = schema(
  {
    data_source_name: required(secret, 'Database to look into, as a postgresql:// URL.'),
    ...findingsFields,
    exclude_databases: optional(list(string), cloudDatabases, 'Databases to leave out.'),
    exclude_users: optional(
      list(string),
      ['azuresu', 'cloudsqladmin', 'db-o11y', 'rdsadmin'],
      'Users whose statements are left out.',
    ),
    exclude_current_user: optional(
      bool,
      true,
      'Whether statements of the user that collects are left out.',
    ),
    cloud_provider: block(cloudProvider, 'Where the database is hosted.'),
    query_samples: defaultedBlock(
      querySamples,
      'Samples of running statements and what they wait for.',
    ),
    query_details: defaultedBlock(queryDetails, 'Statements with their text.'),
    schema_details: defaultedBlock(schemaDetails, 'Definitions of tables.'),
    explain_plans: defaultedBlock(explainPlans, 'Plans of statements.'),
    health_check: defaultedBlock(healthCheck, 'Checks that the database is set up for all this.'),
    logs: defaultedBlock(logs, 'Logs of the database.'),
    prometheus_exporter: block(
      prometheusExporter,
      'Runs an exporter of the same database, in place of targets.',
    ),
  },
  {
    check: (args, fail) => {
      const problem = postgresUrlProblem(args.data_source_name.reveal())
      if (problem !== undefined) return fail(problem, 'data_source_name')
      const { targets, prometheus_exporter, cloud_provider } = args
      if (targets.length > 0 && prometheus_exporter !== undefined) {
        const message =
          'prometheus_exporter and targets are mutually exclusive: use prometheus_exporter to ' +
          'embed the exporter, or targets to scrape an external one'
        return fail(message, 'prometheus_exporter')
      }
      const cloudProblem = cloudProviderProblem(cloud_provider)
      if (cloudProblem !== undefined) fail(cloudProblem, 'cloud_provider')
    },
  },
)

export const declaration = declare({
  name: 'database_observability.postgres',
  stability: 'generally-available',
  summary: 'Looks into statements, plans and tables of PostgreSQL.',
  accepts: ['targets', 'loki logs'],
  emits: ['targets', 'loki logs'],
  requires: 'The extension pg_stat_statements and the roles pg_monitor and pg_read_all_stats.',
  arguments: componentArguments,
  exports: {
    targets: exported(list(target), 'Targets with the labels of the database.'),
    logs_receiver: exported(logsReceiver, "Receiver of the database's logs.", { optional: true }),
  },
  metrics: {},
})
