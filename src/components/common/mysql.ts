// Settings of the MySQL exporter, alone or embedded in another component.
// Source of the behaviour: alloy/internal/component/prometheus/exporter/mysql/mysql.go.

import { list } from '../../schema/composites.ts'
import { bool, int, secret, string } from '../../schema/scalars.ts'
import { defaultedBlock, type Hooks, optional, schema } from '../../schema/schema.ts'
import { mySqlDsnProblem } from './mysql_dsn.ts'

const heartbeat = schema(
  {
    database: optional(string, 'heartbeat', 'Database that holds the table.'),
    table: optional(string, 'heartbeat', 'Table that pt-heartbeat writes to.'),
    utc: optional(bool, false, 'Whether its times are in UTC.'),
  },
  { defaultsFrom: 'parent' },
)

const infoSchemaProcessList = schema(
  {
    min_time: optional(int, 0, 'Seconds from which a thread is counted.'),
    processes_by_user: optional(bool, true, 'Whether threads are counted by user.'),
    processes_by_host: optional(bool, true, 'Whether threads are counted by host.'),
  },
  { defaultsFrom: 'parent' },
)

const infoSchemaTables = schema(
  {
    databases: optional(string, '*', 'Databases to collect from, separated by commas; *: all.'),
  },
  { defaultsFrom: 'parent' },
)

const mySqlUser = schema({
  privileges: optional(bool, false, 'Whether privileges of users are exported.'),
})

const perfSchemaEventsStatements = schema(
  {
    limit: optional(int, 250, 'Statements to export, by their time.'),
    time_limit: optional(
      int,
      86_400,
      'Seconds since a statement was seen last, up to which it is exported.',
    ),
    text_limit: optional(int, 120, 'Characters of a statement that are exported.'),
    exclude_schemas: optional(list(string), [], 'Schemas whose statements are left out.'),
  },
  { defaultsFrom: 'parent' },
)

const perfSchemaFileInstances = schema(
  {
    filter: optional(string, '.*', 'Pattern of file names to include.'),
    remove_prefix: optional(string, '/var/lib/mysql', 'Prefix of paths to remove.'),
  },
  { defaultsFrom: 'parent' },
)

const perfSchemaMemoryEvents = schema(
  {
    remove_prefix: optional(string, 'memory/', 'Prefix of event names to remove.'),
  },
  { defaultsFrom: 'parent' },
)

export const mySqlExporterFields = {
  data_source_name: optional(
    secret,
    undefined,
    'Server to collect from, as user:password@tcp(host:port)/.',
  ),
  enable_collectors: optional(list(string), [], 'Collectors to run besides the default ones.'),
  disable_collectors: optional(list(string), [], 'Default collectors not to run.'),
  set_collectors: optional(list(string), [], 'Collectors to run in place of the default ones.'),
  enable_lock_wait_timeout: optional(bool, true, 'Whether waits for metadata locks are bounded.'),
  lock_wait_timeout: optional(int, 2, 'Bound of those waits in seconds.'),
  log_slow_filter: optional(
    bool,
    false,
    'Whether the queries of the exporter stay out of the slow query log.',
  ),
  'info_schema.processlist': defaultedBlock(
    infoSchemaProcessList,
    'What the info_schema.processlist collector exports.',
  ),
  'info_schema.tables': defaultedBlock(
    infoSchemaTables,
    'What the info_schema.tables collector exports.',
  ),
  'perf_schema.eventsstatements': defaultedBlock(
    perfSchemaEventsStatements,
    'What the perf_schema.eventsstatements collector exports.',
  ),
  'perf_schema.file_instances': defaultedBlock(
    perfSchemaFileInstances,
    'What the perf_schema.file_instances collector exports.',
  ),
  'perf_schema.memory_events': defaultedBlock(
    perfSchemaMemoryEvents,
    'What the perf_schema.memory_events collector exports.',
  ),
  heartbeat: defaultedBlock(heartbeat, 'Where the heartbeat collector looks for its table.'),
  'mysql.user': defaultedBlock(mySqlUser, 'What the mysql.user collector exports.'),
}

/** For schemas that spread the fields. */
export const mySqlExporterHooks: Hooks<typeof mySqlExporterFields> = {
  check: ({ data_source_name }, fail) => {
    const problem = mySqlDsnProblem(data_source_name?.reveal() ?? '')
    if (problem !== undefined) fail(problem, 'data_source_name')
  },
}
