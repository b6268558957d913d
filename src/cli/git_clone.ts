// Clones of repositories that import.git names, for a check: they are taken away afterwards.

import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, relative, resolve } from 'node:path'
import type { declaration } from '../components/config/import/git.ts'
import { withoutUserInfo } from '../engine/describe.ts'
import { systemClock } from '../model/clock.ts'
import type { Arguments } from '../schema/declaration.ts'
import type { Decoded, Fields } from '../schema/schema.ts'
import { withLogin } from '../services/imports/git_login.ts'
import { checkOut } from '../services/imports/git_repository.ts'

export interface Clone {
  readonly directory: string
  /** What is imported, inside it. */
  readonly path: string
  /** Removes it. */
  close(): Promise<void>
}

/** `args` as the declaration of import.git decodes them. Rejects with what git says. */
export async function cloneImport(args: Decoded<Fields>): Promise<Clone> {
  const decoded = args as Arguments<typeof declaration>
  const folder = await mkdtemp(join(tmpdir(), 'alloyts-import-'))
  const close = () => rm(folder, { recursive: true, force: true })
  const directory = join(folder, 'repository')
  const path = resolve(directory, decoded.path)
  try {
    if (relative(directory, path).startsWith('..')) {
      throw new Error(`${decoded.path} is outside the repository`)
    }
    await clone(decoded, directory)
    return { directory, path, close }
  } catch (error) {
    await close()
    throw error
  }
}

async function clone(args: Arguments<typeof declaration>, directory: string): Promise<void> {
  const { signal } = new AbortController()
  try {
    await withLogin(args, (environment) => {
      return checkOut(directory, args, { clock: systemClock, signal, environment })
    })
  } catch (cause) {
    throw new Error(`cannot clone ${withoutUserInfo(args.repository)}`, { cause })
  }
}
