// import.string: modules from a text.

import { declareBlock } from '../../../schema/declaration.ts'
import { optionalSecret } from '../../../schema/scalars.ts'
import { required, schema } from '../../../schema/schema.ts'

export const declaration = declareBlock({
  name: 'import.string',
  stability: 'generally-available',
  summary: 'Modules from a text.',
  label: 'required',
  where: 'any',
  arguments: schema({
    content: required(optionalSecret, 'The text.'),
  }),
})
