// discovery.lightsail: finds instances of AWS Lightsail.

import { target } from '../../model/targets.ts'
import { list } from '../../schema/composites.ts'
import { declare, exported } from '../../schema/declaration.ts'
import { int, secret, string } from '../../schema/scalars.ts'
import { optional, schema } from '../../schema/schema.ts'
import { duration } from '../../schema/texts.ts'
import { httpClientFields, httpClientHooks } from '../common/http_client.ts'

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
    ...httpClientFields,
  },
  {
    ...httpClientHooks,
    check: (args, fail) => {
      if (args.region === '') {
        return fail('lightsail SD configuration requires a region', 'region')
      }
      httpClientHooks.check(args, fail)
    },
  },
)

export const declaration = declare({
  name: 'discovery.lightsail',
  stability: 'generally-available',
  summary: 'Finds instances of AWS Lightsail.',
  accepts: [],
  emits: ['targets'],
  wraps: 'Prometheus',
  arguments: componentArguments,
  exports: { targets: exported(list(target), 'Targets that were found.') },
  metrics: {},
})
