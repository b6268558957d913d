// What import blocks name, as `validate` reads it: local files always, others where it is asked for.

import { dirname } from 'node:path'
import { readSources } from '../engine/sources.ts'
import type { ImportReader } from '../engine/static/imports.ts'
import { fileReader } from './file_reader.ts'

/** Reads `import.file` and nothing else. */
export const localImports: ImportReader = {
  read: async (name, { filename }) => {
    if (name !== 'import.file') return undefined
    const path = String(filename)
    const sources = await readSources(path, fileReader)
    const isDirectory = (await fileReader.stat(path)) === 'directory'
    return { sources, modulePath: isDirectory ? path : dirname(path) }
  },
}
