// discovery.ovhcloud: finds servers of OVHcloud.

import { target } from '../../model/targets.ts'
import { list } from '../../schema/composites.ts'
import { declare, exported } from '../../schema/declaration.ts'
import { secret, string } from '../../schema/scalars.ts'
import { optional, required, schema } from '../../schema/schema.ts'
import { duration } from '../../schema/texts.ts'

const componentArguments = schema(
  {
    endpoint: optional(string, 'ovh-eu', 'Endpoint of the API, such as ovh-eu.'),
    application_key: required(string, 'Key of the application.'),
    application_secret: required(secret, 'Secret of the application.'),
    consumer_key: required(secret, 'Key of the consumer.'),
    refresh_interval: optional(duration, '1m0s', 'Time from one look for targets to the next.'),
    service: required(string, 'Kind of targets: vps or dedicated_server.'),
  },
  {
    check: (args, fail) => {
      const { endpoint, application_key, application_secret, consumer_key, service } = args
      if (endpoint === '') return fail('endpoint cannot be empty', 'endpoint')
      if (application_key === '') return fail('application_key cannot be empty', 'application_key')
      if (application_secret.reveal() === '') {
        return fail('application_secret cannot be empty', 'application_secret')
      }
      if (consumer_key.reveal() === '') {
        return fail('consumer_key cannot be empty', 'consumer_key')
      }
      if (service !== 'dedicated_server' && service !== 'vps') {
        fail(`unknown service: ${service}`, 'service')
      }
    },
  },
)

export const declaration = declare({
  name: 'discovery.ovhcloud',
  stability: 'generally-available',
  summary: 'Finds servers of OVHcloud.',
  accepts: [],
  emits: ['targets'],
  wraps: 'Prometheus',
  arguments: componentArguments,
  exports: { targets: exported(list(target), 'Targets that were found.') },
  metrics: {},
})
