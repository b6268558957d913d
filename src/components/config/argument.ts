// argument: a value that a module is given.

import { declareBlock } from '../../schema/declaration.ts'
import { any, bool, string } from '../../schema/scalars.ts'
import { optional, schema } from '../../schema/schema.ts'

export const declaration = declareBlock({
  name: 'argument',
  stability: 'generally-available',
  summary: 'A value that a module is given.',
  label: 'required',
  where: 'module',
  arguments: schema({
    optional: optional(bool, false, 'Whether it may be left out.'),
    default: optional(any, null, 'The value when it is left out.'),
    comment: optional(string, '', 'What it is for.'),
  }),
})
