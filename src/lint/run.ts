// Runs lints over a configuration, but for those that are switched off there.

import type { StaticModule } from '../engine/static/model.ts'
import type { Diagnostic } from '../syntax/diagnostics.ts'
import { positionOf, type Source, type Span } from '../syntax/source.ts'
import type { Comment, File } from '../syntax/tree.ts'
import type { Lint, LintedConfig } from './lint.ts'
import { attributeSites, blockSites } from './visit.ts'

export interface LintOptions {
  readonly lints: readonly Lint[]
  /** Codes that are not asked for. */
  readonly disabled: ReadonlySet<string>
}

/** By place. `files` are those of the configuration itself. */
export function runLints(
  root: StaticModule,
  files: readonly File[],
  { lints, disabled }: LintOptions,
): Diagnostic[] {
  const modules = ownModules(root)
  const blocks = blockSites(modules)
  const config: LintedConfig = { root, modules, blocks, attributes: attributeSites(blocks), files }
  const quiet = new Quiet(files)
  return lints
    .filter(({ code }) => !disabled.has(code))
    .flatMap(({ code, severity, check }) => {
      const found: Diagnostic[] = []
      check(config, (span, message, hint) => {
        if (!quiet.covers(span, code)) found.push({ severity, code, message, span, hint })
      })
      return found
    })
}

function ownModules(module: StaticModule): readonly StaticModule[] {
  const inner = module.modules.filter(({ kind }) => kind !== 'import')
  return [module, ...inner.flatMap(ownModules)]
}

/** One comment that switches lints off, `// alloyts:disable=code,code`. */
export interface Switch {
  readonly comment: Comment
  readonly codes: readonly string[]
}

const pattern = /\balloyts:disable=([\w-]+(?:\s*,\s*[\w-]+)*)/

export function switchesOf({ comments }: File): readonly Switch[] {
  return comments.flat().flatMap((comment) => {
    const [, list] = pattern.exec(comment.text) ?? []
    return list === undefined ? [] : [{ comment, codes: list.split(/\s*,\s*/) }]
  })
}

/** Which codes are switched off on which lines. */
class Quiet {
  readonly #lines = new Map<Source, Map<number, Set<string>>>()

  constructor(files: readonly File[]) {
    for (const file of files) {
      const lines = new Map<number, Set<string>>()
      this.#lines.set(file.source, lines)
      for (const { comment, codes } of switchesOf(file)) {
        for (const line of linesMeant(comment.span, file)) {
          lines.set(line, new Set([...(lines.get(line) ?? []), ...codes]))
        }
      }
    }
  }

  covers({ source, start }: Span, code: string): boolean {
    return this.#lines.get(source)?.get(positionOf(source, start).line)?.has(code) ?? false
  }
}

/** The comment's own line; where it stands alone, also the next that holds more than comments. */
function linesMeant({ source, start, end }: Span, { comments }: File): number[] {
  const own = positionOf(source, start).line
  if (!isAlone(source, start)) return [own]
  const alone = new Set(
    comments
      .flat()
      .filter(({ span }) => isAlone(source, span.start))
      .map(({ span }) => positionOf(source, span.start).line),
  )
  let next = positionOf(source, Math.max(start, end - 1)).line + 1
  while (alone.has(next)) next++
  return [own, next]
}

/** Whether nothing but blanks stands before it on its line. */
function isAlone(source: Source, start: number): boolean {
  const from = source.lineStarts[positionOf(source, start).line - 1] ?? 0
  return source.bytes.subarray(from, start).every((byte) => byte === 0x20 || byte === 0x09)
}
