// Notices changes of one file by watching its folder: a watch on the file itself would follow the
// old inode when the file is replaced by a rename, which is how editors and Kubernetes write.

import { type FSWatcher, watch } from 'node:fs'
import { basename, dirname } from 'node:path'

export interface FileWatch {
  /** Watches again where the folder was gone. */
  rearm(): void
  close(): void
}

/** Calls back for everything that may have changed the file. */
export function watchFile(path: string, changed: () => void): FileWatch {
  const name = basename(path)
  let watcher: FSWatcher | undefined
  const rearm = () => {
    if (watcher !== undefined) return
    try {
      watcher = watch(dirname(path), { persistent: false }, (_, entry) => {
        // `..data` is the link that Kubernetes turns to publish new files of a volume.
        if (entry === null || entry === name || entry === '..data') changed()
      })
    } catch {
      // The folder is not there; the next poll tries again.
      return
    }
    watcher.on('error', () => {
      close()
      changed()
    })
  }
  const close = () => {
    watcher?.close()
    watcher = undefined
  }
  rearm()
  return { rearm, close }
}
