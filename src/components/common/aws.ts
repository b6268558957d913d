// Filters of the EC2 API, shared by the components that list instances.
// Source of the behaviour: alloy/internal/component/discovery/aws/ec2.go.

import { list } from '../../schema/composites.ts'
import { string } from '../../schema/scalars.ts'
import { required, schema } from '../../schema/schema.ts'

export const ec2Filter = schema({
  name: required(string, 'Name of the filter, such as instance-state-name.'),
  values: required(list(string), 'Values to take, any of them.'),
})
