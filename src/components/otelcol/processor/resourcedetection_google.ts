// The detector of otelcol.processor.resourcedetection for Google Cloud.

import { schema } from '../../../schema/schema.ts'
import { resourceAttributes } from './resourcedetection_attributes.ts'

export const gcp = schema({
  resource_attributes: resourceAttributes({
    'cloud.account.id': 'on',
    'cloud.availability_zone': 'on',
    'cloud.platform': 'on',
    'cloud.provider': 'on',
    'cloud.region': 'on',
    'faas.id': 'off',
    'faas.instance': 'on',
    'faas.name': 'on',
    'faas.version': 'on',
    'gcp.cloud_run.job.execution': 'on',
    'gcp.cloud_run.job.task_index': 'on',
    'gcp.gce.instance.hostname': 'off',
    'gcp.gce.instance.name': 'off',
    'gcp.gce.instance.group_manager.name': 'on',
    'gcp.gce.instance.group_manager.region': 'on',
    'gcp.gce.instance.group_manager.zone': 'on',
    'host.id': 'on',
    'host.name': 'on',
    'host.type': 'on',
    'k8s.cluster.name': 'on',
  }),
})
