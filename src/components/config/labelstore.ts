// labelstore: a block that takes nothing.

import { declareBlock } from '../../schema/declaration.ts'
import { schema } from '../../schema/schema.ts'

export const declaration = declareBlock({
  name: 'labelstore',
  stability: 'generally-available',
  summary: 'Takes no arguments and changes nothing.',
  label: 'none',
  where: 'root',
  service: true,
  arguments: schema({}),
})
