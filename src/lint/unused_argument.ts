// unused-argument

import { traversalsOf } from '../engine/references.ts'
import type { Lint } from './lint.ts'

export const unusedArgument: Lint = {
  code: 'unused-argument',
  severity: 'warning',
  summary: 'A declare does not read one of its arguments.',
  check({ modules }, report) {
    for (const { kind, block, nodes } of modules) {
      if (kind !== 'declare' || block === undefined) continue
      const read = new Set<string | undefined>()
      for (const { names } of traversalsOf(block.body)) {
        if (names[0] === 'argument') read.add(names[1])
      }
      // argument["x"] may be any of them.
      if (read.has(undefined)) continue
      for (const node of nodes) {
        const { name, label, nameSpan } = node.block
        if (name !== 'argument' || read.has(label)) continue
        report(nameSpan, `argument.${label}.value is not read in ${block.label}`)
      }
    }
  },
}
