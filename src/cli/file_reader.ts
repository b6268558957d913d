// The file system, as the engine reads configurations from it.

import { readdir, readFile, stat } from 'node:fs/promises'
import type { FileReader } from '../engine/sources.ts'

export const fileReader: FileReader = {
  stat: async (path) => ((await stat(path)).isDirectory() ? 'directory' : 'file'),
  read: (path) => readFile(path),
  files: async (directory) => {
    const entries = await readdir(directory, { withFileTypes: true })
    return entries.filter((entry) => !entry.isDirectory()).map(({ name }) => name)
  },
}
