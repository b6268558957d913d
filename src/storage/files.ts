// Files as logs need them: the one place that renames, syncs and deletes. A port: in tests a twin
// in memory stands for the disk, which fills up and loses power when told to.

import {
  closeSync,
  constants,
  cpSync,
  fdatasync,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readdirSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
  writeSync,
} from 'node:fs'

/** All throw errors with the `code` of Node.js: ENOENT, ENOSPC, … */
export interface Files {
  /** Names in a folder, sorted; none where there is no folder. */
  list(folder: string): readonly string[]
  makeFolder(folder: string): void
  openToRead(path: string): ReadableFile
  /** Creates a file, or empties the one that is there. */
  create(path: string): WritableFile
  /** Writes a new file; false where there is one already. */
  createOnce(path: string, content: string): boolean
  /** Unix time in ms of the last write or touch; undefined where there is no file. */
  touchedMs(path: string): number | undefined
  /** Says that a file is in use now. */
  touch(path: string, nowMs: number): void
  /** Replaces what may be at `to`, which outlasts a loss of power once the folder is synced. */
  rename(from: string, to: string): void
  /** Whether or not there is anything. */
  remove(path: string): void
  syncFolder(folder: string): void
  /** A folder with all that is in it. */
  copyFolder(from: string, to: string): void
}

export interface ReadableFile {
  readonly size: number
  /** Fills `out` from a place of the file and returns how many bytes there were. */
  read(out: Uint8Array, at: number): number
  close(): void
}

export interface WritableFile {
  /** Hands all bytes to the system, behind what was written before, or throws. */
  write(bytes: Uint8Array): void
  /** Cuts off what is behind a size; the next write goes there. */
  truncate(size: number): void
  /** Resolves when what was written outlasts a loss of power. */
  sync(): Promise<void>
  /** The same at once. */
  syncNow(): void
  close(): void
}

/** Bytes of a new segment are for this user and group, as Alloy has it. */
const fileMode = 0o644

export const diskFiles: Files = {
  list(folder) {
    try {
      return readdirSync(folder).sort()
    } catch (error) {
      if (codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR') return []
      throw error
    }
  },
  makeFolder: (folder) => void mkdirSync(folder, { recursive: true }),
  openToRead: (path) => new DiskFile(openSync(path, constants.O_RDONLY)),
  create: (path) => new DiskFile(openSync(path, 'w+', fileMode)),
  createOnce(path, content) {
    try {
      writeFileSync(path, content, { flag: 'wx', mode: fileMode })
      return true
    } catch (error) {
      if (codeOf(error) === 'EEXIST') return false
      throw error
    }
  },
  touchedMs: (path) => statSync(path, { throwIfNoEntry: false })?.mtimeMs,
  touch: (path, nowMs) => utimesSync(path, nowMs / 1000, nowMs / 1000),
  rename: renameSync,
  remove: (path) => rmSync(path, { recursive: true, force: true, maxRetries: 3 }),
  syncFolder(folder) {
    // Not every system lets a folder be synced, or even opened.
    try {
      const fd = openSync(folder, constants.O_RDONLY)
      try {
        fsyncSync(fd)
      } finally {
        closeSync(fd)
      }
    } catch (error) {
      if (!['EPERM', 'EISDIR', 'EINVAL', 'EACCES'].includes(codeOf(error))) throw error
    }
  },
  copyFolder: (from, to) => cpSync(from, to, { recursive: true, errorOnExist: true, force: false }),
}

class DiskFile implements ReadableFile, WritableFile {
  readonly #fd: number
  #at = 0

  constructor(fd: number) {
    this.#fd = fd
  }

  get size(): number {
    return fstatSync(this.#fd).size
  }

  read(out: Uint8Array, at: number): number {
    let done = 0
    while (done < out.length) {
      const count = readSync(this.#fd, out, done, out.length - done, at + done)
      if (count === 0) break
      done += count
    }
    return done
  }

  write(bytes: Uint8Array): void {
    let done = 0
    while (done < bytes.length) {
      const count = writeSync(this.#fd, bytes, done, bytes.length - done, this.#at)
      done += count
      this.#at += count
    }
  }

  truncate(size: number): void {
    ftruncateSync(this.#fd, size)
    this.#at = size
  }

  sync(): Promise<void> {
    return new Promise((resolve, reject) => {
      fdatasync(this.#fd, (error) => (error === null ? resolve() : reject(error)))
    })
  }

  syncNow(): void {
    fsyncSync(this.#fd)
  }

  close(): void {
    closeSync(this.#fd)
  }
}

/** The `code` of an error of the system, '' where it has none. */
export function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : ''
}
