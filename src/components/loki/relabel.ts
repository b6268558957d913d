// loki.relabel: rewrites the labels of log entries and forwards them.

import { logsReceiver } from '../../model/capsules.ts'
import { list } from '../../schema/composites.ts'
import { declare, exported } from '../../schema/declaration.ts'
import { int } from '../../schema/scalars.ts'
import { blocks, optional, required, schema } from '../../schema/schema.ts'
import { relabelRule, relabelRules } from '../common/relabel.ts'

const componentArguments = schema({
  forward_to: required(list(logsReceiver), 'Receivers of the log entries.'),
  rule: blocks(relabelRule, 'Rules, applied in order.'),
  max_cache_size: optional(int, 10_000, 'Most label sets whose outcome is remembered.'),
})

export const declaration = declare({
  name: 'loki.relabel',
  stability: 'generally-available',
  summary: 'Rewrites the labels of log entries and forwards them.',
  accepts: ['loki logs'],
  emits: ['loki logs'],
  wraps: 'Prometheus',
  arguments: componentArguments,
  exports: {
    receiver: exported(logsReceiver, 'Receiver of the entries to relabel.'),
    rules: exported(relabelRules, 'The rules, for other components.'),
  },
  metrics: {},
})
