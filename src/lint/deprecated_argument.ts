// deprecated-argument

import { findField } from '../schema/decode.ts'
import type { Lint } from './lint.ts'

export const deprecatedArgument: Lint = {
  code: 'deprecated-argument',
  severity: 'warning',
  summary: 'An argument or block is there for old configurations only.',
  check({ blocks }, report) {
    for (const { block, schema } of blocks) {
      if (schema === undefined) continue
      for (const { kind, name, nameSpan } of block.body) {
        const deprecated = findField(schema.fields, name)[1]?.deprecated
        if (deprecated === undefined) continue
        const what = kind === 'block' ? 'block' : 'argument'
        report(nameSpan, `the ${what} ${name} is deprecated`, deprecated)
      }
    }
  },
}
