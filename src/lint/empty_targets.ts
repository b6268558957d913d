// empty-targets

import type { Lint } from './lint.ts'

export const emptyTargets: Lint = {
  code: 'empty-targets',
  severity: 'warning',
  summary: 'A component has a list of targets that is always empty, so that it does nothing.',
  check({ attributes }, report) {
    for (const { attribute, path, node } of attributes) {
      if (attribute.name !== 'targets' || path.length > 0 || node.kind !== 'component') continue
      const { value } = attribute
      // discovery.relabel without targets may be there for its rules alone.
      if (node.block.name === 'discovery.relabel') continue
      if (value.kind !== 'array' || value.elements.length > 0) continue
      report(attribute.span, `${node.id} has no targets`)
    }
  },
}
