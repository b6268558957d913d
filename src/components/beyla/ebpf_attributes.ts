// The `attributes` block of beyla.ebpf.

import { list, map, nullable } from '../../schema/composites.ts'
import { bool, int, string } from '../../schema/scalars.ts'
import {
  blocks,
  defaultedBlock,
  optional,
  required,
  requiredBlock,
  schema,
} from '../../schema/schema.ts'
import { duration } from '../../schema/texts.ts'

const kubernetes = schema({
  enable: required(string, 'Whether Kubernetes is asked: true, false or autodetect.'),
  cluster_name: optional(string, '', 'Name of the cluster; empty: as it can be found out.'),
  informers_sync_timeout: optional(duration, '0s', 'Time to wait for the first list.', {
    computed: '30s',
  }),
  informers_resync_period: optional(duration, '0s', 'Time from one whole list to the next.', {
    computed: '30m',
  }),
  disable_informers: optional(list(string), [], 'Kinds not to watch: node, service.'),
  meta_restrict_local_node: optional(bool, false, 'Whether only Pods of this node are watched.'),
  meta_cache_address: optional(string, '', 'Address of a cache to ask in place of the API.'),
  reconnect_initial_interval: optional(duration, '0s', 'Time to the first new try to connect.'),
  drop_external: optional(bool, false, 'Whether flows to outside the cluster are dropped.'),
  kubeconfig_path: optional(string, '', 'Kubeconfig file; empty: the usual places.'),
  resource_labels: optional(
    map(list(string)),
    {},
    'Resource attributes, and the labels of Pods that give their values.',
  ),
  service_name_template: optional(string, '', 'Go template of the names of services.'),
})

const instanceId = schema({
  dns: optional(nullable(bool), undefined, 'Whether DNS may give the name of the host.', {
    computed: 'true',
  }),
  override_hostname: optional(string, '', 'Name of the host to report; empty: as it is found.'),
})

const select = schema({
  attr: required(string, 'Metric that this is for, or a pattern with `*`; `traces` for traces.'),
  include: optional(list(string), [], 'Attributes to report, or patterns with `*`.'),
  exclude: optional(list(string), [], 'Attributes to leave out, or patterns with `*`.'),
})

const hostId = schema({
  override: optional(string, '', 'Id of the host to report; empty: as it is found.'),
})

const metadataRetry = schema({
  timeout: optional(duration, '0s', 'Time after which it is given up.'),
  start_interval: optional(duration, '0s', 'Time to the first new try.'),
  max_interval: optional(duration, '0s', 'Longest time between tries.'),
})

export const attributes = schema({
  kubernetes: requiredBlock(kubernetes, 'Attributes from Kubernetes.'),
  instance_id: defaultedBlock(instanceId, 'How the id of an instance is made.'),
  select: blocks(select, 'Attributes that metrics and traces get.'),
  host_id: defaultedBlock(hostId, 'How the id of the host is made.'),
  metadata_retry: defaultedBlock(metadataRetry, 'How metadata of the cloud is asked for again.'),
  metric_span_names_limit: optional(
    int,
    0,
    'Most names of spans in the metrics of a service; more are one.',
  ),
  rename_unresolved_hosts: optional(string, '', 'Name of hosts whose address has none.'),
  rename_unresolved_hosts_incoming: optional(string, '', 'The same for clients alone.'),
  rename_unresolved_hosts_outgoing: optional(string, '', 'The same for servers alone.'),
})
