// What a configuration imports, as far as it can be read before anything runs.

import { OptionalSecret } from '../../eval/secret.ts'
import type { Decoded, Fields } from '../../schema/schema.ts'
import { Diagnostics } from '../../syntax/diagnostics.ts'
import { parseFile } from '../../syntax/parser.ts'
import { createSource } from '../../syntax/source.ts'
import type { File } from '../../syntax/tree.ts'
import { describe } from '../describe.ts'
import type { ConfigSource } from '../sources.ts'
import type { ModelOptions, StaticModule, StaticNode } from './model.ts'

/** Reading what import blocks name, as a port. */
export interface ImportReader {
  /**
   * What a block such as `import.file` names; undefined where this reader does not look for such
   * imports. Rejects where it cannot be read.
   */
  read(name: string, args: Decoded<Fields>): Promise<ImportedSources | undefined>
}

export interface ImportedSources {
  readonly sources: readonly ConfigSource[]
  /** What `module_path` is inside. */
  readonly modulePath: string | undefined
}

export interface StaticImport {
  readonly node: StaticNode
  /** Why its content is not known; absent where it is. */
  readonly unread?: string
  readonly files: readonly File[]
  /** What is wrong with the texts; then there is no module. */
  readonly diagnostics: Diagnostics
  readonly module: StaticModule | undefined
}

/** What was read of an import, before its module is built. */
export interface ReadImport extends Omit<StaticImport, 'node' | 'module'> {
  readonly modulePath?: string | undefined
}

/** Deeper nesting is hardly ever meant: a file that imports itself has no end. */
const depthMax = 16

/** `depth` counts the imports that lead to the block. */
export async function readImport(
  node: StaticNode,
  options: ModelOptions,
  depth: number,
): Promise<ReadImport> {
  const diagnostics = new Diagnostics()
  const without = (unread: string): ReadImport => ({ unread, files: [], diagnostics })
  if (depth >= depthMax) return without(`imports are nested more than ${depthMax} deep`)
  const args = node.decoding?.args
  if (args === undefined) return without('its arguments are only known when it runs')
  try {
    const imported = await sourcesOf(node, args, options)
    if (imported === undefined) return without('it is not local; --follow-imports reads it')
    const files = imported.sources.map(({ name, bytes }) => {
      return parseFile(createSource(name, bytes), diagnostics)
    })
    return { files, diagnostics, modulePath: imported.modulePath }
  } catch (error) {
    return without(describe(error))
  }
}

async function sourcesOf(
  { id, block }: StaticNode,
  args: Decoded<Fields>,
  { imports, modulePath }: ModelOptions,
): Promise<ImportedSources | undefined> {
  if (block.name !== 'import.string') return imports.read(block.name, args)
  const { content } = args
  const text = content instanceof OptionalSecret ? content.reveal() : String(content)
  return { sources: [{ name: id, bytes: Buffer.from(text) }], modulePath }
}
