// discovery.hetzner: finds servers of Hetzner.

import { target } from '../../model/targets.ts'
import { list } from '../../schema/composites.ts'
import { declare, exported } from '../../schema/declaration.ts'
import { int, string } from '../../schema/scalars.ts'
import { optional, required, schema } from '../../schema/schema.ts'
import { duration } from '../../schema/texts.ts'
import { httpClientFields, httpClientHooks } from '../common/http_client.ts'

const componentArguments = schema(
  {
    role: required(string, 'Kind of targets: hcloud or robot.'),
    refresh_interval: optional(duration, '1m0s', 'Time from one look for targets to the next.'),
    port: optional(int, 80, 'Port of the targets.'),
    ...httpClientFields,
  },
  {
    ...httpClientHooks,
    check: (args, fail) => {
      if (args.role !== 'robot' && args.role !== 'hcloud') {
        return fail(`unknown role ${args.role}, must be one of robot or hcloud`, 'role')
      }
      httpClientHooks.check(args, fail)
    },
  },
)

export const declaration = declare({
  name: 'discovery.hetzner',
  stability: 'generally-available',
  summary: 'Finds servers of Hetzner.',
  accepts: [],
  emits: ['targets'],
  wraps: 'Prometheus',
  arguments: componentArguments,
  exports: { targets: exported(list(target), 'Targets that were found.') },
  metrics: {},
})
