// Small files that only this user may read, for programs that take secrets by file only.

import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export interface PrivateFile {
  readonly content: string
  readonly isProgram?: boolean
}

/** Writes files into a new folder, and takes them away when `use` has settled. */
export async function withPrivateFiles<T>(
  files: ReadonlyMap<string, PrivateFile>,
  use: (folder: string) => Promise<T>,
): Promise<T> {
  // The folder is made for this user alone.
  const folder = await mkdtemp(join(tmpdir(), 'alloyts-'))
  try {
    for (const [name, { content, isProgram = false }] of files) {
      await writeFile(join(folder, name), content, { mode: isProgram ? 0o700 : 0o600 })
    }
    return await use(folder)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** Whether or not there is anything. */
export async function removeTree(path: string): Promise<void> {
  await rm(path, { recursive: true, force: true, maxRetries: 3 })
}
