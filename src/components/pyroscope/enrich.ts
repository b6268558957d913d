// pyroscope.enrich: adds labels of targets to the profiles that belong to them.

import { profilesReceiver } from '../../model/capsules.ts'
import { target } from '../../model/targets.ts'
import { list } from '../../schema/composites.ts'
import { declare, exported } from '../../schema/declaration.ts'
import { string } from '../../schema/scalars.ts'
import { optional, required, schema } from '../../schema/schema.ts'

const componentArguments = schema({
  targets: required(list(target), 'Targets whose labels are copied.'),
  target_match_label: required(string, 'Label of the targets that is compared.'),
  profiles_match_label: optional(
    string,
    '',
    'Label of the profiles that is compared; empty: the same as `target_match_label`.',
  ),
  labels_to_copy: optional(list(string), [], 'Labels to copy; empty: all.'),
  forward_to: required(list(profilesReceiver), 'Receivers of the profiles.'),
})

export const declaration = declare({
  name: 'pyroscope.enrich',
  stability: 'experimental',
  summary: 'Adds labels of targets to the profiles that belong to them.',
  accepts: ['targets', 'pyroscope profiles'],
  emits: ['pyroscope profiles'],
  arguments: componentArguments,
  exports: { receiver: exported(profilesReceiver, 'Receiver of the profiles to enrich.') },
  metrics: {},
})
