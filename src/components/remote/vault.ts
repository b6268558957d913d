// remote.vault: reads a secret from HashiCorp Vault and exports it.

import { quote } from '../../go/quote.ts'
import { map } from '../../schema/composites.ts'
import { declare, exported } from '../../schema/declaration.ts'
import { bool, int, secret, string } from '../../schema/scalars.ts'
import { choice, defaultedBlock, optional, required, schema } from '../../schema/schema.ts'
import { duration } from '../../schema/texts.ts'

const clientOptions = schema(
  {
    min_retry_wait: optional(duration, '1s', 'Shortest time between two tries.'),
    max_retry_wait: optional(duration, '1.5s', 'Longest time between two tries.'),
    max_retries: optional(int, 2, 'Tries after a first that failed.'),
    timeout: optional(duration, '1m0s', 'Time after which a request has failed.'),
  },
  { defaultsFrom: 'parent' },
)

const token = schema({
  token: required(secret, 'Token to log in with.'),
})

const approle = schema({
  role_id: required(string, 'Id of the role.'),
  secret: required(secret, 'Secret of the role.'),
  wrapping_token: optional(bool, false, 'Whether the secret is a wrapping token.'),
  mount_path: optional(string, 'approle', 'Where the method is mounted.'),
})

const aws = schema(
  {
    type: required(string, 'How to log in: ec2 or iam.', { default: 'iam' }),
    region: optional(string, 'us-east-1', 'AWS region.'),
    role: optional(string, '', 'Role of the Vault.'),
    iam_server_id_header: optional(string, '', 'Value of the header that names the server.'),
    ec2_signature_type: optional(
      string,
      'pkcs7',
      'Signature of the machine: pkcs7, identity or rsa2048.',
    ),
    mount_path: optional(string, 'aws', 'Where the method is mounted.'),
  },
  {
    check: ({ type }, fail) => {
      if (type !== 'ec2' && type !== 'iam')
        fail(`unrecognized type ${quote(type)}, expected one of ec2,iam`, 'type')
    },
  },
)

const azure = schema({
  role: required(string, 'Role of the Vault.'),
  resource_url: optional(
    string,
    'https://management.azure.com/',
    'Resource that the token is for.',
  ),
  mount_path: optional(string, 'azure', 'Where the method is mounted.'),
})

const gcp = schema(
  {
    role: required(string, 'Role of the Vault.'),
    type: required(string, 'How to log in: gce or iam.', { default: 'gce' }),
    iam_service_account: optional(string, '', 'Service account, for iam.'),
    mount_path: optional(string, 'gcp', 'Where the method is mounted.'),
  },
  {
    check: ({ type }, fail) => {
      if (type !== 'gce' && type !== 'iam')
        fail(`unrecognized type ${quote(type)}, expected one of gce,iam`, 'type')
    },
  },
)

const kubernetes = schema({
  role: required(string, 'Role of the Vault.'),
  service_account_file: optional(
    string,
    '/var/run/secrets/kubernetes.io/serviceaccount/token',
    'File that holds the token of the service account.',
  ),
  mount_path: optional(string, 'kubernetes', 'Where the method is mounted.'),
})

const ldap = schema({
  username: required(string, 'User name.'),
  password: required(secret, 'Password.'),
  mount_path: optional(string, 'ldap', 'Where the method is mounted.'),
})

const userpass = schema({
  username: required(string, 'User name.'),
  password: required(secret, 'Password.'),
  mount_path: optional(string, 'userpass', 'Where the method is mounted.'),
})

const custom = schema({
  path: required(string, 'Path to write to.'),
  data: required(map(secret), 'Data to write.'),
  namespace: optional(string, '', 'Namespace to log in to.'),
})

const componentArguments = schema(
  {
    server: required(string, 'Address of the Vault server.'),
    namespace: optional(string, '', 'Namespace to read from.'),
    path: required(string, 'Path of the secret.'),
    key: optional(string, '', 'Key of the secret, where it is not part of the path.'),
    reread_frequency: optional(
      duration,
      '0s',
      'Time after which the secret is read again; 0s: only when its lease ends.',
    ),
    client_options: defaultedBlock(clientOptions, 'How requests are tried again.'),
    auth: choice(
      { token, approle, aws, azure, gcp, kubernetes, ldap, userpass, custom },
      'How to log in: exactly one of these.',
    ),
  },
  {
    check: ({ auth, client_options }, fail) => {
      if (auth.length !== 1) {
        const found = auth.length === 0 ? 'none' : auth.length
        return fail(`exactly one auth.* block must be specified; found ${found}`)
      }
      if (client_options.timeout === 0) fail('client_options.timeout must be greater than 0')
    },
  },
)

export const declaration = declare({
  name: 'remote.vault',
  stability: 'generally-available',
  summary: 'Reads a secret from HashiCorp Vault and exports it.',
  accepts: [],
  emits: [],
  arguments: componentArguments,
  exports: { data: exported(map(secret), 'The values of the secret, by key.') },
  metrics: {},
})
