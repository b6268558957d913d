// discovery.relabel: rewrites the labels of targets.
// Source of the behaviour: alloy/internal/component/discovery/relabel/relabel.go.

import { target } from '../../model/targets.ts'
import { list } from '../../schema/composites.ts'
import { declare, exported } from '../../schema/declaration.ts'
import { blocks, required, schema } from '../../schema/schema.ts'
import { relabelRule, relabelRules } from '../common/relabel.ts'

export const declaration = declare({
  name: 'discovery.relabel',
  stability: 'generally-available',
  summary: 'Rewrites the labels of targets.',
  accepts: ['targets'],
  emits: ['targets'],
  wraps: 'Prometheus',
  arguments: schema({
    targets: required(list(target), 'Targets to relabel.'),
    rule: blocks(relabelRule, 'Rules, applied in order.'),
  }),
  exports: {
    output: exported(list(target), 'The targets that were kept, relabeled.'),
    rules: exported(relabelRules, 'The rules, for other components.'),
  },
  metrics: {},
  load: () => import('./relabel/run.ts'),
})
