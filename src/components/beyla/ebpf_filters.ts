// The `filters` block of beyla.ebpf.

import { nullable } from '../../schema/composites.ts'
import { int, string } from '../../schema/scalars.ts'
import { blocks, optional, required, schema } from '../../schema/schema.ts'

const attributeFamily = schema({
  attr: required(string, 'Attribute to compare.'),
  match: optional(string, '', 'Glob pattern that values to keep match.'),
  not_match: optional(string, '', 'Glob pattern of values to drop.'),
  greater_than: optional(nullable(int), undefined, 'Numbers to keep are above this.'),
  greater_equals: optional(nullable(int), undefined, 'Numbers to keep are at least this.'),
  equals: optional(nullable(int), undefined, 'The one number to keep.'),
  not_equals: optional(nullable(int), undefined, 'Number to drop.'),
  less_equals: optional(nullable(int), undefined, 'Numbers to keep are at most this.'),
  less_than: optional(nullable(int), undefined, 'Numbers to keep are below this.'),
})

export const filters = schema({
  application: blocks(attributeFamily, 'Keeps metrics and traces of applications by an attribute.'),
  network: blocks(attributeFamily, 'Keeps network metrics by an attribute.'),
})
