// The `clustering` block of components that share work.

import { bool } from '../../schema/scalars.ts'
import { required, schema } from '../../schema/schema.ts'

export const clustering = schema({
  enabled: required(bool, 'Whether the work is shared with the other nodes of the cluster.', {
    unavailable: true,
  }),
})
