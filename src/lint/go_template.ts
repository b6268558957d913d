// go-template

import { templateProblem } from '../go/template_syntax.ts'
import { templateFunctions } from './grammar/template_functions.ts'
import type { Lint } from './lint.ts'
import { knownValue, textOf } from './visit.ts'

export const goTemplate: Lint = {
  code: 'go-template',
  severity: 'error',
  summary: 'A template of a stage does not parse, so that the component cannot start.',
  check({ attributes }, report) {
    for (const { node, path, attribute } of attributes) {
      if (node.block.name !== 'loki.process') continue
      if (!places.has(`${path.at(-1)}.${attribute.name}`)) continue
      const text = textOf(knownValue(attribute.value, node))
      const problem = text === undefined ? undefined : templateProblem(text, templateFunctions)
      if (problem === undefined) continue
      const where = text?.includes('\n') ? ` in line ${problem.line} of it` : ''
      report(attribute.value.span, `the template does not parse: ${problem.message}${where}`)
    }
  },
}

const places: ReadonlySet<string> = new Set(['stage.template.template', 'stage.replace.replace'])
