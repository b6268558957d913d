// The configurations that a command line names: files, directories, patterns, standard input.

import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { describe } from '../engine/describe.ts'

/** One configuration. */
export interface ConfigPath {
  readonly kind: 'file' | 'directory' | 'stdin'
  /** As diagnostics show it. */
  readonly path: string
}

export interface UnreadablePath {
  readonly kind: 'unreadable'
  readonly path: string
  readonly reason: string
}

export const stdinName = '<stdin>'

const magic = /[*?[\]{}!]/

/**
 * What the words mean, each once, in their order; what a pattern or a directory gives in the order
 * of names. A directory is one configuration, with `recursive` every `*.alloy` file below it is.
 */
export async function expandPaths(
  words: readonly string[],
  recursive: boolean,
): Promise<readonly (ConfigPath | UnreadablePath)[]> {
  const found = new Map<string, ConfigPath | UnreadablePath>()
  for (const word of words) {
    for (const each of await expand(word, recursive)) {
      if (!found.has(each.path)) found.set(each.path, each)
    }
  }
  return [...found.values()]
}

async function expand(
  word: string,
  recursive: boolean,
): Promise<readonly (ConfigPath | UnreadablePath)[]> {
  if (word === '-') return [{ kind: 'stdin', path: stdinName }]
  try {
    const isDirectory = (await stat(word)).isDirectory()
    if (!isDirectory) return [{ kind: 'file', path: word }]
    if (!recursive) return [{ kind: 'directory', path: word }]
    return filesBelow(word)
  } catch (error) {
    const isPattern = magic.test(word) && (error as NodeJS.ErrnoException).code === 'ENOENT'
    return isPattern
      ? matching(word)
      : [{ kind: 'unreadable', path: word, reason: describe(error) }]
  }
}

async function matching(pattern: string): Promise<readonly (ConfigPath | UnreadablePath)[]> {
  const { default: glob } = await import('fast-glob')
  const paths = await glob(pattern)
  if (paths.length === 0) {
    return [{ kind: 'unreadable', path: pattern, reason: `no file matches ${pattern}` }]
  }
  return paths.sort(byBytes).map((path) => ({ kind: 'file', path }))
}

/** Hidden directories and those of npm hold nobody's configurations. */
async function filesBelow(directory: string): Promise<readonly (ConfigPath | UnreadablePath)[]> {
  const entries = await readdir(directory, { withFileTypes: true })
  const found: (ConfigPath | UnreadablePath)[] = []
  for (const entry of entries.sort((a, b) => byBytes(a.name, b.name))) {
    const path = join(directory, entry.name)
    if (entry.isDirectory()) {
      const isForeign = entry.name.startsWith('.') || entry.name === 'node_modules'
      if (!isForeign) found.push(...(await filesBelow(path)))
    } else if (entry.name.endsWith('.alloy')) found.push({ kind: 'file', path })
  }
  return found
}

function byBytes(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b))
}
