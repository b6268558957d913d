// What reads imports in the built-in program.

import type { OpenImport } from '../engine/modules/import_source.ts'
import type { FileReader } from '../engine/sources.ts'
import { fileImport } from '../services/imports/file.ts'
import { gitImport } from '../services/imports/git.ts'
import { openHttpImport } from '../services/imports/http.ts'
import { openStringImport } from '../services/imports/string.ts'
import { readBoundedFile } from '../storage/bounded_file.ts'
import { watchPath } from '../storage/watch_path.ts'
import { fileReader } from './file_reader.ts'

/** A longer file is no configuration. */
const sizeMax = 64 * 1024 * 1024

const files: FileReader = {
  ...fileReader,
  read: (path) => readBoundedFile(path, sizeMax),
}

export const builtinImports: ReadonlyMap<string, OpenImport> = new Map([
  ['import.file', fileImport({ files, watch: watchPath })],
  ['import.git', gitImport(files)],
  ['import.http', openHttpImport],
  ['import.string', openStringImport],
])
