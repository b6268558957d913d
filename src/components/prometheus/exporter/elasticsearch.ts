// prometheus.exporter.elasticsearch: collects metrics from an Elasticsearch cluster.

import { target } from '../../../model/targets.ts'
import { list } from '../../../schema/composites.ts'
import { declare, exported } from '../../../schema/declaration.ts'
import { bool, string } from '../../../schema/scalars.ts'
import { block, optional, schema } from '../../../schema/schema.ts'
import { duration } from '../../../schema/texts.ts'
import { basicAuth } from '../../common/http_client.ts'

const componentArguments = schema({
  address: optional(string, 'http://localhost:9200', 'URL of a node.'),
  timeout: optional(duration, '5s', 'Time that each request may take.'),
  all: optional(
    bool,
    false,
    'Whether all nodes are asked for, rather than the one that `node` names.',
  ),
  node: optional(
    string,
    '_local',
    'Name of the node to collect from; _local: the one that is asked.',
  ),
  indices: optional(bool, false, 'Whether indices get metrics.'),
  indices_settings: optional(bool, false, 'Whether settings of indices are exported.'),
  cluster_settings: optional(bool, false, 'Whether settings of the cluster are exported.'),
  shards: optional(bool, false, 'Whether shards get metrics.'),
  aliases: optional(bool, true, 'Whether aliases of indices are exported.'),
  snapshots: optional(bool, false, 'Whether snapshots get metrics.'),
  clusterinfo_interval: optional(
    duration,
    '5m',
    "Time from one look at the cluster's name and version to the next.",
  ),
  ca: optional(string, '', 'File with the certificates of the authorities to trust.'),
  client_private_key: optional(string, '', 'File with the private key of this client.'),
  client_cert: optional(string, '', 'File with the certificate of this client.'),
  ssl_skip_verify: optional(bool, false, 'Whether any certificate of the server is accepted.'),
  data_stream: optional(bool, false, 'Whether data streams get metrics.'),
  slm: optional(bool, false, 'Whether snapshot lifecycle policies get metrics.'),
  basic_auth: block(basicAuth, 'User name and password for the server.'),
})

export const declaration = declare({
  name: 'prometheus.exporter.elasticsearch',
  stability: 'generally-available',
  summary: 'Collects metrics from an Elasticsearch cluster.',
  accepts: [],
  emits: ['targets'],
  wraps: 'elasticsearch_exporter',
  arguments: componentArguments,
  exports: { targets: exported(list(target), 'The exporter, as a target to scrape.') },
  metrics: {},
})
