// prometheus.exporter.mongodb: collects metrics from a MongoDB server.

import { target } from '../../../model/targets.ts'
import { list } from '../../../schema/composites.ts'
import { declare, exported } from '../../../schema/declaration.ts'
import { bool, secret } from '../../../schema/scalars.ts'
import { optional, required, schema } from '../../../schema/schema.ts'
import { duration } from '../../../schema/texts.ts'

const componentArguments = schema({
  mongodb_uri: required(secret, 'Server to collect from, as a mongodb:// URL.'),
  compatible_mode: optional(
    bool,
    true,
    'Whether metrics are also exported under the names of old versions.',
  ),
  collect_all: optional(bool, true, 'Whether all collectors run, whatever the settings below say.'),
  direct_connect: optional(
    bool,
    false,
    'Whether only the named host is used, not its whole replica set.',
  ),
  discovering_mode: optional(
    bool,
    false,
    'Whether databases and collections are found by themselves.',
  ),
  currentop_slow_time: optional(
    duration,
    '1m',
    'Age from which a running operation counts as slow.',
  ),
  enable_db_stats: optional(bool, false, 'Whether statistics of databases are exported.'),
  enable_db_stats_free_storage: optional(bool, false, 'Whether those tell the free storage too.'),
  enable_diagnostic_data: optional(
    bool,
    false,
    'Whether diagnostic data of the server is exported.',
  ),
  enable_replicaset_status: optional(
    bool,
    false,
    'Whether the state of the replica set is exported.',
  ),
  enable_replicaset_config: optional(
    bool,
    false,
    'Whether the configuration of the replica set is exported.',
  ),
  enable_currentop_metrics: optional(bool, false, 'Whether operations in progress are exported.'),
  enable_top_metrics: optional(
    bool,
    false,
    'Whether times by collection, as in mongotop, are exported.',
  ),
  enable_index_stats: optional(bool, false, 'Whether statistics of indices are exported.'),
  enable_coll_stats: optional(bool, false, 'Whether statistics of collections are exported.'),
  enable_profile: optional(bool, false, 'Whether profiles of slow operations are exported.'),
  enable_shards: optional(bool, false, 'Whether the distribution of shards is exported.'),
  enable_fcv: optional(bool, false, 'Whether the feature compatibility version is exported.'),
  enable_pbm_metrics: optional(
    bool,
    false,
    'Whether backups by Percona Backup for MongoDB are exported.',
  ),
})

export const declaration = declare({
  name: 'prometheus.exporter.mongodb',
  stability: 'generally-available',
  summary: 'Collects metrics from a MongoDB server.',
  accepts: [],
  emits: ['targets'],
  wraps: 'mongodb_exporter',
  arguments: componentArguments,
  exports: { targets: exported(list(target), 'The exporter, as a target to scrape.') },
  metrics: {},
})
