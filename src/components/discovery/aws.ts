// discovery.aws: finds targets in AWS.

import { quote } from '../../go/quote.ts'
import { target } from '../../model/targets.ts'
import { list } from '../../schema/composites.ts'
import { declare, exported } from '../../schema/declaration.ts'
import { int, secret, string } from '../../schema/scalars.ts'
import { blocks, optional, required, schema } from '../../schema/schema.ts'
import { duration } from '../../schema/texts.ts'
import { ec2Filter } from '../common/aws.ts'
import { httpClientFields } from '../common/http_client.ts'

const roles = ['ec2', 'ecs', 'elasticache', 'lightsail', 'msk', 'rds']

const componentArguments = schema(
  {
    role: required(string, 'Kind of targets: ec2, ecs, lightsail, msk, elasticache or rds.'),
    endpoint: optional(string, '', 'Address of the API in place of the usual one.'),
    region: optional(string, '', 'AWS region; it must be given.'),
    access_key: optional(string, '', 'AWS access key id; empty: from the environment.'),
    secret_key: optional(secret, undefined, 'AWS secret key.'),
    profile: optional(string, '', 'Named profile of the AWS credentials file.'),
    role_arn: optional(string, '', 'AWS role to assume.'),
    external_id: optional(string, '', 'Id that the assumed role asks for.'),
    refresh_interval: optional(duration, '0s', 'Time from one look for targets to the next.'),
    port: optional(int, 0, 'Port of the targets.'),
    filter: blocks(ec2Filter, 'Takes only what the API filters by it.'),
    clusters: optional(list(string), [], 'Clusters to look in, for ecs and msk; empty: all.'),
    request_concurrency: optional(int, 0, 'Requests side by side.'),
    ...httpClientFields,
  },
  {
    check: (args, fail) => {
      if (!roles.includes(args.role)) {
        const message = `unsupported role ${quote(args.role)}: must be one of ${roles.join(', ')}`
        return fail(message, 'role')
      }
      if (args.region === '') return fail('AWS SD configuration requires a region', 'region')
      if (args.filter.some(({ values }) => values.length === 0)) {
        fail('AWS SD configuration filter values cannot be empty', 'filter')
      }
    },
  },
)

export const declaration = declare({
  name: 'discovery.aws',
  stability: 'generally-available',
  summary: 'Finds targets in AWS.',
  accepts: [],
  emits: ['targets'],
  wraps: 'Prometheus',
  arguments: componentArguments,
  exports: { targets: exported(list(target), 'Targets that were found.') },
  metrics: {},
})
