// `fmt`: formats one configuration file, or tells whether it is formatted.

import { readFile, stat, writeFile } from 'node:fs/promises'
import { bytesOf } from '../go/text.ts'
import { Diagnostics, describeDiagnostic, describeSpan } from '../syntax/diagnostics.ts'
import { parseFile } from '../syntax/parser.ts'
import { formatSafely, type SafelyFormatted } from '../syntax/safe_format.ts'
import { createSource } from '../syntax/source.ts'
import { CommandLineError } from './failure.ts'

export interface FmtOptions {
  /** Standard input where it is absent or `-`. */
  readonly file?: string | undefined
  readonly write: boolean
  readonly test: boolean
}

/** Where a command reads and writes. */
export interface Streams {
  stdin(): Promise<Uint8Array>
  stdout(bytes: Uint8Array): void
  stderr(text: string): void
}

/** Throws a CommandLineError that says what is wrong with the options or the file. */
export async function fmt({ file, write, test }: FmtOptions, streams: Streams): Promise<void> {
  if (write && test) fail('cannot use -w/--write and -t/--test at the same time')
  const path = file === '-' ? undefined : file
  if (path === undefined && write) fail('cannot use -w with standard input')
  const name = path ?? '<stdin>'
  const bytes = path === undefined ? await streams.stdin() : await readConfig(path)
  const result = format(name, bytes, streams)
  const formatted = Buffer.from(bytesOf(`${result.text}\n`))
  const isChanged = !formatted.equals(bytes)
  if (test) {
    if (isChanged) fail(`file ${name} is not formatted correctly`)
    return
  }
  explain(result, streams)
  if (path === undefined || !write) streams.stdout(formatted)
  else if (isChanged) await writeFile(path, formatted)
}

function fail(message: string): never {
  throw new CommandLineError(message)
}

function format(name: string, bytes: Uint8Array, streams: Streams): SafelyFormatted {
  const diagnostics = new Diagnostics()
  const tree = parseFile(createSource(name, bytes), diagnostics)
  if (diagnostics.errors === 0) return formatSafely(tree)
  for (const each of diagnostics.list) streams.stderr(`${describeDiagnostic(each)}\n`)
  return fail('encountered errors during formatting')
}

function explain({ layout, changed }: SafelyFormatted, streams: Streams): void {
  if (layout === 'original') return
  const what =
    layout === 'safe'
      ? 'literals and comments are printed as they stand'
      : 'the file is printed as it stands'
  const where = describeSpan(changed)
  streams.stderr(`${where}: Alloy's layout would change what the file means; ${what}\n`)
}

async function readConfig(path: string): Promise<Uint8Array> {
  try {
    const stats = await stat(path)
    if (stats.isDirectory()) fail('cannot format a directory')
    return await readFile(path)
  } catch (error) {
    throw error instanceof CommandLineError ? error : describeFileError(error, path)
  }
}

const reasons: Record<string, string> = {
  ENOENT: 'no such file or directory',
  EACCES: 'permission denied',
  ENOTDIR: 'not a directory',
  ELOOP: 'too many levels of symbolic links',
}

/** As Go words it: `stat x: no such file or directory`. */
function describeFileError(error: unknown, path: string): Error {
  const { code = '', syscall = '', message } = error as NodeJS.ErrnoException
  const reason = reasons[code] ?? message
  return new CommandLineError(`${syscall} ${path}: ${reason}`, { cause: error })
}
