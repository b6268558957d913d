// duplicate-target

import type { Value } from '../eval/value.ts'
import { printExpression } from '../syntax/format.ts'
import type { Expression } from '../syntax/tree.ts'
import type { Lint } from './lint.ts'
import { knownValue } from './visit.ts'

export const duplicateTarget: Lint = {
  code: 'duplicate-target',
  severity: 'warning',
  summary: 'One target stands in a list twice, so that its samples are collected twice.',
  check({ attributes }, report) {
    for (const { attribute, node } of attributes) {
      if (attribute.name !== 'targets') continue
      const seen = new Set<string>()
      for (const element of elementsOf(attribute.value)) {
        const key = keyOf(knownValue(element, node)) ?? printExpression(element)
        if (seen.has(key)) report(element.span, 'this target stands in the list already')
        seen.add(key)
      }
    }
  },
}

/** Of a list, or of the lists that are joined. */
function elementsOf(expression: Expression): readonly Expression[] {
  if (expression.kind === 'array') return expression.elements
  if (expression.kind !== 'call' || expression.args.length < 2) return []
  const callee = printExpression(expression.callee)
  if (callee !== 'array.concat' && callee !== 'concat') return []
  return expression.args.flatMap((arg) => (arg.kind === 'array' ? arg.elements : [arg]))
}

/** The labels in order, where all are known. */
function keyOf(value: Value | undefined): string | undefined {
  if (!(value instanceof Map)) return undefined
  const labels = [...value].map(([name, label]) => [name, String(label)])
  return JSON.stringify(labels.sort(([a = ''], [b = '']) => (a < b ? -1 : 1)))
}
