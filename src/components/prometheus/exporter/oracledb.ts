// prometheus.exporter.oracledb: collects metrics from Oracle databases.

import { target } from '../../../model/targets.ts'
import { list, map } from '../../../schema/composites.ts'
import { declare, exported } from '../../../schema/declaration.ts'
import { int, secret, string } from '../../../schema/scalars.ts'
import { blocks, optional, required, schema } from '../../../schema/schema.ts'

const database = schema({
  name: required(string, 'Name of the database, which its metrics have as label `database`.'),
  connection_string: required(
    secret,
    'Database to collect from, as an oracle:// URL or host:port/service.',
  ),
  username: optional(string, '', 'User to log in as, where the connection does not say.'),
  password: optional(secret, undefined, 'Password of the user.'),
  labels: optional(map(string), {}, 'Labels to add to the metrics of the database.'),
})

const componentArguments = schema(
  {
    connection_string: optional(
      secret,
      undefined,
      'Database to collect from; not together with database blocks.',
    ),
    max_idle_conns: optional(int, 0, 'Connections kept open while idle; 0: none.'),
    max_open_conns: optional(int, 10, 'Connections open at the same time; 0: no bound.'),
    query_timeout: optional(int, 5, 'Time that a query may take, in seconds.'),
    default_metrics: optional(string, '', 'TOML file with metrics in place of the built-in ones.'),
    custom_metrics: optional(list(string), [], 'Files with metrics of your own.'),
    username: optional(string, '', 'User to log in as, where the connection does not say.'),
    password: optional(secret, undefined, 'Password of the user.'),
    database: blocks(database, 'One of several databases to collect from.'),
  },
  {
    check: ({ connection_string, username, password, database }, fail) => {
      if (connection_string === undefined) {
        if (database.length === 0) fail('no connection string was provided')
        return
      }
      if (database.length > 0) {
        return fail(
          'cannot set connection_string together with database blocks; use one or the other',
          'connection_string',
        )
      }
      const hasLogin = username !== '' && password !== undefined
      if (!hasLogin || !connection_string.reveal().includes('://')) return
      fail(
        'connection string should not contain a scheme if the username and password are provided',
        'connection_string',
      )
    },
  },
)

export const declaration = declare({
  name: 'prometheus.exporter.oracledb',
  stability: 'generally-available',
  summary: 'Collects metrics from Oracle databases.',
  accepts: [],
  emits: ['targets'],
  wraps: 'oracledb_exporter',
  arguments: componentArguments,
  exports: { targets: exported(list(target), 'The exporter, as a target to scrape.') },
  metrics: {},
})
