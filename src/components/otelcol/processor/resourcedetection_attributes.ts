// The resource attributes that detectors of otelcol.processor.resourcedetection set, each of which
// has a block to turn it on or off.

import { bool } from '../../../schema/scalars.ts'
import { type Block, defaultedBlock, required, schema } from '../../../schema/schema.ts'

const meanings = {
  'aws.ecs.cluster.arn': 'ARN of the ECS cluster.',
  'aws.ecs.launchtype': 'Launch type of the ECS task: ec2 or fargate.',
  'aws.ecs.task.arn': 'ARN of the ECS task.',
  'aws.ecs.task.family': 'Family of the definition of the ECS task.',
  'aws.ecs.task.id': 'Id of the ECS task.',
  'aws.ecs.task.revision': 'Revision of the definition of the ECS task.',
  'aws.log.group.arns': 'ARNs of the log groups of the task.',
  'aws.log.group.names': 'Names of the log groups it writes to.',
  'aws.log.stream.arns': 'ARNs of the log streams of the task.',
  'aws.log.stream.names': 'Names of the log streams it writes to.',
  'azure.resourcegroup.name': 'Resource group of the virtual machine.',
  'azure.vm.name': 'Name of the virtual machine.',
  'azure.vm.scaleset.name': 'Scale set of the virtual machine.',
  'azure.vm.size': 'Size of the virtual machine.',
  'cloud.account.id': 'Id of the account at the cloud provider.',
  'cloud.availability_zone': 'Zone within the region.',
  'cloud.platform': 'Service of the provider that runs it.',
  'cloud.provider': 'Name of the cloud provider.',
  'cloud.region': 'Region of the provider.',
  'deployment.environment': 'Name of the environment.',
  'faas.id': 'Id of the function or service.',
  'faas.instance': 'Id of the running instance of the function.',
  'faas.max_memory': 'Memory that the function may use.',
  'faas.name': 'Name of the function or service.',
  'faas.version': 'Version of the function or service.',
  'gcp.cloud_run.job.execution': 'Execution of the Cloud Run job.',
  'gcp.cloud_run.job.task_index': 'Index of the task in the Cloud Run job.',
  'gcp.gce.instance.group_manager.name': 'Manager of the instance group.',
  'gcp.gce.instance.group_manager.region': 'Region of the manager of the instance group.',
  'gcp.gce.instance.group_manager.zone': 'Zone of the manager of the instance group.',
  'gcp.gce.instance.hostname': 'Full host name of the instance.',
  'gcp.gce.instance.name': 'Name of the instance.',
  'heroku.app.id': 'Id of the application.',
  'heroku.dyno.id': 'Id of the dyno.',
  'heroku.release.commit': 'Commit of the release.',
  'heroku.release.creation_timestamp': 'When the release was made.',
  'host.arch': 'Architecture of the processor.',
  'host.cpu.cache.l2.size': 'Size of the second level cache, in bytes.',
  'host.cpu.family': 'Family of the processor.',
  'host.cpu.model.id': 'Model of the processor, as a number.',
  'host.cpu.model.name': 'Model of the processor, in words.',
  'host.cpu.stepping': 'Stepping of the processor.',
  'host.cpu.vendor.id': 'Maker of the processor.',
  'host.id': 'Id of the host or instance.',
  'host.image.id': 'Id of the image that the instance was started from.',
  'host.image.name': 'Name of that image.',
  'host.interface': 'Names of the network interfaces.',
  'host.ip': 'Addresses of the host, without loopback.',
  'host.mac': 'Hardware addresses of the network interfaces.',
  'host.name': 'Name of the host.',
  'host.type': 'Type of the instance.',
  'k8s.cluster.name': 'Name of the Kubernetes cluster.',
  'k8s.cluster.uid': 'UID of the Kubernetes cluster.',
  'k8s.node.name': 'Name of the Kubernetes node.',
  'k8s.node.uid': 'UID of the Kubernetes node.',
  'oracle_cloud.realm': 'Realm of Oracle Cloud.',
  'os.build.id': 'Build of the operating system.',
  'os.description': 'Version of the operating system, as it describes itself.',
  'os.name': 'Name of the operating system.',
  'os.type': 'Type of the operating system, such as linux.',
  'os.version': 'Version of the operating system.',
  'service.instance.id': 'Id of the running instance of the application.',
  'service.name': 'Name of the application.',
  'service.version': 'Version of the application.',
}

type AttributeName = keyof typeof meanings

type AttributeBlock = Block<typeof setOrNot.on.fields, 'defaulted'>

const doc = 'Whether the attribute is set.'

/** The original takes the defaults of both from its detectors. */
const setOrNot = {
  on: schema({ enabled: required(bool, doc, { default: true }) }, { defaultsFrom: 'parent' }),
  off: schema({ enabled: required(bool, doc) }, { defaultsFrom: 'parent' }),
}

/** The block `resource_attributes` of a detector, which sets each of `names` unless it is off. */
export function resourceAttributes<N extends AttributeName>(
  names: {
    readonly [name in N]: 'on' | 'off'
  },
): Block<{ readonly [name in N]: AttributeBlock }, 'defaulted'> {
  const entries = Object.entries(names) as [N, 'on' | 'off'][] // the keys are of the type N
  const blocks = entries.map(([name, wont]) => {
    return [name, defaultedBlock(setOrNot[wont], meanings[name])] as const
  })
  const fields = Object.fromEntries(blocks) as { [name in N]: AttributeBlock } // one for each name
  return defaultedBlock(
    schema(fields, { defaultsFrom: 'parent' }),
    'Resource attributes to set or not to set.',
  )
}
