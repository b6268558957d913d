// export: a value that a module gives.

import { declareBlock } from '../../schema/declaration.ts'
import { any } from '../../schema/scalars.ts'
import { required, schema } from '../../schema/schema.ts'

export const declaration = declareBlock({
  name: 'export',
  stability: 'generally-available',
  summary: 'A value that a module gives.',
  label: 'required',
  where: 'module',
  arguments: schema({
    value: required(any, 'The value.'),
  }),
})
