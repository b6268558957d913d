// The configuration's files: one, or all `*.alloy` files of a directory, combined into one unit.

import { isUtf8 } from 'node:buffer'
import { createHash } from 'node:crypto'
import { join } from 'node:path'

/** Reading files as a port. Errors are those of the operating system. */
export interface FileReader {
  stat(path: string): Promise<'file' | 'directory'>
  read(path: string): Promise<Uint8Array>
  /** Names of what lies directly in a directory, directories left out. */
  files(directory: string): Promise<readonly string[]>
}

export interface ConfigSource {
  /** The path, as diagnostics show it. */
  readonly name: string
  readonly bytes: Uint8Array
}

/** Throws with the reason alone: `stat x: no such file or directory`. */
export async function readSources(path: string, files: FileReader): Promise<ConfigSource[]> {
  const paths = (await files.stat(path)) === 'directory' ? await listed(path, files) : [path]
  const sources: ConfigSource[] = []
  for (const name of paths) sources.push({ name, bytes: checkEncoding(await files.read(name)) })
  return sources
}

/** SHA-256 over all contents in the order of names, in hex. */
export function hashSources(sources: readonly ConfigSource[]): string {
  const hash = createHash('sha256')
  for (const { bytes } of sources) hash.update(bytes)
  return hash.digest('hex')
}

/** Without those whose name and text are there before. */
export function distinctSources(sources: readonly ConfigSource[]): readonly ConfigSource[] {
  const known = new Map<string, Uint8Array[]>()
  return sources.filter(({ name, bytes }) => {
    const same = known.get(name) ?? []
    if (same.some((each) => Buffer.compare(each, bytes) === 0)) return false
    known.set(name, [...same, bytes])
    return true
  })
}

async function listed(directory: string, files: FileReader): Promise<string[]> {
  const names = (await files.files(directory)).filter((name) => name.endsWith('.alloy'))
  return names.sort().map((name) => join(directory, name))
}

/** Byte order marks, the longer ones first: that of UTF-16LE begins that of UTF-32LE. */
const foreignMarks: readonly (readonly [encoding: string, mark: readonly number[]])[] = [
  ['UTF32LittleEndian', [0xff, 0xfe, 0, 0]],
  ['UTF32BigEndian', [0, 0, 0xfe, 0xff]],
  ['UTF16LittleEndian', [0xff, 0xfe]],
  ['UTF16BigEndian', [0xfe, 0xff]],
]

/** The bytes, or an error where they are not UTF-8. */
export function checkEncoding(bytes: Uint8Array): Uint8Array {
  for (const [encoding, mark] of foreignMarks) {
    if (mark.every((byte, i) => bytes[i] === byte)) {
      throw new Error(`configuration is encoded with ${encoding} but must be utf8`)
    }
  }
  if (!isUtf8(bytes)) throw new Error('unknown encoding for config')
  return bytes
}
