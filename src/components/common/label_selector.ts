// Selectors of Kubernetes objects by their labels.
// Source of the behaviour: alloy/internal/component/common/config/selectors.go.

import { list, map } from '../../schema/composites.ts'
import { string } from '../../schema/scalars.ts'
import { blocks, optional, required, schema } from '../../schema/schema.ts'

const matchExpression = schema({
  key: required(string, 'Label to look at.'),
  operator: required(string, 'How: In, NotIn, Exists or DoesNotExist.'),
  values: optional(list(string), [], 'Values to compare with; none for Exists and DoesNotExist.'),
})

export const labelSelector = schema({
  match_labels: optional(map(string), {}, 'Labels that must be there with these values.'),
  match_expression: blocks(matchExpression, 'Condition on a label; all of them must hold.'),
})
