// logql-selector

import { selectorProblem } from './grammar/logql_selector.ts'
import type { Lint } from './lint.ts'
import { knownValue, textOf } from './visit.ts'

export const logqlSelector: Lint = {
  code: 'logql-selector',
  severity: 'error',
  summary: 'The selector of a stage.match does not parse, so that the component cannot start.',
  check({ attributes }, report) {
    for (const { node, path, attribute } of attributes) {
      if (node.block.name !== 'loki.process' || path.at(-1) !== 'stage.match') continue
      if (attribute.name !== 'selector') continue
      const text = textOf(knownValue(attribute.value, node))
      const problem = text === undefined ? undefined : selectorProblem(text)
      if (problem === undefined) continue
      const where = problem.at === 0 ? '' : ` at character ${problem.at + 1}`
      report(
        attribute.value.span,
        `the selector does not parse: ${problem.message}${where}`,
        'Selectors look like {app="shop", level=~"warn|error"} |= "timeout".',
      )
    }
  },
}
