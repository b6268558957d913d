// prometheus.exporter.snowflake: collects usage and cost metrics of a Snowflake account.

import { target } from '../../../model/targets.ts'
import { list } from '../../../schema/composites.ts'
import { declare, exported } from '../../../schema/declaration.ts'
import { bool, secret, string } from '../../../schema/scalars.ts'
import { optional, required, schema } from '../../../schema/schema.ts'

const componentArguments = schema({
  account_name: required(string, 'Account to collect from, as `organization-account`.'),
  username: required(string, 'User to log in as.'),
  password: optional(secret, undefined, 'Password of the user; this or a private key is needed.'),
  private_key_path: optional(string, '', 'File with the RSA private key of the user.'),
  private_key_password: optional(secret, undefined, 'Password of an encrypted private key.'),
  role: optional(
    string,
    'ACCOUNTADMIN',
    'Role to use; it must be able to read the account usage views.',
  ),
  warehouse: required(string, 'Warehouse that runs the queries.'),
  exclude_deleted_tables: optional(
    bool,
    false,
    'Whether tables that were dropped are left out of the storage metrics.',
  ),
  enable_tracing: optional(bool, false, 'Whether the database driver logs what it does.'),
})

export const declaration = declare({
  name: 'prometheus.exporter.snowflake',
  stability: 'generally-available',
  summary: 'Collects usage and cost metrics of a Snowflake account.',
  accepts: [],
  emits: ['targets'],
  wraps: 'snowflake-prometheus-exporter',
  arguments: componentArguments,
  exports: { targets: exported(list(target), 'The exporter, as a target to scrape.') },
  metrics: {},
})
