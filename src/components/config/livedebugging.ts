// livedebugging: whether the data that flows may be watched.

import { declareBlock } from '../../schema/declaration.ts'
import { bool } from '../../schema/scalars.ts'
import { optional, schema } from '../../schema/schema.ts'

export const declaration = declareBlock({
  name: 'livedebugging',
  stability: 'generally-available',
  summary: 'Whether the data that flows may be watched.',
  label: 'none',
  where: 'root',
  service: true,
  arguments: schema({
    enabled: optional(bool, false, 'Whether the data that flows may be watched.'),
  }),
})
