// The texts of an import, parsed and checked: they may declare and import, and nothing else.

import type { Concealed } from '../../syntax/concealed.ts'
import { concealDiagnostics } from '../../syntax/concealed.ts'
import { Diagnostics, summarize } from '../../syntax/diagnostics.ts'
import { parseFile } from '../../syntax/parser.ts'
import { createSource } from '../../syntax/source.ts'
import type { BlockStatement, File, Statement } from '../../syntax/tree.ts'
import type { Catalog } from '../catalog.ts'
import { secretsOf } from '../secret_literals.ts'
import type { ConfigSource } from '../sources.ts'
import type { ImportedContent } from './import_source.ts'

export interface ParsedContent {
  readonly declares: readonly BlockStatement[]
  readonly imports: readonly BlockStatement[]
  /** The texts themselves, named as diagnostics name them. */
  readonly sources: readonly ConfigSource[]
}

/** The texts cannot be used, whatever else changes. */
export class UnfitContent extends Error {
  override readonly name = 'UnfitContent'
  /** As the log has it. */
  readonly event: 'failed to parse file on update' | 'failed to process imported content'

  constructor(event: UnfitContent['event'], message: string) {
    super(message)
    this.event = event
  }
}

export interface ContentOptions {
  /** Of the import. */
  readonly id: string
  /** Of the import's block. */
  readonly kind: string
  readonly label: string
  readonly catalog: Catalog
  /** Gets what is written as a secret. */
  readonly remember: (concealed: readonly Concealed[]) => void
}

/** Throws an `UnfitContent`. */
export async function parseContent(
  { texts }: ImportedContent,
  options: ContentOptions,
): Promise<ParsedContent> {
  const files = new Map<string, File>()
  for (const [name, bytes] of texts) files.set(name, await parseText(name, bytes, options))
  const declares = new Map<string, BlockStatement>()
  const imports = new Map<string, BlockStatement>()
  for (const [name, { body }] of files) {
    for (const statement of body) {
      const problem = problemOf(statement, options) ?? add(statement, declares, imports)
      if (problem === undefined) continue
      const message = `imported content from ${JSON.stringify(name)} is invalid: ${problem}`
      throw new UnfitContent('failed to process imported content', message)
    }
  }
  const sources = Array.from(files.values(), ({ source: { name, bytes } }) => ({ name, bytes }))
  return { declares: [...declares.values()], imports: [...imports.values()], sources }
}

async function parseText(name: string, bytes: Uint8Array, options: ContentOptions): Promise<File> {
  const { catalog, remember } = options
  const diagnostics = new Diagnostics()
  const file = parseFile(createSource(shownName(name, options), bytes), diagnostics)
  const concealed = await secretsOf([file], catalog, diagnostics.errors === 0)
  remember(concealed)
  if (diagnostics.errors === 0) return file
  const reason = summarize(concealDiagnostics(diagnostics.list, concealed))
  throw new UnfitContent(
    'failed to parse file on update',
    `imported content from ${JSON.stringify(name)} cannot be parsed: ${reason}`,
  )
}

/** What positions in the text begin with: the path of a file that is at hand, else the label. */
function shownName(name: string, { kind, label }: ContentOptions): string {
  if (kind === 'import.file') return name
  return kind === 'import.git' ? `${label}/${name}` : label
}

function problemOf(statement: Statement, { id, kind }: ContentOptions): string | undefined {
  const { name } = statement
  if (statement.kind === 'attribute' || !(name === 'declare' || name.startsWith('import.'))) {
    return `only declare and import blocks are allowed in a module, got ${name}`
  }
  // It would be looked for on this machine, which the server knows nothing of.
  if (kind !== 'import.http' || name !== 'import.file') return undefined
  return (
    `importing a module via import.http (nodeID: ${id}) that contains an import.file block is ` +
    'not supported'
  )
}

function add(
  statement: Statement,
  declares: Map<string, BlockStatement>,
  imports: Map<string, BlockStatement>,
): string | undefined {
  if (statement.kind === 'attribute') return undefined
  const { label, name } = statement
  const isDeclare = name === 'declare'
  const blocks = isDeclare ? declares : imports
  if (blocks.has(label)) return `${isDeclare ? 'declare' : 'import'} block redefined ${label}`
  blocks.set(label, statement)
  return undefined
}

export function sameContent(a: ImportedContent, b: ImportedContent): boolean {
  if (a.modulePath !== b.modulePath || a.texts.size !== b.texts.size) return false
  for (const [name, bytes] of a.texts) {
    const other = b.texts.get(name)
    if (other === undefined || Buffer.compare(bytes, other) !== 0) return false
  }
  return true
}
