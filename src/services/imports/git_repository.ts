// A clone that follows a revision: what is checked out is what the revision names.
// Source of the behaviour: alloy/internal/vcs/git.go.

import { existsSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { isAbsolute, join, resolve } from 'node:path'
import { removeTree } from '../../storage/private_files.ts'
import { type GitOptions, git } from './git_program.ts'

/** The remote could not be reached; what was checked out before is still there. */
export class FetchFailed extends Error {
  override readonly name = 'FetchFailed'
}

/** Names that mean something else to each clone. */
const localNames: ReadonlySet<string> = new Set([
  'HEAD',
  'FETCH_HEAD',
  'ORIG_HEAD',
  'MERGE_HEAD',
  'CHERRY_PICK_HEAD',
])

/**
 * Clones, or fetches, and checks the revision out: a tag before a branch before a commit. Rejects
 * with `FetchFailed` where an earlier clone can be used.
 */
export async function checkOut(
  directory: string,
  { repository, revision }: { readonly repository: string; readonly revision: string },
  options: GitOptions,
): Promise<void> {
  if (localNames.has(revision)) throw new Error(`invalid revision ${revision}`)
  const origin = addressOf(repository)
  const run = (...args: string[]) => git(directory, args, options)
  await mkdir(directory, { recursive: true })
  const isCloned = await hasOrigin(directory, origin, run)
  if (!isCloned) {
    await removeTree(directory)
    await mkdir(directory, { recursive: true })
    await run('init', '--quiet')
    await run('config', 'remote.origin.url', origin)
  }
  // Of a command that was killed.
  await removeTree(join(directory, '.git', 'index.lock'))
  let failure: unknown
  try {
    const everything = ['+refs/heads/*:refs/remotes/origin/*', '+refs/tags/*:refs/tags/*']
    await run('fetch', '--quiet', '--force', '--prune', '--no-tags', 'origin', ...everything)
  } catch (error) {
    failure = error
  }
  const commit = await commitOf(revision, run)
  if (commit === undefined) {
    throw failure ?? new Error(`reference not found: ${revision}`)
  }
  await run('checkout', '--quiet', '--force', '--detach', commit)
  if (existsSync(join(directory, '.gitmodules'))) {
    await run('submodule', '--quiet', 'update', '--init', '--recursive', '--force')
  }
  if (failure !== undefined) {
    throw new FetchFailed('failed to update git repository', { cause: failure })
  }
}

type Run = (...args: string[]) => Promise<string>

async function hasOrigin(directory: string, origin: string, run: Run): Promise<boolean> {
  if (!existsSync(join(directory, '.git'))) return false
  try {
    return (await run('config', '--get', 'remote.origin.url')) === origin
  } catch {
    // The clone was not even begun.
    return false
  }
}

async function commitOf(revision: string, run: Run): Promise<string | undefined> {
  for (const name of [`refs/tags/${revision}`, `refs/remotes/origin/${revision}`, revision]) {
    try {
      return await run('rev-parse', '--verify', '--quiet', '--end-of-options', `${name}^{commit}`)
    } catch {
      // There is none of that name.
    }
  }
  return undefined
}

/** Paths are relative to where the program runs, not to the clone. */
function addressOf(repository: string): string {
  if (isAbsolute(repository) || URL.canParse(repository)) return repository
  return /^\.{0,2}\//.test(repository) || existsSync(repository) ? resolve(repository) : repository
}
