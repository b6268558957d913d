// loki.source.gelf: receives log entries in the GELF format over UDP.

import { logsReceiver } from '../../../model/capsules.ts'
import { list } from '../../../schema/composites.ts'
import { declare } from '../../../schema/declaration.ts'
import { bool, string } from '../../../schema/scalars.ts'
import { optional, required, schema } from '../../../schema/schema.ts'
import { relabelRules } from '../../common/relabel.ts'

const componentArguments = schema({
  listen_address: optional(string, '0.0.0.0:12201', 'UDP address to listen on.'),
  use_incoming_timestamp: optional(
    bool,
    false,
    'Whether entries keep the time they bring; else they get the time of their arrival.',
  ),
  relabel_rules: optional(
    relabelRules,
    undefined,
    'Rules that rewrite the labels of entries, from a loki.relabel component.',
  ),
  forward_to: required(list(logsReceiver), 'Receivers of the log entries.'),
})

export const declaration = declare({
  name: 'loki.source.gelf',
  stability: 'generally-available',
  summary: 'Receives log entries in the GELF format over UDP.',
  accepts: ['loki logs'],
  emits: [],
  arguments: componentArguments,
  exports: {},
  metrics: {},
})
