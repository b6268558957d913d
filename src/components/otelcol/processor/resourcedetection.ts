// otelcol.processor.resourcedetection: adds attributes of the host, the cloud or the cluster to the
// resource.

import { otelConsumer } from '../../../model/capsules.ts'
import { list } from '../../../schema/composites.ts'
import { declare, exported } from '../../../schema/declaration.ts'
import { bool, string } from '../../../schema/scalars.ts'
import { defaultedBlock, optional, requiredBlock, schema } from '../../../schema/schema.ts'
import { duration } from '../../../schema/texts.ts'
import { consumer } from '../../common/otelcol/consumer.ts'
import { debugMetrics } from '../../common/otelcol/debug_metrics.ts'
import { ec2, ecs, eks, elasticbeanstalk, lambda } from './resourcedetection_aws.ts'
import {
  akamai,
  alibabaEcs,
  digitalocean,
  heroku,
  hetzner,
  nova,
  oraclecloud,
  scaleway,
  tencentCvm,
  upcloud,
  vultr,
} from './resourcedetection_clouds.ts'
import { consul, kubeadm, kubernetesNode, openshift } from './resourcedetection_cluster.ts'
import { gcp } from './resourcedetection_google.ts'
import { docker, dynatrace, system } from './resourcedetection_host.ts'
import { aks, azure } from './resourcedetection_microsoft.ts'

const names = [
  'env',
  'ec2',
  'ecs',
  'eks',
  'elasticbeanstalk',
  'lambda',
  'akamai',
  'azure',
  'aks',
  'consul',
  'digitalocean',
  'docker',
  'gcp',
  'heroku',
  'hetzner',
  'system',
  'openshift',
  'kubernetes_node',
  'kubeadm',
  'dynatrace',
  'nova',
  'oraclecloud',
  'scaleway',
  'upcloud',
  'vultr',
  'tencent_cvm',
  'alibaba_ecs',
]

const componentArguments = schema(
  {
    detectors: optional(
      list(string),
      ['env'],
      'Detectors to ask, in this order; an attribute that several find is that of the first.',
    ),
    override: optional(bool, true, 'Whether attributes that the data has already are replaced.'),
    fail_on_missing_metadata: optional(
      bool,
      false,
      'Whether the start fails if a detector cannot reach its metadata.',
    ),
    ec2: defaultedBlock(ec2, 'Instances of Amazon EC2.'),
    ecs: defaultedBlock(ecs, 'Tasks of Amazon ECS.'),
    eks: defaultedBlock(eks, 'Clusters of Amazon EKS.'),
    elasticbeanstalk: defaultedBlock(elasticbeanstalk, 'AWS Elastic Beanstalk.'),
    lambda: defaultedBlock(lambda, 'AWS Lambda.'),
    akamai: defaultedBlock(akamai, 'Instances of Akamai.'),
    azure: defaultedBlock(azure, 'Virtual machines of Azure.'),
    aks: defaultedBlock(aks, 'Clusters of Azure AKS.'),
    consul: defaultedBlock(consul, 'Nodes of Consul.'),
    docker: defaultedBlock(docker, 'Hosts of Docker, by its socket.'),
    digitalocean: defaultedBlock(digitalocean, 'Droplets of DigitalOcean.'),
    gcp: defaultedBlock(
      gcp,
      'Google Cloud: Compute Engine, GKE, Cloud Run, Cloud Functions and App Engine.',
    ),
    heroku: defaultedBlock(heroku, 'Dynos of Heroku.'),
    hetzner: defaultedBlock(hetzner, 'Servers of Hetzner.'),
    system: defaultedBlock(system, 'The host itself.'),
    openshift: defaultedBlock(openshift, 'Clusters of OpenShift.'),
    kubernetes_node: defaultedBlock(kubernetesNode, 'The Kubernetes node, by the API server.'),
    kubeadm: defaultedBlock(kubeadm, 'Clusters made by kubeadm.'),
    dynatrace: defaultedBlock(dynatrace, 'Hosts with a OneAgent of Dynatrace.'),
    nova: defaultedBlock(nova, 'Servers of OpenStack Nova.'),
    oraclecloud: defaultedBlock(oraclecloud, 'Instances of Oracle Cloud.'),
    scaleway: defaultedBlock(scaleway, 'Instances of Scaleway.'),
    upcloud: defaultedBlock(upcloud, 'Servers of UpCloud.'),
    vultr: defaultedBlock(vultr, 'Instances of Vultr.'),
    tencent_cvm: defaultedBlock(tencentCvm, 'Instances of Tencent Cloud.'),
    alibaba_ecs: defaultedBlock(alibabaEcs, 'Instances of Alibaba Cloud.'),
    timeout: optional(duration, '5s', 'Time that detection may take.'),
    output: requiredBlock(consumer, 'Where the data goes to.'),
    debug_metrics: defaultedBlock(debugMetrics, 'Metrics about the component itself.'),
  },
  {
    check: ({ detectors }, fail) => {
      if (detectors.length === 0) {
        return fail('at least one detector must be specified', 'detectors')
      }
      const unknown = detectors.find((name) => !names.includes(name))
      if (unknown !== undefined) fail(`invalid detector: ${unknown}`, 'detectors')
    },
  },
)

export const declaration = declare({
  name: 'otelcol.processor.resourcedetection',
  stability: 'generally-available',
  summary: 'Adds attributes of the host, the cloud or the cluster to the resource.',
  accepts: ['otel metrics', 'otel logs', 'otel traces'],
  emits: ['otel metrics', 'otel logs', 'otel traces'],
  wraps: 'OpenTelemetry Collector',
  delivery: 'Holds nothing: the answer of the next component is the answer to the sender.',
  arguments: componentArguments,
  exports: { input: exported(otelConsumer, 'Takes the data to add attributes to.') },
  metrics: {},
})
