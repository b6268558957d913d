// Settings of the PostgreSQL exporter, alone or embedded in another component.
// Source of the behaviour: alloy/internal/component/prometheus/exporter/postgres/postgres.go.

import { parseUrl } from '../../go/url.ts'
import { list } from '../../schema/composites.ts'
import { bool, secret, string, uint } from '../../schema/scalars.ts'
import { block, defaultedBlock, type Hooks, optional, schema } from '../../schema/schema.ts'

const autoDiscovery = schema({
  enabled: optional(bool, false, 'Whether databases are found by asking the servers.'),
  database_allowlist: optional(
    list(string),
    [],
    'Databases to collect from; empty: all that are found.',
  ),
  database_denylist: optional(list(string), [], 'Databases to leave out.'),
})

const statStatementFlags = schema({
  include_query: optional(bool, false, 'Whether the text of statements is exported.'),
  query_length: optional(uint, 0, 'Characters of a statement that are exported; 0: 120.'),
  limit: optional(uint, 0, 'Statements to export; 0: 100.'),
  exclude_databases: optional(list(string), [], 'Databases whose statements are left out.'),
  exclude_users: optional(list(string), [], 'Users whose statements are left out.'),
})

export const postgresExporterFields = {
  data_source_names: optional(
    list(secret),
    [],
    'Servers and databases to collect from, as postgresql:// URLs.',
  ),
  disable_settings_metrics: optional(bool, false, 'Whether settings of the server are left out.'),
  disable_default_metrics: optional(bool, false, 'Whether only custom queries are run.'),
  custom_queries_config_path: optional(string, '', 'YAML file with queries of your own.'),
  enabled_collectors: optional(
    list(string),
    [],
    'Further collectors to run; empty: the default ones alone.',
  ),
  autodiscovery: defaultedBlock(
    autoDiscovery,
    'Whether databases of the servers are found, and which.',
  ),
  stat_statements: block(statStatementFlags, 'What the statements collector exports.'),
}

/** For schemas that spread the fields. */
export const postgresExporterHooks: Hooks<typeof postgresExporterFields> = {
  check: (args, fail) => {
    if (!args.disable_default_metrics) return
    if (args.custom_queries_config_path === '') {
      const message = 'custom_queries_config_path must be set when disable_default_metrics is true'
      return fail(message, 'disable_default_metrics')
    }
    if (args.enabled_collectors.length === 0) return
    fail(
      'enabled_collectors cannot be set when disable_default_metrics is true',
      'enabled_collectors',
    )
  },
}

/** What is wrong with a connection URL, without showing anything of it but its scheme. */
export function postgresUrlProblem(url: string): string | undefined {
  try {
    const { scheme } = parseUrl(url)
    const isKnown = scheme === 'postgres' || scheme === 'postgresql'
    return isKnown ? undefined : `invalid connection protocol: ${scheme}`
  } catch {
    // The reason quotes the URL, which may hold a password.
    return 'data_source_name is not a valid URL'
  }
}
