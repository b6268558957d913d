// unused-declare

import type { StaticModule } from '../engine/static/model.ts'
import { customOf } from '../engine/static/use.ts'
import type { Lint } from './lint.ts'

export const unusedDeclare: Lint = {
  code: 'unused-declare',
  severity: 'warning',
  summary: 'A declare has no instance.',
  check({ root, modules }, report) {
    // A file of declares alone is there for others to import.
    if (root.nodes.every(({ kind }) => kind === 'block')) return
    const used = new Set<StaticModule>()
    for (const module of modules) {
      for (const node of module.nodes) {
        const custom = node.kind === 'custom' ? customOf(node, module) : undefined
        if (custom?.kind === 'declare') used.add(custom.module)
      }
    }
    for (const module of modules) {
      if (module.kind !== 'declare' || used.has(module) || module.block === undefined) continue
      const { label, nameSpan } = module.block
      report(nameSpan, `there is no instance of ${label}`)
    }
  },
}
