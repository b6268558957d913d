// Ways to log in that prometheus.remote_write has besides those of every HTTP client.

import { bool, secret, string } from '../../schema/scalars.ts'
import { block, optional, required, schema } from '../../schema/schema.ts'

export const sigV4 = schema(
  {
    region: optional(string, '', 'AWS region; empty: that of the default credentials.'),
    access_key: optional(string, '', 'Access key; empty: the default credentials.'),
    secret_key: optional(secret, undefined, 'Secret of the access key.'),
    profile: optional(string, '', 'Named profile to log in with.'),
    role_arn: optional(string, '', 'Role to take on.'),
    external_id: optional(string, '', 'External id for taking on the role.'),
    use_fips_sts_endpoint: optional(bool, false, 'Whether the FIPS endpoint of STS is used.'),
    service_name: optional(string, '', 'Service to sign for; empty: aps.'),
  },
  {
    check: ({ access_key, secret_key, external_id, role_arn }, fail) => {
      if ((access_key === '') !== (secret_key === undefined)) {
        return fail(
          'must provide an AWS SigV4 access key and secret key if credentials ' +
            'are specified in the SigV4 config',
        )
      }
      if (external_id !== '' && role_arn === '') {
        fail('external_id can only be used with role_arn', 'external_id')
      }
    },
  },
)

const managedIdentity = schema({
  client_id: required(string, 'Client id of the managed identity.'),
})

const workloadIdentity = schema({
  client_id: required(string, 'Client id of the workload identity.'),
  tenant_id: required(string, 'Tenant of the workload identity.'),
  token_file_path: optional(string, '', 'File with the token; empty: where Azure mounts it.'),
})

const oauth = schema({
  client_id: required(string, 'Client id of the application.'),
  client_secret: required(secret, 'Secret of the application.'),
  tenant_id: required(string, 'Tenant of the application.'),
})

const sdk = schema({ tenant_id: required(string, 'Tenant to log in to.') })

const uuid = /^(urn:uuid:)?[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/i
const tenant = /^[a-zA-Z.\d-]+$/
const clouds = ['AzureChina', 'AzureGovernment', 'AzurePublic']

export const azureAd = schema(
  {
    managed_identity: block(managedIdentity, 'Logs in with a managed identity.'),
    workload_identity: block(workloadIdentity, 'Logs in with a workload identity.'),
    oauth: block(oauth, 'Logs in as an application.'),
    sdk: block(sdk, 'Logs in as the Azure SDK does.'),
    cloud: optional(string, 'AzurePublic', 'Cloud: AzurePublic, AzureChina or AzureGovernment.'),
    scope: optional(string, '', 'Scope to ask for; empty: that of the cloud.'),
  },
  {
    check: ({ cloud, managed_identity, workload_identity, oauth, sdk }, fail) => {
      if (!clouds.includes(cloud)) {
        return fail('must provide a cloud in the Azure AD config', 'cloud')
      }
      const ways = [managed_identity, workload_identity, oauth, sdk].filter((way) => way)
      if (ways.length === 0) {
        return fail(
          'must provide an Azure Managed Identity, Azure Workload Identity, ' +
            'Azure OAuth or Azure SDK in the Azure AD config',
        )
      }
      if (ways.length > 1) {
        return fail('cannot provide multiple authentication methods in the Azure AD config')
      }
      const problem =
        (managed_identity && clientIdProblem('Managed Identity', managed_identity.client_id)) ??
        (workload_identity && workloadProblem(workload_identity)) ??
        (oauth && oauthProblem(oauth)) ??
        (sdk && tenantProblem('SDK', sdk.tenant_id))
      if (problem !== undefined) fail(problem)
    },
  },
)

function clientIdProblem(way: string, id: string): string | undefined {
  if (id === '') return `must provide an Azure ${way} client_id in the Azure AD config`
  return uuid.test(id) ? undefined : `the provided Azure ${way} client_id is invalid`
}

function tenantProblem(way: string, id: string): string | undefined {
  if (id === '') return `must provide an Azure ${way} tenant_id in the Azure AD config`
  return tenant.test(id) ? undefined : `the provided Azure ${way} tenant_id is invalid`
}

function workloadProblem(identity: { client_id: string; tenant_id: string }): string | undefined {
  const { client_id: client, tenant_id } = identity
  if (client === '') return clientIdProblem('Workload Identity', client)
  if (tenant_id === '') return tenantProblem('Workload Identity', tenant_id)
  return (
    clientIdProblem('Workload Identity', client) ?? tenantProblem('Workload Identity', tenant_id)
  )
}

function oauthProblem(oauth: {
  client_id: string
  client_secret: { reveal(): string }
  tenant_id: string
}): string | undefined {
  const { client_id: client, tenant_id } = oauth
  if (client === '') return clientIdProblem('OAuth', client)
  if (oauth.client_secret.reveal() === '') {
    return 'must provide an Azure OAuth client_secret in the Azure AD config'
  }
  if (tenant_id === '') return tenantProblem('OAuth', tenant_id)
  return clientIdProblem('OAuth', client) ?? tenantProblem('OAuth', tenant_id)
}

export const googleIam = schema({
  credentials_file: optional(string, '', 'File with the credentials; empty: the default ones.'),
})
