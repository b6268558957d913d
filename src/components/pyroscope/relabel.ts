// pyroscope.relabel: rewrites the labels of profiles and forwards them.

import { profilesReceiver } from '../../model/capsules.ts'
import { list } from '../../schema/composites.ts'
import { declare, exported } from '../../schema/declaration.ts'
import { int } from '../../schema/scalars.ts'
import { blocks, optional, required, schema } from '../../schema/schema.ts'
import { relabelRule, relabelRules } from '../common/relabel.ts'

const componentArguments = schema({
  forward_to: required(list(profilesReceiver), 'Receivers of the profiles.'),
  rule: blocks(relabelRule, 'Rules, applied in order.'),
  max_cache_size: optional(int, 10_000, 'Most label sets whose outcome is remembered.'),
})

export const declaration = declare({
  name: 'pyroscope.relabel',
  stability: 'generally-available',
  summary: 'Rewrites the labels of profiles and forwards them.',
  accepts: ['pyroscope profiles'],
  emits: ['pyroscope profiles'],
  wraps: 'Prometheus',
  arguments: componentArguments,
  exports: {
    receiver: exported(profilesReceiver, 'Receiver of the profiles to relabel.'),
    rules: exported(relabelRules, 'The rules, for other components.'),
  },
  metrics: {},
})
