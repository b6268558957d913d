// loki.enrich: adds labels of targets to the log entries that belong to them.

import { logsReceiver } from '../../model/capsules.ts'
import { target } from '../../model/targets.ts'
import { list } from '../../schema/composites.ts'
import { declare, exported } from '../../schema/declaration.ts'
import { string } from '../../schema/scalars.ts'
import { optional, required, schema } from '../../schema/schema.ts'

const componentArguments = schema({
  targets: required(list(target), 'Targets whose labels are copied.'),
  target_match_label: required(string, 'Label of the targets that is compared.'),
  logs_match_label: optional(
    string,
    '',
    'Label of the entries that is compared; empty: the same as `target_match_label`.',
  ),
  labels_to_copy: optional(list(string), [], 'Labels to copy; empty: all.'),
  forward_to: required(list(logsReceiver), 'Receivers of the log entries.'),
})

export const declaration = declare({
  name: 'loki.enrich',
  stability: 'experimental',
  summary: 'Adds labels of targets to the log entries that belong to them.',
  accepts: ['targets', 'loki logs'],
  emits: ['loki logs'],
  arguments: componentArguments,
  exports: {
    receiver: exported(logsReceiver, 'Receiver of the entries to enrich.', { optional: true }),
  },
  metrics: {},
})
