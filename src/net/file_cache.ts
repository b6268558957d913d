// Files that settings name: passwords, tokens, certificates. They are read again when they change.

import { readFile, stat } from 'node:fs/promises'

/** How long a file is taken for unchanged without a look. */
const checkIntervalMs = 500

/** A file that is longer is not a credential. */
const sizeMax = 16 * 1024 * 1024

/** One version of a file: the same object until the file changes. */
export interface FileVersion {
  readonly bytes: Uint8Array
  readonly text: string
}

interface Entry {
  readonly stamp: string
  readonly version: FileVersion
  checkedMs: number
}

/**
 * Reads files and remembers them. Hot: at most two calls of `stat` per file and second, one read
 * per change.
 */
export class FileCache {
  readonly #entries = new Map<string, Entry>()
  readonly #pending = new Map<string, Promise<FileVersion>>()

  /** Rejects with the error of the file system where the file cannot be read now. */
  read(path: string): FileVersion | Promise<FileVersion> {
    const entry = this.#entries.get(path)
    if (entry !== undefined && performance.now() - entry.checkedMs < checkIntervalMs) {
      return entry.version
    }
    const pending = this.#pending.get(path)
    if (pending !== undefined) return pending
    const check = this.#check(path).finally(() => this.#pending.delete(path))
    this.#pending.set(path, check)
    return check
  }

  async #check(path: string): Promise<FileVersion> {
    const { mtimeNs, ctimeNs, ino, size } = await stat(path, { bigint: true })
    if (size > sizeMax) throw new Error(`${path} has more than ${sizeMax} bytes`)
    const stamp = `${mtimeNs} ${ctimeNs} ${ino} ${size}`
    const known = this.#entries.get(path)
    if (known?.stamp === stamp) {
      known.checkedMs = performance.now()
      return known.version
    }
    const bytes = await readFile(path)
    const version = { bytes, text: bytes.toString('utf8') }
    this.#entries.set(path, { stamp, version, checkedMs: performance.now() })
    return version
  }
}
