// foreach: the same components for every element of a list.

import { list } from '../../schema/composites.ts'
import { declareBlock } from '../../schema/declaration.ts'
import { any, bool, string } from '../../schema/scalars.ts'
import { optional, required, schema } from '../../schema/schema.ts'

export const declaration = declareBlock({
  name: 'foreach',
  stability: 'experimental',
  summary: 'The same components for every element of a list.',
  label: 'required',
  where: 'any',
  template: 'template',
  arguments: schema({
    collection: required(list(any), 'The list.'),
    var: required(string, 'Name of the element inside the template.'),
    id: optional(string, '', 'Key of the elements, where they are objects, that tells them apart.'),
    hash_string_id: optional(bool, false, 'Whether ids are hashed to make names of components.'),
    enable_metrics: optional(bool, false, 'Whether the components inside expose metrics.'),
  }),
})
