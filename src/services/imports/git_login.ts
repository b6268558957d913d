// How git logs in: by variables of its environment, which other users cannot see.

import type { declaration } from '../../components/config/import/git.ts'
import type { Arguments } from '../../schema/declaration.ts'
import { type PrivateFile, withPrivateFiles } from '../../storage/private_files.ts'

type Args = Arguments<typeof declaration>

type Environment = Readonly<Record<string, string>>

const connectTimeoutSeconds = 30

/** Calls `use` with what to set; files for it last until that has settled. */
export function withLogin<T>(args: Args, use: (login: Environment) => Promise<T>): Promise<T> {
  const { basic_auth, repository, ssh_key } = args
  if (basic_auth !== undefined) return use(basicLogin(repository, basic_auth))
  if (ssh_key !== undefined) return withKey(repository, ssh_key, use)
  return use({ GIT_SSH_COMMAND: `${ssh} -o BatchMode=yes` })
}

const ssh = `ssh -o ConnectTimeout=${connectTimeoutSeconds}`

/** For the server of the repository alone, where submodules may be too. */
function basicLogin(repository: string, basic: NonNullable<Args['basic_auth']>): Environment {
  if (!URL.canParse(repository)) return {}
  const { protocol, host } = new URL(repository)
  const login = Buffer.from(`${basic.username}:${basic.password.reveal()}`).toString('base64')
  return {
    GIT_CONFIG_COUNT: '1',
    GIT_CONFIG_KEY_0: `http.${protocol}//${host}/.extraHeader`,
    GIT_CONFIG_VALUE_0: `Authorization: Basic ${login}`,
  }
}

function withKey<T>(
  repository: string,
  { key, key_file, passphrase, username }: NonNullable<Args['ssh_key']>,
  use: (login: Environment) => Promise<T>,
): Promise<T> {
  const files = new Map<string, PrivateFile>()
  // OpenSSH refuses a key without a line break at its end.
  if (key !== undefined) files.set('key', { content: `${key.reveal().trimEnd()}\n` })
  if (passphrase !== undefined) {
    const content = '#!/bin/sh\nprintf "%s\\n" "$ALLOYTS_PASSPHRASE"\n'
    files.set('ask', { content, isProgram: true })
  }
  return withPrivateFiles(files, (folder) => {
    const path = key === undefined ? key_file : `${folder}/key`
    const user = hasUser(repository) ? '' : ` -l ${quoted(username)}`
    const batch = passphrase === undefined ? ' -o BatchMode=yes' : ''
    return use({
      GIT_SSH_COMMAND: `${ssh} -i ${quoted(path)} -o IdentitiesOnly=yes${batch}${user}`,
      ...(passphrase && {
        ALLOYTS_PASSPHRASE: passphrase.reveal(),
        SSH_ASKPASS: `${folder}/ask`,
        SSH_ASKPASS_REQUIRE: 'force',
      }),
    })
  })
}

/** `git@host:path`, or a URL with a user. */
function hasUser(repository: string): boolean {
  return URL.canParse(repository) ? new URL(repository).username !== '' : repository.includes('@')
}

/** For the shell that git runs the command with. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`
}
