// Files in memory, and the news of their changes.

import type { FileReader } from '../../src/engine/sources.ts'
import type { WatchPath } from '../../src/storage/watch_path.ts'

export class MemoryFiles implements FileReader {
  readonly texts = new Map<string, string>()
  readonly #watchers = new Set<{ readonly path: string; readonly changed: () => void }>()

  async stat(path: string): Promise<'file' | 'directory'> {
    if (this.texts.has(path)) return 'file'
    if (this.#below(path).length > 0) return 'directory'
    throw notThere('stat', path)
  }

  async read(path: string): Promise<Uint8Array> {
    const text = this.texts.get(path)
    if (text === undefined) throw notThere('open', path)
    return Buffer.from(text)
  }

  async files(directory: string): Promise<readonly string[]> {
    return this.#below(directory).map((path) => path.slice(directory.length + 1))
  }

  readonly watch: WatchPath = (path, changed) => {
    const watcher = { path, changed }
    this.#watchers.add(watcher)
    return { rearm: () => {}, close: () => this.#watchers.delete(watcher) }
  }

  get watched(): readonly string[] {
    return [...this.#watchers].map(({ path }) => path).sort()
  }

  /** Writes, or deletes where there is no text, and tells who watches. */
  write(path: string, text?: string): void {
    if (text === undefined) this.texts.delete(path)
    else this.texts.set(path, text)
    for (const watcher of this.#watchers) {
      if (path === watcher.path || path.startsWith(`${watcher.path}/`)) watcher.changed()
    }
  }

  #below(directory: string): string[] {
    return [...this.texts.keys()].filter((path) => path.startsWith(`${directory}/`))
  }
}

function notThere(syscall: string, path: string): Error {
  const error = new Error(`ENOENT: no such file or directory, ${syscall} '${path}'`)
  return Object.assign(error, { code: 'ENOENT', errno: -2, syscall, path })
}
