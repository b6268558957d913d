// What import blocks name, as `validate` reads it: local files always, others where that is asked
// for.

import { dirname } from 'node:path'
import type { declaration as http } from '../components/config/import/http.ts'
import { readSources } from '../engine/sources.ts'
import type { ImportedSources, ImportReader } from '../engine/static/imports.ts'
import type { BlockDeclaration } from '../schema/declaration.ts'
import type { Decoded, Fields } from '../schema/schema.ts'
import { fileReader } from './file_reader.ts'

/** Reads `import.file` and nothing else. */
export const localImports: ImportReader = {
  read: async (name, { filename }) => {
    return name === 'import.file' ? readPath(String(filename)) : undefined
  },
}

/** Reads all imports. Its clones of repositories are there until it is closed. */
export class NetworkImports implements ImportReader {
  readonly #userAgent: string
  readonly #clones: { close(): Promise<void> }[] = []

  constructor(version: string) {
    this.#userAgent = `alloyts/${version}`
  }

  async read(name: string, args: Decoded<Fields>): Promise<ImportedSources | undefined> {
    switch (name) {
      case 'import.http':
        // Decoded by the declaration of that block.
        return readHttp(args as HttpArguments, this.#userAgent)
      case 'import.git': {
        const { cloneImport } = await import('./git_clone.ts')
        const clone = await cloneImport(args)
        this.#clones.push(clone)
        const { sources } = await readPath(clone.path)
        // By the way inside the repository: where the clone lies changes from call to call.
        const named = sources.map(({ name: path, bytes }) => {
          return { name: path.slice(clone.directory.length + 1), bytes }
        })
        return { sources: named, modulePath: clone.directory }
      }
      default:
        return localImports.read(name, args)
    }
  }

  async close(): Promise<void> {
    await Promise.all(this.#clones.map((clone) => clone.close()))
  }
}

type HttpArguments = typeof http extends BlockDeclaration<infer F> ? Decoded<F> : never

/** A module is a text that people write. */
const moduleSizeMax = 8 * 1024 * 1024

async function readPath(path: string): Promise<ImportedSources> {
  const sources = await readSources(path, fileReader)
  const isDirectory = (await fileReader.stat(path)) === 'directory'
  return { sources, modulePath: isDirectory ? path : dirname(path) }
}

async function readHttp(args: HttpArguments, userAgent: string): Promise<ImportedSources> {
  const { url, method, headers, body, poll_timeout, client: settings } = args
  const { HttpClient } = await import('../net/http_client.ts')
  const client = new HttpClient(settings, { userAgent })
  try {
    const answer = await client.request({
      url,
      method,
      headers: Object.fromEntries(headers),
      ...(body !== '' && { body: Buffer.from(body) }),
      timeoutMs: poll_timeout,
      bodySizeMax: moduleSizeMax,
    })
    // What follows may be a token.
    const name = answer.url.replace(/[?#].*$/s, '')
    if (answer.status !== 200) throw new Error(`${name} answers with status ${answer.status}`)
    const modulePath = url.slice(0, url.lastIndexOf('/'))
    return { sources: [{ name, bytes: answer.body }], modulePath }
  } finally {
    client.close()
  }
}
