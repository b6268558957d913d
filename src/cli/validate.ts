// `validate`: checks a configuration without running it.

import type { Catalog, Features } from '../engine/catalog.ts'
import { describe } from '../engine/describe.ts'
import { secretsOf } from '../engine/secret_literals.ts'
import { type ConfigSource, readSources } from '../engine/sources.ts'
import { validate } from '../engine/validate.ts'
import { createStdlib } from '../eval/stdlib.ts'
import { type Concealed, concealDiagnostics } from '../syntax/concealed.ts'
import { type Diagnostic, Diagnostics } from '../syntax/diagnostics.ts'
import { parseFile } from '../syntax/parser.ts'
import { renderReport } from '../syntax/report.ts'
import { createSource, positionOf } from '../syntax/source.ts'
import { loadCatalog } from './catalog.ts'
import { CommandLineError } from './failure.ts'
import { fileReader } from './file_reader.ts'
import type { Streams } from './fmt.ts'
import { reportColors } from './report_colors.ts'

export interface ValidateOptions {
  readonly path: string
  readonly features: Features
  readonly format: 'text' | 'json'
}

export interface Checked {
  /** Without the secrets of the text. */
  readonly diagnostics: readonly Diagnostic[]
  /** What snippets must not show. */
  readonly concealed: readonly Concealed[]
  /** Components that alloyts knows but does not declare: their arguments are not checked. */
  readonly unchecked: readonly string[]
}

/** Throws a CommandLineError where the configuration is not valid. */
export async function runValidate(
  { path, features, format }: ValidateOptions,
  streams: Streams,
): Promise<void> {
  const sources = await readConfig(path)
  const checked = await checkSources(sources, await loadCatalog(), features)
  const isValid = checked.diagnostics.length === 0
  if (format === 'json') {
    streams.stdout(Buffer.from(`${JSON.stringify(jsonOf(checked), null, 2)}\n`))
  } else {
    if (!isValid) {
      streams.stderr(renderReport(checked.diagnostics, reportColors(), checked.concealed))
      streams.stdout(Buffer.from('\n'))
    }
    const { unchecked } = checked
    if (unchecked.length > 0) {
      streams.stderr(`Arguments not checked, not known to alloyts yet: ${unchecked.join(', ')}\n`)
    }
  }
  if (!isValid) throw new CommandLineError('validation failed')
}

export async function checkSources(
  sources: readonly ConfigSource[],
  catalog: Catalog,
  features: Features,
): Promise<Checked> {
  const diagnostics = new Diagnostics()
  const files = sources.map(({ name, bytes }) => parseFile(createSource(name, bytes), diagnostics))
  const didParse = diagnostics.errors === 0
  const concealed = await secretsOf(files, catalog, didParse)
  const checked = (unchecked: Iterable<string>): Checked => ({
    diagnostics: concealDiagnostics(diagnostics.list, concealed),
    concealed,
    unchecked: [...unchecked].sort(),
  })
  if (!didParse) return checked([])
  const isKnownName = (name: string) => name === 'module_path' || stdlib.lookup(name) !== undefined
  const unchecked = await validate(files, { catalog, features, isKnownName }, diagnostics)
  return checked(unchecked)
}

/** Only its names are asked for. */
const stdlib = createStdlib({ env: () => undefined, hostname: '', os: '', arch: '', version: '' })

async function readConfig(path: string): Promise<readonly ConfigSource[]> {
  try {
    return await readSources(path, fileReader)
  } catch (error) {
    throw new CommandLineError(describe(error), { cause: error })
  }
}

interface JsonDiagnostic {
  readonly severity: string
  readonly message: string
  readonly file?: string
  readonly line?: number
  readonly column?: number
  readonly endLine?: number
  readonly endColumn?: number
  readonly hint?: string
}

function jsonOf({ diagnostics, unchecked }: Checked): {
  valid: boolean
  diagnostics: JsonDiagnostic[]
  unchecked: readonly string[]
} {
  return {
    valid: diagnostics.length === 0,
    diagnostics: diagnostics.map(jsonDiagnostic),
    unchecked,
  }
}

/** The end is that of the last byte, as positions of the report are. */
function jsonDiagnostic({ severity, message, span, hint }: Diagnostic): JsonDiagnostic {
  const advice = hint === undefined ? {} : { hint }
  if (span === undefined) return { severity, message, ...advice }
  const start = positionOf(span.source, span.start)
  const end = positionOf(span.source, Math.max(span.start, span.end - 1))
  return {
    severity,
    message,
    file: span.source.name,
    line: start.line,
    column: start.column,
    endLine: end.line,
    endColumn: end.column,
    ...advice,
  }
}
