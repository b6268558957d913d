// loki.source.journal: reads entries of the systemd journal.

import { logsReceiver } from '../../../model/capsules.ts'
import { list, map } from '../../../schema/composites.ts'
import { declare } from '../../../schema/declaration.ts'
import { bool, string } from '../../../schema/scalars.ts'
import { block, optional, required, schema } from '../../../schema/schema.ts'
import { duration } from '../../../schema/texts.ts'
import { relabelRules } from '../../common/relabel.ts'

const legacyPosition = schema({
  file: required(string, 'Positions file of Promtail or Grafana Agent to take over.'),
  name: required(string, 'Name of the journal in that file.'),
})

const componentArguments = schema({
  format_as_json: optional(bool, false, 'Whether the whole entry becomes the line, as JSON.'),
  max_age: optional(
    duration,
    '7h0m0s',
    'Age beyond which entries are not read at the first start.',
  ),
  path: optional(string, '', "Folder of the journal; empty: the system's own."),
  relabel_rules: optional(
    relabelRules,
    undefined,
    'Rules that rewrite the labels of entries, from a loki.relabel component.',
  ),
  matches: optional(
    string,
    '',
    'Fields that entries must have, such as `_SYSTEMD_UNIT=ssh.service`.',
  ),
  forward_to: required(list(logsReceiver), 'Receivers of the log entries.'),
  labels: optional(map(string), {}, 'Labels to add to every entry.'),
  legacy_position: block(legacyPosition, 'Position to take over from an earlier program.'),
})

export const declaration = declare({
  name: 'loki.source.journal',
  stability: 'generally-available',
  summary: 'Reads entries of the systemd journal.',
  accepts: ['loki logs'],
  emits: [],
  platforms: ['linux'],
  requires: 'Permission to read the journal.',
  arguments: componentArguments,
  exports: {},
  metrics: {},
})
