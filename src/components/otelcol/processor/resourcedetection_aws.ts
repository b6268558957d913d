// Detectors of otelcol.processor.resourcedetection for services of AWS.

import { list } from '../../../schema/composites.ts'
import { bool, int, string } from '../../../schema/scalars.ts'
import { optional, schema } from '../../../schema/schema.ts'
import { duration } from '../../../schema/texts.ts'
import { resourceAttributes } from './resourcedetection_attributes.ts'

export const ec2 = schema({
  tags: optional(list(string), [], 'RE2 patterns of tags of the instance to add as attributes.'),
  resource_attributes: resourceAttributes({
    'cloud.account.id': 'on',
    'cloud.availability_zone': 'on',
    'cloud.platform': 'on',
    'cloud.provider': 'on',
    'cloud.region': 'on',
    'host.id': 'on',
    'host.image.id': 'on',
    'host.name': 'on',
    'host.type': 'on',
  }),
  max_attempts: optional(int, 3, 'Requests to the metadata service before it counts as absent.'),
  max_backoff: optional(duration, '20s', 'Longest time from one such request to the next.'),
  fail_on_missing_metadata: optional(bool, false, 'Whether the start fails without metadata.'),
  tags_from_imds: optional(
    bool,
    false,
    'Whether tags come from the metadata service, which needs no permission for the API.',
  ),
})

export const ecs = schema({
  resource_attributes: resourceAttributes({
    'aws.ecs.cluster.arn': 'on',
    'aws.ecs.launchtype': 'on',
    'aws.ecs.task.arn': 'on',
    'aws.ecs.task.family': 'on',
    'aws.ecs.task.id': 'on',
    'aws.ecs.task.revision': 'on',
    'aws.log.group.arns': 'on',
    'aws.log.group.names': 'on',
    'aws.log.stream.arns': 'on',
    'aws.log.stream.names': 'on',
    'cloud.account.id': 'on',
    'cloud.availability_zone': 'on',
    'cloud.platform': 'on',
    'cloud.provider': 'on',
    'cloud.region': 'on',
  }),
})

export const eks = schema({
  resource_attributes: resourceAttributes({
    'cloud.account.id': 'off',
    'cloud.platform': 'on',
    'cloud.provider': 'on',
    'k8s.cluster.name': 'off',
  }),
  node_from_env_var: optional(string, 'K8S_NODE_NAME', 'Variable with the name of the node.'),
})

export const elasticbeanstalk = schema({
  resource_attributes: resourceAttributes({
    'cloud.platform': 'on',
    'cloud.provider': 'on',
    'deployment.environment': 'on',
    'service.instance.id': 'on',
    'service.version': 'on',
  }),
})

export const lambda = schema({
  resource_attributes: resourceAttributes({
    'aws.log.group.names': 'on',
    'aws.log.stream.names': 'on',
    'cloud.platform': 'on',
    'cloud.provider': 'on',
    'cloud.region': 'on',
    'faas.instance': 'on',
    'faas.max_memory': 'on',
    'faas.name': 'on',
    'faas.version': 'on',
  }),
})
