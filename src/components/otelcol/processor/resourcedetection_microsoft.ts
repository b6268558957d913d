// Detectors of otelcol.processor.resourcedetection for services of Microsoft Azure.

import { list } from '../../../schema/composites.ts'
import { string } from '../../../schema/scalars.ts'
import { optional, schema } from '../../../schema/schema.ts'
import { resourceAttributes } from './resourcedetection_attributes.ts'

export const azure = schema({
  resource_attributes: resourceAttributes({
    'azure.resourcegroup.name': 'on',
    'azure.vm.name': 'on',
    'azure.vm.scaleset.name': 'on',
    'azure.vm.size': 'on',
    'cloud.account.id': 'on',
    'cloud.platform': 'on',
    'cloud.provider': 'on',
    'cloud.region': 'on',
    'cloud.availability_zone': 'off',
    'host.id': 'on',
    'host.name': 'on',
  }),
  tags: optional(list(string), [], 'RE2 patterns of tags of the machine to add as attributes.'),
})

export const aks = schema({
  resource_attributes: resourceAttributes({
    'cloud.platform': 'on',
    'cloud.provider': 'on',
    'k8s.cluster.name': 'off',
  }),
})
