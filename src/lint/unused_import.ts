// unused-import

import type { StaticImport } from '../engine/static/imports.ts'
import { customOf } from '../engine/static/use.ts'
import type { Lint } from './lint.ts'

export const unusedImport: Lint = {
  code: 'unused-import',
  severity: 'warning',
  summary: 'Nothing of what is imported has an instance.',
  check({ root, modules }, report) {
    // A file of declares and imports alone is there for others to import.
    if (root.nodes.every(({ kind }) => kind === 'block')) return
    const used = new Set<StaticImport>()
    for (const module of modules) {
      for (const node of module.nodes) {
        const custom = node.kind === 'custom' ? customOf(node, module) : undefined
        if (custom?.kind === 'import') used.add(custom.imported)
      }
    }
    for (const imported of modules.flatMap(({ imports }) => imports)) {
      const { block, id } = imported.node
      if (!used.has(imported)) report(block.nameSpan, `nothing of ${id} is used`)
    }
  },
}
