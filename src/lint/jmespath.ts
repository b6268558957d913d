// jmespath

import { jmesPathProblem } from './grammar/jmespath.ts'
import type { Lint } from './lint.ts'
import { knownValue, textOf } from './visit.ts'

export const jmespath: Lint = {
  code: 'jmespath',
  severity: 'error',
  summary: 'A JMESPath expression does not parse, so that the component cannot start.',
  check({ attributes }, report) {
    for (const { node, path, attribute } of attributes) {
      if (node.block.name !== 'loki.process') continue
      if (!places.has(`${path.at(-1)}.${attribute.name}`)) continue
      const { value } = attribute
      if (value.kind !== 'object') continue
      for (const field of value.fields) {
        const text = textOf(knownValue(field.value, node))
        // Where none is written, the name is the expression.
        const problem = text === undefined || text === '' ? undefined : jmesPathProblem(text)
        if (problem === undefined) continue
        const message = `the expression does not parse: ${problem}`
        const hint = 'Names with other characters than letters, digits and "_" need double quotes.'
        report(field.value.span, message, hint)
      }
    }
  },
}

const places: ReadonlySet<string> = new Set([
  'stage.json.expressions',
  'stage.geoip.custom_lookups',
])
