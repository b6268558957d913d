// The storage path of an installation and who it says it is.

import { randomUUID } from 'node:crypto'
import { chmod, mkdir, readFile, stat, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { formatRfc3339 } from '../go/rfc3339.ts'
import type { Clock } from '../model/clock.ts'

export interface Installation {
  /** A UUID that stays with the storage path. */
  readonly uid: string
  /** Absolute or relative, as given. */
  readonly storagePath: string
}

/**
 * Creates what upstream creates in the storage path, with its modes, and reads `alloy_seed.json`,
 * writing a new one where there is none that can be read. Rejects with the file system's error.
 */
export async function openInstallation(
  storagePath: string,
  { clock, version }: { clock: Clock; version: string },
): Promise<Installation> {
  await createDir(storagePath)
  await createDir(join(storagePath, 'remotecfg'))
  const file = join(storagePath, 'alloy_seed.json')
  const known = await uidIn(file)
  if (known !== undefined) return { uid: known, storagePath }
  const uid = randomUUID()
  const seed = { UID: uid, created_at: formatRfc3339(clock.now()), version }
  await writeFile(file, JSON.stringify(seed))
  await chmod(file, 0o644)
  return { uid, storagePath }
}

/** Not `recursive`: where /proc refuses a folder, Node tries for ever and cannot be stopped. */
async function createDir(path: string): Promise<void> {
  try {
    await mkdir(path, { mode: 0o750 })
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'EEXIST' && (await stat(path)).isDirectory()) return
    const parent = dirname(path)
    if (code !== 'ENOENT' || parent === path) throw error
    const before = await stat(parent).catch(() => undefined)
    if (before !== undefined) throw error
    await createDir(parent)
    await mkdir(path, { mode: 0o750 })
  }
  await chmod(path, 0o750)
}

async function uidIn(file: string): Promise<string | undefined> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined
    throw error
  })
  if (text === undefined) return undefined
  try {
    const seed: unknown = JSON.parse(text)
    if (typeof seed !== 'object' || seed === null || !('UID' in seed)) return undefined
    return typeof seed.UID === 'string' && seed.UID !== '' ? seed.UID : undefined
  } catch {
    // A torn or foreign file gives a new identity rather than a program that does not start.
    return undefined
  }
}
