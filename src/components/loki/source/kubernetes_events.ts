// loki.source.kubernetes_events: turns the events of a Kubernetes cluster into log entries.

import { logsReceiver } from '../../../model/capsules.ts'
import { list } from '../../../schema/composites.ts'
import { declare } from '../../../schema/declaration.ts'
import { string } from '../../../schema/scalars.ts'
import { defaultedBlock, optional, required, schema } from '../../../schema/schema.ts'
import { clustering } from '../../common/clustering.ts'
import { kubernetesClient } from '../../common/kubernetes.ts'

const componentArguments = schema(
  {
    forward_to: required(list(logsReceiver), 'Receivers of the log entries.'),
    job_name: optional(string, 'loki.source.kubernetes_events', 'Label `job` of the entries.'),
    namespaces: optional(list(string), [], 'Namespaces to watch; empty: all.'),
    log_format: optional(string, 'logfmt', 'Format of the lines: logfmt or json.'),
    client: defaultedBlock(kubernetesClient, 'Kubernetes API to ask.'),
    clustering: defaultedBlock(clustering, 'How targets are shared in a cluster.'),
  },
  {
    check: ({ job_name }, fail) => {
      if (job_name === '') fail('job_name must not be an empty string', 'job_name')
    },
  },
)

export const declaration = declare({
  name: 'loki.source.kubernetes_events',
  stability: 'generally-available',
  summary: 'Turns the events of a Kubernetes cluster into log entries.',
  accepts: ['loki logs'],
  emits: [],
  requires: 'Permission to read events in Kubernetes.',
  arguments: componentArguments,
  exports: {},
  metrics: {},
})
