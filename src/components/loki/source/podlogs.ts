// loki.source.podlogs: reads the logs of pods that PodLogs resources of Kubernetes choose.

import { logsReceiver } from '../../../model/capsules.ts'
import { list } from '../../../schema/composites.ts'
import { declare } from '../../../schema/declaration.ts'
import { bool, string } from '../../../schema/scalars.ts'
import { defaultedBlock, optional, required, schema } from '../../../schema/schema.ts'
import { clustering } from '../../common/clustering.ts'
import { kubernetesClient } from '../../common/kubernetes.ts'
import { labelSelector } from '../../common/label_selector.ts'

const nodeFilter = schema({
  enabled: optional(bool, false, 'Whether only pods of one node are read.'),
  node_name: optional(string, '', 'That node; empty: from the environment variable NODE_NAME.'),
})

const componentArguments = schema({
  forward_to: required(list(logsReceiver), 'Receivers of the log entries.'),
  client: defaultedBlock(kubernetesClient, 'Kubernetes API to ask.'),
  selector: defaultedBlock(labelSelector, 'PodLogs resources to follow, by their labels.'),
  namespace_selector: defaultedBlock(labelSelector, 'Namespaces to look in, by their labels.'),
  tail_from_end: optional(
    bool,
    false,
    'Whether pods without a known position are read from their end.',
  ),
  node_filter: defaultedBlock(nodeFilter, 'Keeps to the pods of one node.'),
  preserve_discovered_labels: optional(
    bool,
    false,
    'Whether labels that begin with `__` stay for later components.',
  ),
  clustering: defaultedBlock(clustering, 'How targets are shared in a cluster.'),
})

export const declaration = declare({
  name: 'loki.source.podlogs',
  stability: 'generally-available',
  summary: 'Reads the logs of pods that PodLogs resources of Kubernetes choose.',
  accepts: ['loki logs'],
  emits: [],
  requires: 'Permission to read pods and their logs in Kubernetes.',
  arguments: componentArguments,
  exports: {},
  metrics: {},
})
