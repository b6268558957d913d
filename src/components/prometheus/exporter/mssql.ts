// prometheus.exporter.mssql: collects metrics from a Microsoft SQL Server.

import { target } from '../../../model/targets.ts'
import { list } from '../../../schema/composites.ts'
import { declare, exported } from '../../../schema/declaration.ts'
import { int, optionalSecret, secret, string } from '../../../schema/scalars.ts'
import { optional, required, schema } from '../../../schema/schema.ts'
import { duration } from '../../../schema/texts.ts'
import { yamlMappingProblem } from '../../common/yaml_text.ts'

const componentArguments = schema(
  {
    connection_string: required(secret, 'Server to collect from, as a sqlserver:// URL.'),
    connection_name: optional(
      string,
      '',
      'Name of the connection, a label of the metrics on its state; empty: no such metrics.',
    ),
    max_idle_connections: optional(int, 3, 'Connections kept open while idle.'),
    max_open_connections: optional(int, 3, 'Connections open at the same time.'),
    max_connection_lifetime: optional(
      duration,
      '0s',
      'Age at which a connection is replaced; 0: never.',
    ),
    timeout: optional(duration, '10s', 'Time that a scrape may take.'),
    query_config: optional(
      optionalSecret,
      '',
      'Queries of your own as YAML text, in place of the built-in ones.',
    ),
  },
  {
    check: (args, fail) => {
      for (const name of ['max_open_connections', 'max_idle_connections'] as const) {
        if (args[name] < 1) return fail(`${name} must be at least 1`, name)
      }
      if (args.timeout <= 0) return fail('timeout must be positive', 'timeout')
      const problem = yamlMappingProblem(args.query_config, 'config.plain')
      if (problem !== undefined) fail(`invalid query_config: ${problem}`, 'query_config')
    },
  },
)

export const declaration = declare({
  name: 'prometheus.exporter.mssql',
  stability: 'generally-available',
  summary: 'Collects metrics from a Microsoft SQL Server.',
  accepts: [],
  emits: ['targets'],
  wraps: 'sql_exporter',
  arguments: componentArguments,
  exports: { targets: exported(list(target), 'The exporter, as a target to scrape.') },
  metrics: {},
})
