// database_observability.mysql: looks into statements, plans, locks and tables of MySQL.

import type { Secret } from '../../eval/secret.ts'
import { quote } from '../../go/quote.ts'
import { target } from '../../model/targets.ts'
import { list } from '../../schema/composites.ts'
import { declare, exported } from '../../schema/declaration.ts'
import { bool, float, secret, string } from '../../schema/scalars.ts'
import {
  type ArgumentsOf,
  block,
  blocks,
  defaultedBlock,
  label,
  optional,
  required,
  schema,
} from '../../schema/schema.ts'
import { duration } from '../../schema/texts.ts'
import { clustering } from '../common/clustering.ts'
import { cloudProvider, cloudProviderProblem } from '../common/database_cloud.ts'
import {
  cloudDatabases,
  findingsFields,
  queryDetailsOf,
  schemaDetails,
} from '../common/database_findings.ts'
import { mySqlExporterFields, mySqlExporterHooks } from '../common/mysql.ts'
import { mySqlDsnProblem } from '../common/mysql_dsn.ts'

const databaseInstance = schema({
  label: label('Name of the database.'),
  data_source_name: required(secret, 'Server to look into, as user:password@tcp(host:port)/.'),
  cloud_provider: block(cloudProvider, 'Where the database is hosted.'),
})

const setupConsumers = schema(
  {
    collect_interval: optional(duration, '1h', 'Time from one look at the consumers to the next.'),
  },
  { defaultsFrom: 'parent' },
)

const setupActors = schema(
  {
    collect_interval: optional(duration, '1h', 'Time from one look at the actors to the next.'),
    auto_update_setup_actors: optional(
      bool,
      false,
      'Whether the user that collects is taken out of the actors.',
    ),
  },
  { defaultsFrom: 'parent' },
)

const queryDetails = queryDetailsOf(250)

const explainPlans = schema(
  {
    collect_interval: optional(duration, '1m', 'Time from one round of plans to the next.'),
    per_collect_ratio: optional(
      float,
      1,
      'Share of the statements that each round explains, from 0 to 1.',
    ),
    initial_lookback: optional(
      duration,
      '24h',
      'How far back the first round looks for statements.',
    ),
  },
  { defaultsFrom: 'parent' },
)

const locks = schema(
  {
    collect_interval: optional(duration, '30s', 'Time from one look at locks to the next.'),
    threshold: optional(duration, '1s', 'Time from which a wait for a lock is told.'),
  },
  { defaultsFrom: 'parent' },
)

const querySamples = schema(
  {
    collect_interval: optional(
      duration,
      '10s',
      'Time from one look at finished statements to the next.',
    ),
    disable_query_redaction: optional(bool, false, 'Whether statements keep the values in them.'),
    auto_enable_setup_consumers: optional(
      bool,
      false,
      'Whether consumers that samples need are switched on where they are off.',
    ),
    setup_consumers_check_interval: optional(
      duration,
      '1h',
      'Time from one check of those consumers to the next.',
    ),
    sample_min_duration: optional(duration, '0s', 'Time from which a statement is told; 0: any.'),
    wait_event_min_duration: optional(duration, '1µs', 'Time from which a wait is told; 0: any.'),
    enable_pre_classified_wait_events: optional(
      bool,
      false,
      'Whether waits come with their class, worked out here.',
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

const prometheusExporter = schema(
  {
    ...mySqlExporterFields,
    data_source_name: optional(
      secret,
      undefined,
      'Server to collect from; empty: the one of the component.',
    ),
  },
  mySqlExporterHooks,
)

const componentArguments = schema(
  {
    data_source_name: optional(
      secret,
      undefined,
      'Server to look into, as user:password@tcp(host:port)/.',
    ),
    ...findingsFields,
    exclude_schemas: optional(list(string), cloudDatabases, 'Schemas to leave out.'),
    allow_update_performance_schema_settings: optional(
      bool,
      false,
      'Whether settings of performance_schema may be changed.',
    ),
    database_instance: blocks(
      databaseInstance,
      'One of several databases, each with an exporter of its own.',
    ),
    clustering: defaultedBlock(clustering, 'How databases are shared in a cluster.'),
    cloud_provider: block(cloudProvider, 'Where the database is hosted.'),
    setup_consumers: defaultedBlock(setupConsumers, 'Consumers of performance_schema that are on.'),
    setup_actors: defaultedBlock(setupActors, 'Actors of performance_schema.'),
    query_details: defaultedBlock(queryDetails, 'Statements with their text.'),
    schema_details: defaultedBlock(schemaDetails, 'Definitions of tables.'),
    explain_plans: defaultedBlock(explainPlans, 'Plans of statements.'),
    locks: defaultedBlock(locks, 'Waits for locks.'),
    query_samples: defaultedBlock(
      querySamples,
      'Samples of finished statements and what they waited for.',
    ),
    health_check: defaultedBlock(healthCheck, 'Checks that the database is set up for all this.'),
    prometheus_exporter: block(
      prometheusExporter,
      'Runs an exporter of the same database, in place of targets.',
    ),
  },
  {
    check: (args, fail) => {
      const { targets, database_instance, prometheus_exporter } = args
      if (targets.length > 0 && database_instance.length > 0) {
        const message =
          'targets and database_instance blocks are mutually exclusive: database_instance blocks ' +
          'always use the embedded exporter'
        return fail(message, 'database_instance')
      }
      if (targets.length > 0 && prometheus_exporter !== undefined) {
        const message =
          'prometheus_exporter and targets are mutually exclusive: use prometheus_exporter to ' +
          'embed the exporter, or targets to scrape an external one'
        return fail(message, 'prometheus_exporter')
      }
      const problem = databaseProblem(args)
      if (problem !== undefined) return fail(problem, 'data_source_name')
      for (const instance of database_instance) {
        const problem = databaseProblem(instance)
        if (problem === undefined) continue
        return fail(`database_instance ${quote(instance.label)}: ${problem}`, 'database_instance')
      }
    },
  },
)

interface Database {
  readonly data_source_name: Secret | undefined
  readonly cloud_provider: ArgumentsOf<typeof cloudProvider> | undefined
}

function databaseProblem({ data_source_name, cloud_provider }: Database): string | undefined {
  return mySqlDsnProblem(data_source_name?.reveal() ?? '') ?? cloudProviderProblem(cloud_provider)
}

export const declaration = declare({
  name: 'database_observability.mysql',
  stability: 'generally-available',
  summary: 'Looks into statements, plans, locks and tables of MySQL.',
  accepts: ['targets', 'loki logs'],
  emits: ['targets'],
  requires: 'Permission to read performance_schema and the schemas to look into.',
  arguments: componentArguments,
  exports: { targets: exported(list(target), 'Targets with the labels of the database.') },
  metrics: {},
})
