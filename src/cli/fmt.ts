// `fmt`: formats configuration files, or tells whether they are formatted.

import { readFile, stat, writeFile } from 'node:fs/promises'
import { bytesOf } from '../go/text.ts'
import { Diagnostics, describeDiagnostic, describeSpan } from '../syntax/diagnostics.ts'
import { parseFile } from '../syntax/parser.ts'
import { formatSafely, type SafelyFormatted } from '../syntax/safe_format.ts'
import { createSource } from '../syntax/source.ts'
import { expandPaths, stdinName } from './config_paths.ts'
import { CommandLineError } from './failure.ts'
import { unifiedDiff } from './unified_diff.ts'

export interface FmtOptions {
  /** Files, directories, patterns; standard input where there are none, or `-`. */
  readonly paths: readonly string[]
  readonly write: boolean
  readonly test: boolean
  /** Whether to print what would change. */
  readonly diff: boolean
}

/** Where a command reads and writes. */
export interface Streams {
  stdin(): Promise<Uint8Array>
  stdout(bytes: Uint8Array): void
  stderr(text: string): void
}

/** Throws a CommandLineError that says what is wrong with the options or the files. */
export async function fmt(options: FmtOptions, streams: Streams): Promise<void> {
  const { paths, write, test, diff } = options
  if (write && test) fail('cannot use -w/--write and -t/--test at the same time')
  const isStdin = paths.length === 0 || paths.includes('-')
  if (isStdin && paths.length > 1) fail('cannot format standard input together with files')
  if (isStdin && write) fail('cannot use -w with standard input')
  if (isStdin) return formatOne(undefined, options, streams)
  const acts = write || test || diff
  const files = await filesOf(paths, acts)
  const [first = ''] = files
  if (files.length === 1) return formatOne(first, options, streams)
  if (!acts) fail('cannot print several files: use -w/--write, -t/--test or --diff')
  await formatAll(files, options, streams)
}

/** Directories stand for the files below them, where these are not to be printed. */
async function filesOf(paths: readonly string[], acts: boolean): Promise<readonly string[]> {
  const [path = ''] = paths
  const isPlain = paths.length === 1 && !acts
  if (isPlain && (await isDirectory(path))) fail('cannot format a directory')
  const found = await expandPaths(paths, true)
  return found.map((each) => (each.kind === 'unreadable' ? fail(each.reason) : each.path))
}

async function isDirectory(path: string): Promise<boolean> {
  return stat(path).then(
    (stats) => stats.isDirectory(),
    () => false,
  )
}

/** As Alloy does it. */
async function formatOne(
  path: string | undefined,
  { write, test, diff }: FmtOptions,
  streams: Streams,
): Promise<void> {
  const name = path ?? stdinName
  const bytes = path === undefined ? await streams.stdin() : await readConfig(path)
  const result = format(name, bytes, streams)
  if (result === undefined) fail('encountered errors during formatting')
  const formatted = bytesOfResult(result)
  const isChanged = !formatted.equals(bytes)
  if (diff) streams.stdout(unifiedDiff(bytes, formatted, name))
  if (test) {
    if (isChanged) fail(`file ${name} is not formatted correctly`)
    return
  }
  explain(result, streams)
  if (path !== undefined && write && isChanged) await writeFile(path, formatted)
  else if (!write && !diff) streams.stdout(formatted)
}

/** All of them, whatever is wrong with some; a line for each that is not as it should be. */
async function formatAll(
  files: readonly string[],
  { write, test, diff }: FmtOptions,
  streams: Streams,
): Promise<void> {
  let broken = 0
  let changed = 0
  for (const file of files) {
    const bytes = await readConfig(file)
    const result = format(file, bytes, streams)
    if (result === undefined) {
      broken++
      continue
    }
    const formatted = bytesOfResult(result)
    if (formatted.equals(bytes)) continue
    changed++
    if (diff) streams.stdout(unifiedDiff(bytes, formatted, file))
    if (test) streams.stderr(`file ${file} is not formatted correctly\n`)
    else explain(result, streams)
    if (write) await writeFile(file, formatted)
  }
  const verb = write ? 'changed' : 'not formatted'
  streams.stderr(`${files.length} files: ${changed} ${verb}, ${broken} with errors\n`)
  if (broken > 0) fail('encountered errors during formatting')
  if (test && changed > 0) fail(`${changed} of ${files.length} files are not formatted correctly`)
}

function fail(message: string): never {
  throw new CommandLineError(message)
}

function bytesOfResult({ text }: SafelyFormatted): Buffer {
  return Buffer.from(bytesOf(`${text}\n`))
}

/** Undefined where it does not parse, after saying why. */
function format(name: string, bytes: Uint8Array, streams: Streams): SafelyFormatted | undefined {
  const diagnostics = new Diagnostics()
  const tree = parseFile(createSource(name, bytes), diagnostics)
  if (diagnostics.errors === 0) return formatSafely(tree)
  for (const each of diagnostics.list) streams.stderr(`${describeDiagnostic(each)}\n`)
  return undefined
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
    return await readFile(path)
  } catch (error) {
    throw describeFileError(error, path)
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
