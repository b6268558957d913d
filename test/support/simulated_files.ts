// A disk in memory that fills up, fails and loses power when told to.

import { basename, dirname } from 'node:path'
import type { Files, ReadableFile, WritableFile } from '../../src/storage/files.ts'

interface Content {
  bytes: Uint8Array
  /** What outlasts a loss of power. */
  synced: number
}

export class SimulatedFiles implements Files {
  readonly contents = new Map<string, Content>()
  readonly touched = new Map<string, number>()
  readonly #folders = new Set<string>()
  /** Of all files together. */
  capacityBytes = Number.POSITIVE_INFINITY
  /** The next calls of `sync` fail. */
  failsToSync = false
  syncs = 0

  get usedBytes(): number {
    let sum = 0
    for (const { bytes } of this.contents.values()) sum += bytes.length
    return sum
  }

  list(folder: string): readonly string[] {
    const names = new Set<string>()
    for (const path of [...this.contents.keys(), ...this.#folders]) {
      if (path.startsWith(`${folder}/`)) names.add(path.slice(folder.length + 1).split('/')[0]!)
    }
    return [...names].sort()
  }

  makeFolder(folder: string): void {
    this.#folders.add(folder)
  }

  openToRead(path: string): ReadableFile {
    const content = this.#at(path)
    return {
      get size() {
        return content.bytes.length
      },
      read(out, at) {
        const part = content.bytes.subarray(at, at + out.length)
        out.set(part)
        return part.length
      },
      close: () => {},
    }
  }

  create(path: string): WritableFile {
    const content: Content = { bytes: new Uint8Array(0), synced: 0 }
    this.contents.set(path, content)
    return {
      write: (bytes) => {
        const room = Math.max(0, this.capacityBytes - this.usedBytes)
        const part = bytes.subarray(0, room)
        content.bytes = Uint8Array.from(Buffer.concat([content.bytes, part]))
        if (part.length < bytes.length) throw failure('ENOSPC', path)
      },
      truncate: (size) => {
        content.bytes = content.bytes.slice(0, size)
        content.synced = Math.min(content.synced, size)
      },
      sync: async () => this.#sync(content, path),
      syncNow: () => this.#sync(content, path),
      close: () => {},
    }
  }

  createOnce(path: string, content: string): boolean {
    if (this.contents.has(path)) return false
    this.create(path).write(Buffer.from(content))
    return true
  }

  touchedMs(path: string): number | undefined {
    return this.contents.has(path) ? (this.touched.get(path) ?? 0) : undefined
  }

  touch(path: string, nowMs: number): void {
    this.#at(path)
    this.touched.set(path, nowMs)
  }

  rename(from: string, to: string): void {
    const content = this.contents.get(from)
    if (content === undefined) {
      for (const path of [...this.contents.keys()]) {
        if (!path.startsWith(`${from}/`)) continue
        this.contents.set(to + path.slice(from.length), this.#at(path))
        this.contents.delete(path)
      }
      this.#folders.delete(from)
      this.#folders.add(to)
      return
    }
    this.contents.set(to, content)
    this.contents.delete(from)
  }

  remove(path: string): void {
    for (const known of [...this.contents.keys()]) {
      if (known === path || known.startsWith(`${path}/`)) this.contents.delete(known)
    }
    this.#folders.delete(path)
  }

  syncFolder(): void {}

  copyFolder(from: string, to: string): void {
    this.makeFolder(to)
    for (const [path, { bytes, synced }] of [...this.contents]) {
      if (!path.startsWith(`${from}/`)) continue
      this.contents.set(to + path.slice(from.length), { bytes: bytes.slice(), synced })
    }
  }

  /** What is not synced goes; `keep` says how many bytes of it stay all the same. */
  losePower(keep: (unsynced: number, path: string) => number): void {
    for (const [path, content] of this.contents) {
      const unsynced = content.bytes.length - content.synced
      content.bytes = content.bytes.slice(0, content.synced + keep(unsynced, path))
    }
  }

  /** Changes one byte. */
  flip(path: string, at: number): void {
    this.#at(path).bytes[at]! ^= 0x55
  }

  cut(path: string, size: number): void {
    const content = this.#at(path)
    content.bytes = content.bytes.slice(0, size)
  }

  #sync(content: Content, path: string): void {
    this.syncs++
    if (this.failsToSync) throw failure('EIO', path)
    content.synced = content.bytes.length
  }

  #at(path: string): Content {
    const content = this.contents.get(path)
    if (content === undefined) throw failure('ENOENT', path)
    return content
  }
}

function failure(code: string, path: string): Error {
  const text = `${code}: ${basename(path)} in ${dirname(path)}`
  return Object.assign(new Error(text), { code })
}
