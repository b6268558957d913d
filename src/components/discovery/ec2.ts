// discovery.ec2: finds instances of AWS EC2.

import { target } from '../../model/targets.ts'
import { list } from '../../schema/composites.ts'
import { declare, exported } from '../../schema/declaration.ts'
import { int, secret, string } from '../../schema/scalars.ts'
import { blocks, optional, schema } from '../../schema/schema.ts'
import { duration } from '../../schema/texts.ts'
import { ec2Filter } from '../common/aws.ts'
import { httpClientFields } from '../common/http_client.ts'

const componentArguments = schema(
  {
    endpoint: optional(string, '', 'Address of the API in place of the usual one.'),
    region: optional(string, '', 'AWS region; it must be given.'),
    access_key: optional(string, '', 'AWS access key id; empty: from the environment.'),
    secret_key: optional(secret, undefined, 'AWS secret key.'),
    profile: optional(string, '', 'Named profile of the AWS credentials file.'),
    role_arn: optional(string, '', 'AWS role to assume.'),
    refresh_interval: optional(duration, '1m0s', 'Time from one look for targets to the next.'),
    port: optional(int, 80, 'Port of the targets.'),
    filter: blocks(ec2Filter, 'Takes only what the API filters by it.'),
    ...httpClientFields,
  },
  {
    check: (args, fail) => {
      if (args.region === '') return fail('EC2 SD configuration requires a region', 'region')
      if (args.filter.some(({ values }) => values.length === 0)) {
        fail('EC2 SD configuration filter values cannot be empty', 'filter')
      }
    },
  },
)

export const declaration = declare({
  name: 'discovery.ec2',
  stability: 'generally-available',
  summary: 'Finds instances of AWS EC2.',
  accepts: [],
  emits: ['targets'],
  wraps: 'Prometheus',
  arguments: componentArguments,
  exports: { targets: exported(list(target), 'Targets that were found.') },
  metrics: {},
})
