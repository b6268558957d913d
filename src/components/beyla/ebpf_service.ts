// How blocks of beyla.ebpf choose processes, and how the traces of those are sampled.

import { quote } from '../../go/quote.ts'
import { list, map } from '../../schema/composites.ts'
import { bool, string } from '../../schema/scalars.ts'
import { defaultedBlock, optional, schema } from '../../schema/schema.ts'

const samplerNames = [
  'always_off',
  'always_on',
  'parentbased_always_off',
  'parentbased_always_on',
  'parentbased_traceidratio',
  'traceidratio',
]

export const sampler = schema(
  {
    arg: optional(string, '', 'Ratio of traces to keep, 0 to 1, for the samplers by ratio.'),
    name: optional(string, '', 'Sampler, such as traceidratio; empty: parentbased_always_on.'),
  },
  {
    check: ({ name }, fail) => {
      if (name === '' || samplerNames.includes(name)) return
      const valid = samplerNames.join(', ')
      fail(`invalid sampler name ${quote(name)}. Valid values are: ${valid}`, 'name')
    },
  },
)

const kubernetes = schema({
  namespace: optional(string, '', 'RE2 expression of the namespace; empty: any.'),
  pod_name: optional(string, '', 'RE2 expression of the name of the Pod; empty: any.'),
  deployment_name: optional(string, '', 'RE2 expression of the Deployment; empty: any.'),
  replicaset_name: optional(string, '', 'RE2 expression of the ReplicaSet; empty: any.'),
  statefulset_name: optional(string, '', 'RE2 expression of the StatefulSet; empty: any.'),
  daemonset_name: optional(string, '', 'RE2 expression of the DaemonSet; empty: any.'),
  owner_name: optional(string, '', 'RE2 expression of any owner of the Pod; empty: any.'),
  pod_labels: optional(map(string), {}, 'Labels of the Pod, and RE2 expressions of their values.'),
  pod_annotations: optional(map(string), {}, 'Annotations of the Pod, and RE2 expressions.'),
})

export const service = schema({
  name: optional(string, '', 'Name to give the service; empty: that of the program.'),
  namespace: optional(string, '', 'Namespace to give the service.'),
  open_ports: optional(string, '', 'Ports one of which is open, such as 80,8000-8999.'),
  exe_path: optional(string, '', 'Pattern of the path of the program; empty: any.'),
  cmd_args: optional(string, '', 'Pattern of the command line; empty: any.'),
  kubernetes: defaultedBlock(kubernetes, 'What the Pod of the process must be.'),
  containers_only: optional(bool, false, 'Whether only processes in containers match.'),
  exports: optional(list(string), [], 'What is exported: metrics, traces; empty: both.'),
  sampler: defaultedBlock(sampler, 'How the traces of these processes are sampled.'),
  languages: optional(string, '', 'Pattern of the programming language; empty: any.'),
})
