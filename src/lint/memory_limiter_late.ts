// memory-limiter-late

import type { Lint } from './lint.ts'

export const memoryLimiterLate: Lint = {
  code: 'memory-limiter-late',
  severity: 'warning',
  summary: 'Data is gathered in batches before its memory is limited.',
  check({ modules }, report) {
    for (const { nodes } of modules) {
      for (const { block, references } of nodes) {
        if (block.name !== 'otelcol.processor.batch') continue
        for (const { target, traversal } of references) {
          if (!target.startsWith('otelcol.processor.memory_limiter.')) continue
          report(
            traversal.span,
            'what waits for its batch escapes the limit',
            `Send from the receiver to ${target}, and from there to the batch.`,
          )
        }
      }
    }
  },
}
