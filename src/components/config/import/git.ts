// import.git: modules from a Git repository.

import { declareBlock } from '../../../schema/declaration.ts'
import { secret, string } from '../../../schema/scalars.ts'
import { block, optional, required, schema } from '../../../schema/schema.ts'
import { duration } from '../../../schema/texts.ts'

const basicAuth = schema({
  username: required(string, 'User name for the repository.'),
  password: required(secret, 'Password for the repository.'),
})

const sshKey = schema({
  username: required(string, 'User name for the repository.'),
  key: optional(secret, undefined, 'Private key, as text.'),
  key_file: optional(string, '', 'File with the private key.'),
  passphrase: optional(secret, undefined, 'Passphrase of the private key.'),
})

export const declaration = declareBlock({
  name: 'import.git',
  stability: 'generally-available',
  summary: 'Modules from a Git repository.',
  label: 'required',
  where: 'any',
  arguments: schema({
    repository: required(string, 'Address of the repository.'),
    revision: optional(string, 'main', 'Branch, tag or commit.'),
    path: required(string, 'Path inside the repository.'),
    pull_frequency: optional(duration, '1m', 'Time from one pull to the next.'),
    basic_auth: block(basicAuth, 'Logs in with a user name and password.'),
    ssh_key: block(sshKey, 'Logs in with a key.'),
  }),
})
