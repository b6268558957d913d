// `validate`: checks configurations without running them.

import { dirname } from 'node:path'
import type { Features } from '../engine/catalog.ts'
import { describe } from '../engine/describe.ts'
import { type ConfigSource, checkEncoding, readSources } from '../engine/sources.ts'
import { checkRules, type Rule } from '../lint/rule.ts'
import { closest } from '../schema/closest.ts'
import { loadCatalog } from './catalog.ts'
import { type CheckOptions, checkConfig, type Depth } from './check_config.ts'
import { type ConfigPath, expandPaths, type UnreadablePath } from './config_paths.ts'
import { CommandLineError } from './failure.ts'
import { fileReader } from './file_reader.ts'
import type { Streams } from './fmt.ts'
import { localImports, NetworkImports } from './import_reader.ts'
import {
  allDiagnostics,
  type CheckedConfig,
  type Findings,
  summarizeFindings,
} from './report/findings.ts'
import { textNotes, textReport } from './report/text.ts'
import { reportColors } from './report_colors.ts'

export interface ValidateOptions {
  /** Files, directories, patterns, `-`. */
  readonly paths: readonly string[]
  /** Whether directories stand for the files below them, each by itself. */
  readonly recursive: boolean
  readonly features: Features
  readonly format: Format
  readonly depth: Depth
  /** Codes of lints. */
  readonly disabled: ReadonlySet<string>
  /** Whether imports over the network are read. */
  readonly followImports: boolean
  /** Of this program. */
  readonly version: string
}

type Render = (findings: Findings) => string

const renderers = {
  json: async () => (await import('./report/json.ts')).jsonReport,
  github: async () => (await import('./report/github.ts')).githubReport,
  gitlab: async () => (await import('./report/gitlab.ts')).gitlabReport,
  sarif: async () => (await import('./report/sarif.ts')).sarifReport,
  junit: async () => (await import('./report/junit.ts')).junitReport,
  checkstyle: async () => (await import('./report/checkstyle.ts')).checkstyleReport,
} as const satisfies Readonly<Record<string, () => Promise<Render>>>

export type Format = 'text' | keyof typeof renderers

export const formats = ['text', ...Object.keys(renderers)] as readonly Format[]

/** Where all that was found are warnings of lints: Alloy would load the configuration. */
const lintsExitCode = 2

/** Throws a CommandLineError where something was found. */
export async function runValidate(options: ValidateOptions, streams: Streams): Promise<void> {
  await checkDisabled(options.disabled)
  const paths = await expandPaths(options.paths, options.recursive)
  const [first] = paths
  const isAlone = paths.length === 1 && options.format === 'text'
  const configs = await checkPaths(paths, options, streams)
  const [problem] = configs[0]?.diagnostics ?? []
  // As Alloy says it.
  if (isAlone && problem?.code === 'unreadable') throw new CommandLineError(problem.message)
  const { depth, version } = options
  const findings = { depth, configs, rules: await rulesOf(configs), version }
  if (options.format === 'text') printText(findings, streams)
  else streams.stdout(Buffer.from((await renderers[options.format]())(findings)))
  const isAsAlloy = isAlone && depth === 'upstream' && first?.kind !== 'unreadable'
  const hasSummary = options.format === 'text' || options.format === 'github'
  if (hasSummary && !isAsAlloy) streams.stderr(`${summarizeFindings(findings)}\n`)
  end(findings)
}

/** Configurations that are read at once: enough to keep the disk busy, and few to hold. */
const readAhead = 16

async function checkPaths(
  paths: readonly (ConfigPath | UnreadablePath)[],
  options: ValidateOptions,
  streams: Streams,
): Promise<readonly CheckedConfig[]> {
  const { features, depth, disabled, followImports, version } = options
  const catalog = await loadCatalog()
  const network = followImports ? new NetworkImports(version) : undefined
  const imports = network ?? localImports
  const configs: CheckedConfig[] = []
  try {
    const check = { catalog, features, depth, disabled, imports }
    for (let i = 0; i < paths.length; i += readAhead) {
      const read = await Promise.all(
        paths.slice(i, i + readAhead).map((path) => readPath(path, streams)),
      )
      for (const config of read) configs.push(await checkRead(config, check))
    }
  } finally {
    await network?.close()
  }
  return configs
}

function printText(findings: Findings, streams: Streams): void {
  const report = textReport(findings, reportColors())
  if (report !== '') {
    streams.stderr(report)
    streams.stdout(Buffer.from('\n'))
  }
  streams.stderr(textNotes(findings))
}

function end(findings: Findings): void {
  const all = allDiagnostics(findings)
  if (all.length === 0) return
  const codes = new Set(checkRules.map(({ code }) => code))
  const areLints = all.every(({ severity, code = '' }) => {
    return severity === 'warning' && !codes.has(code)
  })
  if (areLints) throw new CommandLineError('lints found problems', { exitCode: lintsExitCode })
  throw new CommandLineError('validation failed')
}

interface ReadConfig {
  readonly path: string
  readonly sources: readonly ConfigSource[]
  readonly modulePath?: string
}

/** What was read, or why it could not be. */
async function readPath(
  path: ConfigPath | UnreadablePath,
  streams: Streams,
): Promise<ReadConfig | CheckedConfig> {
  const name = path.path
  try {
    switch (path.kind) {
      case 'unreadable':
        return unreadable(name, path.reason)
      case 'stdin':
        return { path: name, sources: [{ name, bytes: checkEncoding(await streams.stdin()) }] }
      default: {
        const sources = await readSources(name, fileReader)
        return { path: name, sources, modulePath: path.kind === 'file' ? dirname(name) : name }
      }
    }
  } catch (error) {
    return unreadable(name, describe(error))
  }
}

async function checkRead(
  config: ReadConfig | CheckedConfig,
  options: CheckOptions,
): Promise<CheckedConfig> {
  if ('diagnostics' in config) return config
  const { path, sources, modulePath } = config
  return { path, ...(await checkConfig(sources, { ...options, modulePath })) }
}

function unreadable(path: string, message: string): CheckedConfig {
  const diagnostic = { severity: 'error', message, code: 'unreadable' } as const
  return { path, diagnostics: [diagnostic], concealed: [], unread: [] }
}

/** Of the codes that were found, in the order of their names. */
async function rulesOf(configs: readonly CheckedConfig[]): Promise<readonly Rule[]> {
  const codes = new Set(configs.flatMap(({ diagnostics }) => diagnostics.map(({ code }) => code)))
  const isPlain = checkRules.filter(({ code }) => codes.has(code)).length === codes.size
  const lints = isPlain ? [] : (await import('../lint/all.ts')).lints
  return [...checkRules, ...lints]
    .filter(({ code }) => codes.has(code))
    .sort((a, b) => (a.code < b.code ? -1 : 1))
}

/** Throws a CommandLineError where one of the codes is that of no lint. */
async function checkDisabled(disabled: ReadonlySet<string>): Promise<void> {
  if (disabled.size === 0) return
  const codes = (await import('../lint/all.ts')).lints.map(({ code }) => code)
  for (const code of disabled) {
    if (codes.includes(code)) continue
    const near = closest(code, codes)
    const hint = near === undefined ? '' : `; did you mean ${near}?`
    throw new CommandLineError(`--disable: there is no lint ${JSON.stringify(code)}${hint}`)
  }
}
