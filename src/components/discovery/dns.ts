// discovery.dns: finds targets in DNS records.

import { target } from '../../model/targets.ts'
import { list } from '../../schema/composites.ts'
import { declare, exported } from '../../schema/declaration.ts'
import { int, string } from '../../schema/scalars.ts'
import { optional, required, schema } from '../../schema/schema.ts'
import { duration } from '../../schema/texts.ts'

const recordTypes = ['A', 'AAAA', 'MX', 'NS', 'SRV']

const componentArguments = schema(
  {
    names: required(list(string), 'Names to look up.'),
    refresh_interval: optional(duration, '30s', 'Time from one look for targets to the next.'),
    type: optional(string, 'SRV', 'Type of the records: A, AAAA, MX, NS or SRV.'),
    port: optional(int, 0, 'Port of the targets where records have none.'),
  },
  {
    check: ({ type, port }, fail) => {
      if (!recordTypes.includes(type.toUpperCase())) {
        return fail(`invalid DNS-SD records type ${type}`, 'type')
      }
      if (type.toUpperCase() !== 'SRV' && port === 0) {
        fail('a port is required in DNS-SD configs for all record types except SRV', 'port')
      }
    },
  },
)

export const declaration = declare({
  name: 'discovery.dns',
  stability: 'generally-available',
  summary: 'Finds targets in DNS records.',
  accepts: [],
  emits: ['targets'],
  wraps: 'Prometheus',
  arguments: componentArguments,
  exports: { targets: exported(list(target), 'Targets that were found.') },
  metrics: {},
})
