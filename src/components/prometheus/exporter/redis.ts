// prometheus.exporter.redis: collects metrics from a Redis or Valkey server.

import { target } from '../../../model/targets.ts'
import { list } from '../../../schema/composites.ts'
import { declare, exported } from '../../../schema/declaration.ts'
import { bool, int, secret, string } from '../../../schema/scalars.ts'
import { optional, required, schema } from '../../../schema/schema.ts'
import { duration } from '../../../schema/texts.ts'

const componentArguments = schema(
  {
    include_exporter_metrics: optional(
      bool,
      false,
      'Whether metrics about the exporter itself are added.',
    ),
    redis_addr: required(
      string,
      'Address of the server: host:port or a redis:// or rediss:// URL.',
    ),
    redis_user: optional(string, '', 'User name for servers that use access control lists.'),
    redis_password: optional(secret, undefined, 'Password of the server.'),
    redis_password_file: optional(string, '', 'File that holds the password.'),
    redis_password_map_file: optional(string, '', 'JSON file that holds passwords by address.'),
    namespace: optional(string, 'redis', 'Prefix of the metric names.'),
    config_command: optional(
      string,
      'CONFIG',
      'Name of the CONFIG command where it was renamed; `-`: not asked.',
    ),
    check_keys: optional(
      list(string),
      [],
      'Patterns of keys whose value and size are exported, found by SCAN.',
    ),
    check_key_groups: optional(
      list(string),
      [],
      'Lua patterns that sort keys into groups whose memory is counted.',
    ),
    check_key_groups_batch_size: optional(
      int,
      10_000,
      'Keys that each step of the count looks at.',
    ),
    max_distinct_key_groups: optional(
      int,
      100,
      'Groups that get series of their own; the rest is one group.',
    ),
    check_single_keys: optional(
      list(string),
      [],
      'Keys whose value and size are exported, taken literally.',
    ),
    check_streams: optional(
      list(string),
      [],
      'Patterns of streams whose groups and consumers are exported.',
    ),
    check_single_streams: optional(
      list(string),
      [],
      'Streams whose groups and consumers are exported, taken literally.',
    ),
    export_key_values: optional(
      bool,
      true,
      'Whether values of checked keys are exported, not their sizes alone.',
    ),
    count_keys: optional(list(string), [], 'Patterns of keys that are counted, found by SCAN.'),
    script_path: optional(string, '', 'Lua script whose result is exported.'),
    script_paths: optional(list(string), [], 'Lua scripts whose results are exported.'),
    connection_timeout: optional(
      duration,
      '15s',
      'Time that connecting and each command may take.',
    ),
    tls_client_key_file: optional(string, '', 'File with the private key of this client.'),
    tls_client_cert_file: optional(string, '', 'File with the certificate of this client.'),
    tls_ca_cert_file: optional(
      string,
      '',
      'File with the certificates of the authorities to trust.',
    ),
    set_client_name: optional(bool, true, 'Whether the connection is named redis_exporter.'),
    is_tile38: optional(
      bool,
      false,
      'Whether the server is Tile38, so that its metrics are added.',
    ),
    is_cluster: optional(bool, false, 'Whether the server is part of a cluster.'),
    export_client_list: optional(
      bool,
      false,
      'Whether every connected client gets a series of its own.',
    ),
    export_client_port: optional(
      bool,
      false,
      'Whether those series have the port of the client as a label.',
    ),
    redis_metrics_only: optional(bool, false, 'Whether metrics of the Go runtime are left out.'),
    ping_on_connect: optional(
      bool,
      false,
      'Whether the server is pinged first, for one more metric.',
    ),
    incl_system_metrics: optional(bool, false, 'Whether memory of the machine is exported.'),
    skip_tls_verification: optional(
      bool,
      false,
      'Whether any certificate of the server is accepted.',
    ),
  },
  {
    check: ({ script_path, script_paths }, fail) => {
      if (script_path === '' || script_paths.length === 0) return
      fail('only one of script_path and script_paths should be specified', 'script_paths')
    },
  },
)

export const declaration = declare({
  name: 'prometheus.exporter.redis',
  stability: 'generally-available',
  summary: 'Collects metrics from a Redis or Valkey server.',
  accepts: [],
  emits: ['targets'],
  wraps: 'redis_exporter',
  arguments: componentArguments,
  exports: { targets: exported(list(target), 'The exporter, as a target to scrape.') },
  metrics: {},
})
