// Checks one configuration, to the depth that is asked for.

import type { Catalog, Features } from '../engine/catalog.ts'
import { secretsOf } from '../engine/secret_literals.ts'
import type { ConfigSource } from '../engine/sources.ts'
import type { ImportReader } from '../engine/static/imports.ts'
import { checkLoad, withoutRepeats } from '../engine/static/load.ts'
import { buildModel, type StaticModule } from '../engine/static/model.ts'
import { staticScope } from '../engine/static/scope.ts'
import { allModules } from '../engine/static/use.ts'
import { validate } from '../engine/validate.ts'
import { type Concealed, concealDiagnostics } from '../syntax/concealed.ts'
import { type Diagnostic, Diagnostics } from '../syntax/diagnostics.ts'
import { parseFile } from '../syntax/parser.ts'
import { createSource } from '../syntax/source.ts'
import type { File } from '../syntax/tree.ts'

/**
 * What Alloy's own static check finds; besides that what a starting Alloy would refuse for certain;
 * besides that what a reviewer would say.
 */
export type Depth = 'upstream' | 'load' | 'all'

export interface CheckOptions {
  readonly catalog: Catalog
  readonly features: Features
  readonly depth: Depth
  /** Codes of lints that are not asked for. */
  readonly disabled: ReadonlySet<string>
  readonly imports: ImportReader
  /** Directory of the configuration; absent for standard input. */
  readonly modulePath?: string | undefined
}

export interface Checked {
  /** Without the secrets of the text; at depth `upstream` in its order, else by place. */
  readonly diagnostics: readonly Diagnostic[]
  /** What snippets must not show. */
  readonly concealed: readonly Concealed[]
  /** Imports that were not looked into, and why. */
  readonly unread: readonly string[]
}

export async function checkConfig(
  sources: readonly ConfigSource[],
  options: CheckOptions,
): Promise<Checked> {
  const { catalog } = options
  const diagnostics = new Diagnostics()
  const files = sources.map(({ name, bytes }) => parseFile(createSource(name, bytes), diagnostics))
  if (diagnostics.errors > 0) {
    const concealed = await secretsOf(files, catalog, false)
    const found = concealDiagnostics(coded(diagnostics, 'syntax'), concealed)
    return { diagnostics: found, concealed, unread: [] }
  }
  const isKnownName = (name: string) => staticScope.lookup(name) !== undefined
  await validate(files, { ...options, isKnownName }, diagnostics)
  const own = coded(diagnostics, 'static')
  const deeper = options.depth === 'upstream' ? undefined : await checkDeeper(files, own, options)
  const read = deeper === undefined ? [] : importedFiles(deeper.model)
  const concealed = await secretsOf([...files, ...read], catalog, true)
  const all = deeper === undefined ? own : inOrder([...own, ...deeper.found], [...files, ...read])
  return {
    diagnostics: concealDiagnostics(all, concealed),
    concealed,
    unread: deeper?.unread ?? [],
  }
}

interface Deeper {
  readonly model: StaticModule
  readonly found: readonly Diagnostic[]
  readonly unread: readonly string[]
}

async function checkDeeper(
  files: readonly File[],
  reported: readonly Diagnostic[],
  options: CheckOptions,
): Promise<Deeper> {
  const isKnownName = (name: string) => staticScope.lookup(name) !== undefined
  const model = await buildModel(files, options)
  const everything = options.depth === 'all'
  const load = await checkLoad(model, { ...options, isKnownName, everything })
  const beyond = withoutRepeats(load.diagnostics, reported)
  const found = everything ? [...beyond, ...(await lint(model, files, options))] : beyond
  return { model, found, unread: load.unread }
}

async function lint(
  model: StaticModule,
  files: readonly File[],
  { disabled }: CheckOptions,
): Promise<readonly Diagnostic[]> {
  const [{ lints }, { runLints }] = await Promise.all([
    import('../lint/all.ts'),
    import('../lint/run.ts'),
  ])
  return runLints(model, files, { lints, disabled })
}

function importedFiles(model: StaticModule): readonly File[] {
  return allModules(model).flatMap(({ imports }) => imports.flatMap(({ files }) => files))
}

function coded({ list }: Diagnostics, code: string): Diagnostic[] {
  return list.map((each) => ({ code, ...each }))
}

/** By file, as they were read, and place; what has no place comes first. */
function inOrder(list: readonly Diagnostic[], files: readonly File[]): readonly Diagnostic[] {
  const ranks = new Map(files.map(({ source }, rank) => [source, rank]))
  const rank = ({ span }: Diagnostic) => (span === undefined ? -1 : (ranks.get(span.source) ?? -1))
  const start = ({ span }: Diagnostic) => span?.start ?? 0
  return list.toSorted((a, b) => rank(a) - rank(b) || start(a) - start(b))
}
