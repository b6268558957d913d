// Detectors of otelcol.processor.resourcedetection for the smaller clouds.

import { list } from '../../../schema/composites.ts'
import { bool, string } from '../../../schema/scalars.ts'
import { optional, schema } from '../../../schema/schema.ts'
import { resourceAttributes } from './resourcedetection_attributes.ts'

const failOnMissingMetadata = optional(bool, false, 'Whether the start fails without metadata.')

export const akamai = schema({
  resource_attributes: resourceAttributes({
    'cloud.provider': 'on',
    'cloud.region': 'on',
    'host.id': 'on',
    'host.name': 'on',
  }),
})

export const alibabaEcs = schema({
  fail_on_missing_metadata: failOnMissingMetadata,
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
})

export const digitalocean = schema({
  resource_attributes: resourceAttributes({
    'cloud.provider': 'on',
    'cloud.region': 'on',
    'host.id': 'on',
    'host.name': 'on',
  }),
})

export const heroku = schema({
  resource_attributes: resourceAttributes({
    'cloud.provider': 'on',
    'heroku.app.id': 'on',
    'heroku.dyno.id': 'on',
    'heroku.release.commit': 'on',
    'heroku.release.creation_timestamp': 'on',
    'service.instance.id': 'on',
    'service.name': 'on',
    'service.version': 'on',
  }),
})

export const hetzner = schema({
  resource_attributes: resourceAttributes({
    'cloud.availability_zone': 'on',
    'cloud.provider': 'on',
    'cloud.region': 'on',
    'host.id': 'on',
    'host.name': 'on',
  }),
})

export const nova = schema({
  fail_on_missing_metadata: failOnMissingMetadata,
  labels: optional(
    list(string),
    [],
    'RE2 patterns of metadata keys of the instance to add as attributes.',
  ),
  resource_attributes: resourceAttributes({
    'cloud.platform': 'on',
    'cloud.provider': 'on',
    'cloud.region': 'on',
    'cloud.availability_zone': 'on',
    'host.id': 'on',
    'host.name': 'on',
    'host.type': 'on',
  }),
})

export const oraclecloud = schema({
  resource_attributes: resourceAttributes({
    'cloud.platform': 'on',
    'cloud.provider': 'on',
    'cloud.region': 'on',
    'cloud.availability_zone': 'on',
    'host.id': 'on',
    'host.name': 'on',
    'host.type': 'on',
    'k8s.cluster.name': 'on',
    'oracle_cloud.realm': 'on',
  }),
})

export const scaleway = schema({
  resource_attributes: resourceAttributes({
    'cloud.account.id': 'on',
    'cloud.availability_zone': 'on',
    'cloud.platform': 'on',
    'cloud.provider': 'on',
    'cloud.region': 'on',
    'host.id': 'on',
    'host.image.id': 'on',
    'host.image.name': 'on',
    'host.name': 'on',
    'host.type': 'on',
  }),
})

export const tencentCvm = schema({
  fail_on_missing_metadata: failOnMissingMetadata,
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
})

export const upcloud = schema({
  fail_on_missing_metadata: failOnMissingMetadata,
  resource_attributes: resourceAttributes({
    'cloud.provider': 'on',
    'cloud.region': 'on',
    'host.id': 'on',
    'host.name': 'on',
  }),
})

export const vultr = schema({
  fail_on_missing_metadata: failOnMissingMetadata,
  resource_attributes: resourceAttributes({
    'cloud.provider': 'on',
    'cloud.region': 'on',
    'host.id': 'on',
    'host.name': 'on',
  }),
})
