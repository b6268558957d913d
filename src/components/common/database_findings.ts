// What the components of database_observability share: where findings go, and what they look into.
// Source of the behaviour: alloy/internal/component/database_observability.

import { logsReceiver } from '../../model/capsules.ts'
import { target } from '../../model/targets.ts'
import { list, nullable } from '../../schema/composites.ts'
import { bool, int, string } from '../../schema/scalars.ts'
import { optional, required, schema } from '../../schema/schema.ts'
import { duration } from '../../schema/texts.ts'

export const findingsFields = {
  forward_to: required(list(logsReceiver), 'Receivers of what is found, as log entries.'),
  targets: optional(
    list(target),
    [],
    'Targets of an exporter of the same database, which get its labels.',
  ),
  enable_collectors: optional(list(string), [], 'Collectors to run besides the default ones.'),
  disable_collectors: optional(list(string), [], 'Default collectors not to run.'),
}

/** Databases that the clouds keep for themselves. */
export const cloudDatabases = [
  'alloydbadmin',
  'alloydbmetadata',
  'azure_maintenance',
  'azure_sys',
  'cloudsqladmin',
  'rdsadmin',
] as const

/** The default is the number of statements. */
export function queryDetailsOf(statements: number) {
  return schema(
    {
      collect_interval: optional(
        duration,
        '1m',
        'Time from one look at the statements to the next.',
      ),
      statements_limit: optional(int, statements, 'Statements to tell about.'),
    },
    { defaultsFrom: 'parent' },
  )
}

export const schemaDetails = schema(
  {
    collect_interval: optional(duration, '1m', 'Time from one look at the schemas to the next.'),
    cache_enabled: optional(
      nullable(bool),
      undefined,
      'Whether definitions of tables are kept in memory; null: they are.',
    ),
    cache_size: optional(nullable(int), undefined, 'Tables to keep; null: 256.'),
    cache_ttl: optional(
      nullable(duration),
      undefined,
      'Time that a table is kept; null: ten minutes.',
    ),
  },
  { defaultsFrom: 'parent' },
)
