// loki.source.kubernetes: reads the logs of pods from the Kubernetes API.

import { logsReceiver } from '../../../model/capsules.ts'
import { target } from '../../../model/targets.ts'
import { list } from '../../../schema/composites.ts'
import { declare } from '../../../schema/declaration.ts'
import { defaultedBlock, required, schema } from '../../../schema/schema.ts'
import { clustering } from '../../common/clustering.ts'
import { kubernetesClient } from '../../common/kubernetes.ts'

const componentArguments = schema({
  targets: required(list(target), 'Pods to read, as discovery.kubernetes gives them.'),
  forward_to: required(list(logsReceiver), 'Receivers of the log entries.'),
  client: defaultedBlock(kubernetesClient, 'Kubernetes API to ask.'),
  clustering: defaultedBlock(clustering, 'How targets are shared in a cluster.'),
})

export const declaration = declare({
  name: 'loki.source.kubernetes',
  stability: 'generally-available',
  summary: 'Reads the logs of pods from the Kubernetes API.',
  accepts: ['targets', 'loki logs'],
  emits: [],
  requires: 'Permission to read pods and their logs in Kubernetes.',
  arguments: componentArguments,
  exports: {},
  metrics: {},
})
