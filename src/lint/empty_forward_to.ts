// empty-forward-to

import type { Expression } from '../syntax/tree.ts'
import type { Lint } from './lint.ts'
import { isRead, readExports } from './use_of_exports.ts'

export const emptyForwardTo: Lint = {
  code: 'empty-forward-to',
  severity: 'warning',
  summary: 'A component sends what it has to nobody.',
  check({ attributes, blocks, modules }, report) {
    const read = new Map(modules.map((module) => [module, readExports(module)]))
    for (const { attribute, path, node, module } of attributes) {
      if (attribute.name !== 'forward_to' || path.length > 0 || !isEmpty(attribute.value)) continue
      // Relabeling may be there for its rules alone, logs for the metrics that are made of them.
      if (isRead(read.get(module)!, node.id, 'rules')) continue
      if (blocks.some((each) => each.node === node && each.path.at(-1) === 'stage.metrics'))
        continue
      report(attribute.span, `what ${node.id} has is sent to nobody`)
    }
    for (const { block, path, node } of blocks) {
      const isOutput = path.length === 1 && path[0] === 'output'
      if (!isOutput || !node.block.name.startsWith('otelcol.')) continue
      const leads = block.body.some((each) => each.kind === 'block' || !isEmpty(each.value))
      if (!leads) report(block.nameSpan, `what ${node.id} has is sent to nobody`)
    }
  },
}

function isEmpty(expression: Expression): boolean {
  if (expression.kind === 'paren') return isEmpty(expression.value)
  return expression.kind === 'array' && expression.elements.length === 0
}
