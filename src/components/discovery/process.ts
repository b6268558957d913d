// discovery.process: finds processes of the Linux host.

import { target } from '../../model/targets.ts'
import { list } from '../../schema/composites.ts'
import { declare, exported } from '../../schema/declaration.ts'
import { bool } from '../../schema/scalars.ts'
import { defaultedBlock, optional, schema } from '../../schema/schema.ts'
import { duration } from '../../schema/texts.ts'

const discoverConfig = schema(
  {
    cwd: optional(bool, true, 'Whether the working directory becomes a label.'),
    exe: optional(bool, true, 'Whether the path of the program becomes a label.'),
    commandline: optional(bool, true, 'Whether the command line becomes a label.'),
    username: optional(bool, false, "Whether the user's name becomes a label."),
    uid: optional(bool, false, "Whether the user's id becomes a label."),
    container_id: optional(bool, true, "Whether the container's id becomes a label."),
    cgroup_path: optional(bool, false, 'Whether the control group becomes a label.'),
  },
  { defaultsFrom: 'parent' },
)

const componentArguments = schema({
  join: optional(list(target), [], 'Targets to join by container or process id.'),
  refresh_interval: optional(duration, '1m0s', 'Time from one look for targets to the next.'),
  discover_config: defaultedBlock(discoverConfig, 'What becomes labels.'),
})

export const declaration = declare({
  name: 'discovery.process',
  stability: 'generally-available',
  summary: 'Finds processes of the Linux host.',
  accepts: ['targets'],
  emits: ['targets'],
  platforms: ['linux'],
  arguments: componentArguments,
  exports: { targets: exported(list(target), 'Targets that were found.') },
  metrics: {},
})
