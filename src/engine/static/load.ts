// What a starting Alloy would refuse for certain and its own static check does not see: arguments
// that do not decode, and imports whose content does not fit. What only a running program knows is
// given the benefit of the doubt.

import { closest } from '../../schema/closest.ts'
import type { Problem } from '../../schema/decode.ts'
import { type Diagnostic, Diagnostics } from '../../syntax/diagnostics.ts'
import type { Span } from '../../syntax/source.ts'
import type { File } from '../../syntax/tree.ts'
import { componentProblem } from '../catalog.ts'
import { checkCustomArguments, customArguments } from '../custom_arguments.ts'
import { type ValidateOptions, validate } from '../validate.ts'
import type { StaticImport } from './imports.ts'
import type { StaticModule, StaticNode } from './model.ts'
import { allModules, customOf, importedDeclare, usedModules } from './use.ts'

export interface LoadOptions extends ValidateOptions {
  /** Whether modules that nothing uses are checked too; Alloy loads a configuration with them. */
  readonly everything: boolean
}

export interface LoadCheck {
  readonly diagnostics: readonly Diagnostic[]
  /** What could not be looked into, and why: `import.http.m: …`. */
  readonly unread: readonly string[]
}

/** Problems of the modules in the order in which they are loaded. */
export async function checkLoad(root: StaticModule, options: LoadOptions): Promise<LoadCheck> {
  const modules = options.everything ? allModules(root) : [...usedModules(root)]
  const nodes = modules.flatMap((module) => module.nodes.map((node) => ({ node, module })))
  const needed = new Set<StaticImport>()
  for (const { node, module } of nodes) {
    const custom = node.kind === 'custom' ? customOf(node, module) : undefined
    if (custom?.kind === 'import') needed.add(custom.imported)
  }
  const imports = modules.flatMap((module) => module.imports)
  const checked = imports.filter((each) => options.everything || needed.has(each))
  const inImports: Diagnostic[] = []
  for (const each of checked) inImports.push(...(await importProblems(each, modules, options)))
  return {
    diagnostics: [
      ...nodes.flatMap(({ node, module }) => [
        ...(isRefused(node, options) ? [] : decodeProblems(node)),
        ...instanceProblems(node, module),
      ]),
      ...inImports,
    ],
    unread: [...new Set(imports.filter((each) => needed.has(each)).flatMap(describeUnread))],
  }
}

/** Whether its name alone is refused, so that nobody looks at its arguments. */
function isRefused({ kind, block, declaration }: StaticNode, { features }: LoadOptions): boolean {
  if (kind !== 'component' || declaration === undefined || !('exports' in declaration)) return false
  return componentProblem(block.name, declaration, features) !== undefined
}

function decodeProblems({ decoding }: StaticNode): Diagnostic[] {
  return (decoding?.problems ?? []).map(({ plain, ...problem }) => {
    return { ...problem, code: codeOf({ ...problem, plain }) }
  })
}

function codeOf({ plain, message }: Problem): string {
  if (plain) return 'refused-arguments'
  return /expected capsule\(".*"\), got capsule\(".*"\)$/.test(message)
    ? 'wrong-signal'
    : 'invalid-value'
}

/** An instance of what an import has, or has not. */
function instanceProblems(node: StaticNode, around: StaticModule): readonly Diagnostic[] {
  const custom = node.kind === 'custom' ? customOf(node, around) : undefined
  const module = custom?.kind === 'import' ? custom.imported.module : undefined
  if (module === undefined) return []
  const { block } = node
  const declare = importedDeclare(node, module)?.block
  if (declare === undefined) return [notThere(node, module)]
  const diagnostics = new Diagnostics()
  checkCustomArguments(customArguments(declare), block, diagnostics)
  return diagnostics.list.map((each) => ({ ...each, code: 'import-mismatch' }))
}

function notThere({ block }: StaticNode, module: StaticModule): Diagnostic {
  const [namespace = '', ...names] = block.name.split('.')
  const name = names.join('.')
  const declared = module.modules.flatMap(({ kind, block: inner }) => {
    return kind === 'declare' && inner !== undefined ? [inner.label] : []
  })
  const near = closest(name, declared)
  const all = declared.length === 0 ? 'It declares nothing.' : `It declares ${declared.join(', ')}.`
  return {
    severity: 'error',
    message:
      'custom component config not found in the registry, ' +
      `namespace: "${namespace}", componentName: "${name}"`,
    span: block.nameSpan,
    hint: near === undefined ? all : `Did you mean ${namespace}.${near}?`,
    code: 'import-mismatch',
  }
}

/** What is wrong with the content: all of its text, and the declares of it that are checked. */
async function importProblems(
  { node, files, diagnostics, module }: StaticImport,
  checked: readonly StaticModule[],
  options: LoadOptions,
): Promise<Diagnostic[]> {
  const syntax = diagnostics.list.map((each) => ({ ...each, code: 'import-syntax' }))
  if (syntax.length > 0 || module === undefined) return syntax
  const found = new Diagnostics()
  await validate(files, options, found)
  const declares = module.modules.filter((each) => checked.includes(each))
  const spans = declares.flatMap(({ block }) => (block === undefined ? [] : [block.span]))
  const errors = found.list.filter(({ severity, span }) => {
    return severity === 'error' && spans.some((outer) => isWithin(span, outer))
  })
  return [...contentProblems(files, node), ...errors.map((each) => ({ ...each, code: 'static' }))]
}

function contentProblems(files: readonly File[], { id, block }: StaticNode): Diagnostic[] {
  return files.flatMap(({ body }) =>
    body.flatMap(({ kind, name, nameSpan }) => {
      if (kind === 'block' && name === 'import.file' && block.name === 'import.http') {
        const message =
          `importing a module via import.http (nodeID: ${id}) that contains an import.file block ` +
          'is not supported'
        return [{ severity: 'error' as const, message, span: nameSpan, code: 'import-content' }]
      }
      if (kind === 'block' && (name === 'declare' || name.startsWith('import.'))) return []
      const message = `only declare and import blocks are allowed in a module, got ${name}`
      return [{ severity: 'error' as const, message, span: nameSpan, code: 'import-content' }]
    }),
  )
}

function isWithin(inner: Span | undefined, outer: Span): boolean {
  if (inner === undefined || inner.source !== outer.source) return false
  return inner.start >= outer.start && inner.end <= outer.end
}

function describeUnread({ node, unread }: StaticImport): string[] {
  return unread === undefined ? [] : [`${node.id}: ${unread}`]
}

/**
 * The further problems without those that the static check has reported in its own words, at the
 * same place.
 */
export function withoutRepeats(
  further: readonly Diagnostic[],
  reported: readonly Diagnostic[],
): readonly Diagnostic[] {
  return further.filter((each) => !reported.some((other) => isSame(each, other)))
}

function isSame(further: Diagnostic, reported: Diagnostic): boolean {
  const { span } = further
  const other = reported.span
  if (span === undefined || other === undefined || span.source !== other.source) return false
  if (span.start >= other.end || other.start >= span.end) return false
  // What is missing is reported at the whole block, in which anything else may be wrong too.
  return further.message === reported.message || !reported.message.startsWith('missing required')
}
