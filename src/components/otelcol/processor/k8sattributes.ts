// otelcol.processor.k8sattributes: adds what Kubernetes knows of a pod to the resource.

import { otelConsumer } from '../../../model/capsules.ts'
import { list } from '../../../schema/composites.ts'
import { declare, exported } from '../../../schema/declaration.ts'
import { bool, string } from '../../../schema/scalars.ts'
import {
  type ArgumentsOf,
  blocks,
  defaultedBlock,
  optional,
  required,
  requiredBlock,
  schema,
} from '../../../schema/schema.ts'
import { duration, patternProblem } from '../../../schema/texts.ts'
import { consumer } from '../../common/otelcol/consumer.ts'
import { debugMetrics } from '../../common/otelcol/debug_metrics.ts'

const authTypes = ['', 'none', 'serviceAccount', 'kubeConfig', 'tls']

const owners = ['pod', 'namespace', 'deployment', 'statefulset', 'daemonset', 'job', 'node']

const operations = ['', 'equals', 'not-equals', 'exists', 'does-not-exist']

/** More sources than this make no key of a pod. */
const mostSources = 4

const knownMetadata = new Set([
  'container.id',
  'container.image.name',
  'container.image.repo_digests',
  'container.image.tag',
  'container.image.tags',
  'k8s.cluster.uid',
  'k8s.container.name',
  'k8s.cronjob.name',
  'k8s.cronjob.uid',
  'k8s.daemonset.name',
  'k8s.daemonset.uid',
  'k8s.deployment.name',
  'k8s.deployment.uid',
  'k8s.job.name',
  'k8s.job.uid',
  'k8s.namespace.name',
  'k8s.node.name',
  'k8s.node.uid',
  'k8s.pod.hostname',
  'k8s.pod.ip',
  'k8s.pod.name',
  'k8s.pod.start_time',
  'k8s.pod.uid',
  'k8s.replicaset.name',
  'k8s.replicaset.uid',
  'k8s.statefulset.name',
  'k8s.statefulset.uid',
  'service.instance.id',
  'service.name',
  'service.namespace',
  'service.version',
])

const fieldExtract = schema({
  tag_name: optional(
    string,
    '',
    'Attribute to set, with groups of key_regex as $1; empty: a name made of the key.',
  ),
  key: optional(string, '', 'Key to read.'),
  key_regex: optional(string, '', 'RE2 pattern of the keys to read, instead of one key.'),
  from: optional(
    string,
    '',
    'Object to read: pod (or empty), namespace, deployment, statefulset, daemonset, job or node.',
  ),
})

const extract = schema({
  metadata: optional(
    list(string),
    [],
    'Attributes to add; none: a usual choice of namespace, pod, node, deployment and image.',
  ),
  annotation: blocks(fieldExtract, 'Annotations to add as attributes.'),
  label: blocks(fieldExtract, 'Labels to add as attributes.'),
  otel_annotations: optional(
    bool,
    false,
    'Whether annotations resource.opentelemetry.io/KEY of the pod become attributes KEY.',
  ),
  deployment_name_from_replicaset: optional(
    bool,
    true,
    'Whether the deployment is named by its replica set, without watching replica sets.',
  ),
})

const fieldFilter = schema({
  key: required(string, 'Key to look at.'),
  value: required(string, 'Value to compare with; unused where only presence counts.'),
  op: optional(string, '', 'Comparison: equals (or empty), not-equals, exists or does-not-exist.'),
})

const filter = schema({
  node: optional(string, '', 'Watches only pods of this node.'),
  namespace: optional(string, '', 'Watches only pods of this namespace.'),
  field: blocks(fieldFilter, 'Watches only pods with such fields.'),
  label: blocks(fieldFilter, 'Watches only pods with such labels.'),
})

const source = schema({
  from: required(string, 'Where the value is: resource_attribute or connection.'),
  name: optional(string, '', 'Name of the resource attribute.'),
})

const podAssociation = schema({
  source: blocks(source, 'Values that must all be those of the pod.', { required: true }),
})

const pod = schema({
  name: required(string, 'RE2 pattern of names of pods.'),
})

const exclude = schema({
  pod: blocks(pod, 'Pods that are not looked at.', {
    initial: [{ name: 'jaeger-agent' }, { name: 'jaeger-collector' }],
  }),
})

const componentArguments = schema(
  {
    auth_type: optional(
      string,
      '',
      'How to log in at the API server: serviceAccount (or empty), kubeConfig, tls or none.',
    ),
    passthrough: optional(bool, false, 'Whether to add only the address of the pod, k8s.pod.ip.'),
    extract: defaultedBlock(extract, 'What is added.'),
    filter: defaultedBlock(filter, 'Pods to watch; without filters all.'),
    pod_association: blocks(
      podAssociation,
      'How the pod of a resource is found; the first that finds one counts.',
    ),
    exclude: defaultedBlock(exclude, 'Pods that are left alone.'),
    wait_for_metadata: optional(bool, false, 'Whether the start waits until the pods are known.'),
    wait_for_metadata_timeout: optional(duration, '10s', 'How long to wait for them.'),
    watch_sync_period: optional(
      duration,
      '5m0s',
      'Time from one full listing of pods to the next.',
    ),
    pod_delete_grace_period: optional(duration, '2m0s', 'How long deleted pods are still known.'),
    output: requiredBlock(consumer, 'Where the data goes to.'),
    debug_metrics: defaultedBlock(debugMetrics, 'Metrics about the component itself.'),
  },
  {
    check: (args, fail) => {
      if (!authTypes.includes(args.auth_type)) {
        return fail(`invalid authType for kubernetes: ${args.auth_type}`, 'auth_type')
      }
      if (args.pod_delete_grace_period < 0) {
        return fail(
          'pod_delete_grace_period must be greater than or equal to 0',
          'pod_delete_grace_period',
        )
      }
      if (args.pod_association.some(({ source }) => source.length > mostSources)) {
        return fail(`too many association sources. limit is ${mostSources}`, 'pod_association')
      }
      const extractProblem = problemOfExtract(args.extract)
      if (extractProblem !== undefined) return fail(extractProblem, 'extract')
      const filterProblem = problemOfFilter(args.filter)
      if (filterProblem !== undefined) fail(filterProblem, 'filter')
    },
  },
)

function problemOfExtract({
  metadata,
  label,
  annotation,
}: ArgumentsOf<typeof extract>): string | undefined {
  for (const { key, key_regex, from } of [...label, ...annotation]) {
    if (key !== '' && key_regex !== '') {
      return (
        'Out of Key or KeyRegex only one option is expected to be configured at a time, ' +
        `currently Key:${key} and KeyRegex:${key_regex}`
      )
    }
    if (from !== '' && !owners.includes(from)) {
      return `${from} is not a valid choice for From. Must be one of: ${owners.join(', ')}`
    }
    const problem = key_regex === '' ? undefined : patternProblem(`^(?:${key_regex})$`)
    if (problem !== undefined) return problem
  }
  const unknown = metadata.find((name) => !knownMetadata.has(name))
  return unknown === undefined ? undefined : `"${unknown}" is not a supported metadata field`
}

function problemOfFilter({ label, field }: ArgumentsOf<typeof filter>): string | undefined {
  const bad = [...label, ...field].find(({ op }) => !operations.includes(op))
  if (bad === undefined) return undefined
  const { op, key, value } = bad
  return `'${op}' is not a valid label filter operation for key=${key}, value=${value}`
}

export const declaration = declare({
  name: 'otelcol.processor.k8sattributes',
  stability: 'generally-available',
  summary: 'Adds what Kubernetes knows of a pod to the resource of its data.',
  accepts: ['otel metrics', 'otel logs', 'otel traces'],
  emits: ['otel metrics', 'otel logs', 'otel traces'],
  wraps: 'OpenTelemetry Collector',
  requires: 'Permission to get, list and watch pods, namespaces, nodes and replica sets.',
  delivery: 'Holds nothing: the answer of the next component is the answer to the sender.',
  arguments: componentArguments,
  exports: { input: exported(otelConsumer, 'Takes the data to add attributes to.') },
  metrics: {},
})
