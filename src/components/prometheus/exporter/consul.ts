// prometheus.exporter.consul: collects metrics from a Consul server.

import { target } from '../../../model/targets.ts'
import { list } from '../../../schema/composites.ts'
import { declare, exported } from '../../../schema/declaration.ts'
import { bool, int, string } from '../../../schema/scalars.ts'
import { optional, schema } from '../../../schema/schema.ts'
import { duration } from '../../../schema/texts.ts'

const componentArguments = schema({
  server: optional(string, 'http://localhost:8500', 'URL of the server or agent.'),
  ca_file: optional(string, '', 'File with the certificates of the authorities to trust.'),
  cert_file: optional(string, '', 'File with the certificate of this client.'),
  key_file: optional(string, '', 'File with the private key of this client.'),
  server_name: optional(string, '', 'Name to expect in the certificate of the server.'),
  timeout: optional(duration, '500ms', 'Time that each request may take.'),
  insecure_skip_verify: optional(bool, false, 'Whether any certificate of the server is accepted.'),
  concurrent_request_limit: optional(int, 0, 'Requests made at the same time; 0: no bound.'),
  allow_stale: optional(bool, true, 'Whether any server may answer, even with old data.'),
  require_consistent: optional(
    bool,
    false,
    'Whether the leader must confirm that its data is current.',
  ),
  kv_prefix: optional(string, '', 'Prefix of the keys whose values are exported; empty: none.'),
  kv_filter: optional(string, '.*', 'Pattern of the keys whose values are exported.'),
  generate_health_summary: optional(
    bool,
    true,
    'Whether the health of every service instance is exported, at the cost of more requests.',
  ),
})

export const declaration = declare({
  name: 'prometheus.exporter.consul',
  stability: 'generally-available',
  summary: 'Collects metrics from a Consul server.',
  accepts: [],
  emits: ['targets'],
  wraps: 'consul_exporter',
  arguments: componentArguments,
  exports: { targets: exported(list(target), 'The exporter, as a target to scrape.') },
  metrics: {},
})
