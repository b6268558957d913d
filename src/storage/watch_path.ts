// Notices changes of a file or a folder by watching the folder that it is in: a watch on the file
// itself would follow the old inode when the file is replaced by a rename, which is how editors and
// Kubernetes write.

import { type FSWatcher, statSync, watch } from 'node:fs'
import { basename, dirname, resolve } from 'node:path'

export interface PathWatch {
  /** Watches again where something was gone. */
  rearm(): void
  close(): void
}

export type WatchPath = (path: string, changed: () => void) => PathWatch

/**
 * Calls back for everything that may have changed the file, or what lies directly in the folder.
 * What links lead to elsewhere is not watched; a poll has to look at that.
 */
export const watchPath: WatchPath = (path, changed) => {
  const target = resolve(path)
  const name = basename(target)
  // `..data` is the link that Kubernetes turns to publish new files of a volume.
  const isOurs = (entry: string | null) => entry === null || entry === name || entry === '..data'
  const around = new Watched(dirname(target), isOurs, changed)
  const inside = new Watched(target, () => true, changed)
  const rearm = () => {
    around.arm()
    if (isFolder(target)) inside.arm()
  }
  rearm()
  return {
    rearm,
    close: () => {
      around.close()
      inside.close()
    },
  }
}

class Watched {
  readonly #folder: string
  readonly #isOurs: (entry: string | null) => boolean
  readonly #changed: () => void
  #watcher: FSWatcher | undefined

  constructor(folder: string, isOurs: (entry: string | null) => boolean, changed: () => void) {
    this.#folder = folder
    this.#isOurs = isOurs
    this.#changed = changed
  }

  arm(): void {
    if (this.#watcher !== undefined) return
    try {
      this.#watcher = watch(this.#folder, { persistent: false }, (_, entry) => {
        if (this.#isOurs(entry)) this.#changed()
      })
    } catch {
      // The folder is not there; the next poll tries again.
      return
    }
    this.#watcher.on('error', () => {
      this.close()
      this.#changed()
    })
  }

  close(): void {
    this.#watcher?.close()
    this.#watcher = undefined
  }
}

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory()
  } catch {
    return false
  }
}
