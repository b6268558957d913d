// Where a database is hosted, for those that look into databases.
// Source of the behaviour: alloy/internal/component/database_observability.

import { string } from '../../schema/scalars.ts'
import { type ArgumentsOf, block, optional, required, schema } from '../../schema/schema.ts'

const aws = schema({
  arn: required(string, 'ARN of the database in AWS.'),
})

const azure = schema({
  subscription_id: required(string, 'ID of the subscription.'),
  resource_group: required(string, 'Resource group of the server.'),
  server_name: optional(string, '', 'Name of the server; empty: from the host name.'),
})

const gcp = schema({
  connection_name: required(string, 'Connection name of the instance, as project:region:instance.'),
})

export const cloudProvider = schema({
  aws: block(aws, 'A database in AWS.'),
  azure: block(azure, 'A database in Azure.'),
  gcp: block(gcp, 'A database in Google Cloud.'),
})

/** For the checks of those that hold one. */
export function cloudProviderProblem(
  provider: ArgumentsOf<typeof cloudProvider> | undefined,
): string | undefined {
  const { aws, azure, gcp } = provider ?? {}
  if ([aws, azure, gcp].filter((each) => each !== undefined).length < 2) return undefined
  return 'cloud_provider: at most one of aws, azure, or gcp must be specified'
}
