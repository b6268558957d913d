// duplicate-receiver

import { printExpression } from '../syntax/format.ts'
import type { Lint } from './lint.ts'

export const duplicateReceiver: Lint = {
  code: 'duplicate-receiver',
  severity: 'warning',
  summary: 'One receiver stands in a list twice, so that it gets everything twice.',
  check({ attributes }, report) {
    for (const { attribute, path, node } of attributes) {
      const isOutput = path.length === 1 && path[0] === 'output'
      if (attribute.name !== 'forward_to' && !isOutput) continue
      if (node.kind !== 'component' || attribute.value.kind !== 'array') continue
      const seen = new Set<string>()
      for (const element of attribute.value.elements) {
        const text = printExpression(element)
        if (seen.has(text)) report(element.span, `${text} gets everything twice`)
        seen.add(text)
      }
    }
  },
}
