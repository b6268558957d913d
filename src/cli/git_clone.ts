// Clones of repositories that import.git names, made by the git program.

import { execFile } from 'node:child_process'
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, relative, resolve } from 'node:path'
import { promisify } from 'node:util'
import type { declaration as git } from '../components/config/import/git.ts'
import { withoutUserInfo } from '../engine/describe.ts'
import type { BlockDeclaration } from '../schema/declaration.ts'
import type { Decoded, Fields } from '../schema/schema.ts'

export interface Clone {
  readonly directory: string
  /** What is imported, inside it. */
  readonly path: string
  /** Removes it. */
  close(): Promise<void>
}

type GitArguments = typeof git extends BlockDeclaration<infer F> ? Decoded<F> : never

/** A repository that takes longer is none that modules come from. */
const cloneTimeoutMs = 120_000

const run = promisify(execFile)

/** `args` as the declaration of import.git decodes them. Rejects with what git says. */
export async function cloneImport(args: Decoded<Fields>): Promise<Clone> {
  const { repository, revision, path, basic_auth, ssh_key } = args as GitArguments
  const folder = await mkdtemp(join(tmpdir(), 'alloyts-import-'))
  const close = () => rm(folder, { recursive: true, force: true })
  try {
    const directory = join(folder, 'repository')
    const environment = {
      ...process.env,
      GIT_TERMINAL_PROMPT: '0',
      GIT_ALLOW_PROTOCOL: 'file:git:http:https:ssh',
      ...loginVariables(basic_auth),
      ...(await sshVariables(ssh_key, folder)),
    }
    await clone(repository, revision, directory, environment)
    const target = resolve(directory, path)
    const isOutside = relative(directory, target).startsWith('..')
    if (isOutside) throw new Error(`${path} is outside the repository`)
    return { directory, path: target, close }
  } catch (error) {
    await close()
    throw error
  }
}

/** The tip of a branch or tag alone where it is one; a commit needs all of the history. */
async function clone(
  repository: string,
  revision: string,
  directory: string,
  env: NodeJS.ProcessEnv,
): Promise<void> {
  const options = { env, timeout: cloneTimeoutMs, killSignal: 'SIGKILL' } as const
  const names = ['--quiet', '--', repository, directory]
  try {
    await run('git', ['clone', '--depth=1', `--branch=${revision}`, ...names], options)
  } catch (first) {
    await rm(directory, { recursive: true, force: true })
    try {
      await run('git', ['clone', ...names], options)
      const inside = ['-C', directory, 'checkout', '--quiet', '--detach']
      await run('git', [...inside, `${revision}^{commit}`], options)
    } catch {
      throw new Error(gitMessage(first, repository))
    }
  }
}

/** What git has said, without the address and its user. */
function gitMessage(error: unknown, repository: string): string {
  const { stderr = '', killed = false } = error as { stderr?: string; killed?: boolean }
  const lines = stderr.split('\n').filter((line) => /^(?:fatal|error|warning): /.test(line))
  const reason = killed ? 'it takes longer than 2m0s' : (lines.at(-1) ?? 'git failed')
  const text = reason.replaceAll(repository, withoutUserInfo(repository))
  return `cannot clone ${withoutUserInfo(repository)}: ${withoutUserInfo(text)}`
}

/** By variables: other users of the machine see the words of a command. */
function loginVariables(login: GitArguments['basic_auth']): Record<string, string> {
  if (login === undefined) return {}
  const pair = Buffer.from(`${login.username}:${login.password.reveal()}`).toString('base64')
  return {
    GIT_CONFIG_COUNT: '1',
    GIT_CONFIG_KEY_0: 'http.extraHeader',
    GIT_CONFIG_VALUE_0: `Authorization: Basic ${pair}`,
  }
}

async function sshVariables(
  key: GitArguments['ssh_key'],
  folder: string,
): Promise<Record<string, string>> {
  if (key === undefined) return {}
  if (key.passphrase !== undefined) {
    throw new Error('keys with a passphrase are not read: give the repository by https')
  }
  let file = key.key_file
  if (key.key !== undefined) {
    file = join(folder, 'key')
    await writeFile(file, `${key.key.reveal().trimEnd()}\n`)
    await chmod(file, 0o600)
  }
  const options = '-o IdentitiesOnly=yes -o BatchMode=yes -o StrictHostKeyChecking=accept-new'
  return { GIT_SSH_COMMAND: `ssh -i ${shellWord(file)} -l ${shellWord(key.username)} ${options}` }
}

function shellWord(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`
}
