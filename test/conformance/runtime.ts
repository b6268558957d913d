// alloy-runtime, its archives: configurations with modules that run, change and go on running.

import { execFileSync } from 'node:child_process'
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import type { Features } from '../../src/engine/catalog.ts'
import type { Engine } from '../../src/engine/engine.ts'
import { type Case, difference, filesIn } from './harness.ts'
import { problemsOf, shownValue, withEngine, within3s } from './runtime_engine.ts'
import { sectionsOf } from './txtar.ts'

type Sections = Readonly<Record<string, string>>

const preview: Features = { stability: 'public-preview', community: false }
const experimental: Features = { stability: 'experimental', community: false }

/** What an archive's folder says of how it is tried. */
interface Kind {
  readonly features: Features
  /** Where its files lie, besides the configuration. */
  readonly folder?: string
  readonly check: (
    engine: Engine,
    sections: Sections,
    isAfter: boolean,
  ) => Promise<string | undefined>
}

const kinds: Readonly<Record<string, Kind>> = {
  import_file: { features: preview, check: lastAdded },
  import_file_folder: { features: preview, folder: 'tmpTest', check: lastAdded },
  import_string: { features: preview, check: lastAdded },
  import_git: { features: preview, check: lastAdded },
  import_http: { features: preview, check: lastAdded },
  foreach: { features: experimental, check: received },
  foreach_metrics: { features: experimental, check: receivedAndCounted },
  foreach_stringer: { features: experimental, check: texts },
}

export async function* cases(dir: string): AsyncGenerator<Case> {
  for (const file of filesIn(dir, '*/*.txtar')) {
    const kind = dirname(file)
    const sections = sectionsOf(readFileSync(join(dir, file), 'utf8'))
    yield {
      id: `alloy-runtime/${file.replace('.txtar', '')}`,
      run: () => inFolder(resolve(dir), () => runArchive(kind, sections)),
    }
  }
}

async function runArchive(name: string, sections: Sections): Promise<string | undefined> {
  if (name === 'import_error') return loadFails(sections)
  const kind = kinds[name]
  if (kind === undefined) return `nobody knows how to try ${name}`
  const { check, features, folder = '.' } = kind
  for (const [path, text] of Object.entries(sections)) {
    if (isFile(path) && path !== 'added.alloy') write(join(folder, path), text)
  }
  return withEngine(features, 'data', async (engine) => {
    const problems = await problemsOf(load(engine, sections['main.alloy']))
    if (problems !== '') return problems
    const stop = new AbortController()
    const ran = engine.run(stop.signal)
    try {
      const before = await check(engine, sections, false)
      if (before !== undefined || !hasUpdate(sections)) return before
      const reloaded = await update(engine, sections, folder)
      return reloaded === '' ? await check(engine, sections, true) : reloaded
    } finally {
      stop.abort()
      await ran
    }
  })
}

function load(engine: Engine, text = ''): Promise<void> {
  return engine.loadSources([{ name: 'main.alloy', bytes: Buffer.from(text) }], '.')
}

async function loadFails(sections: Sections): Promise<string | undefined> {
  const expected = (sections.error ?? '').trimEnd()
  return withEngine(preview, 'data', async (engine) => {
    const problems = await problemsOf(load(engine, sections['main.alloy']))
    return problems.includes(expected) ? undefined : `expected ${expected}\ngot ${problems}`
  })
}

function isFile(path: string): boolean {
  if (path === 'main.alloy' || path === 'reload_config.alloy' || path === 'error') return false
  return !path.startsWith('update/') && !path.startsWith('expected_')
}

function hasUpdate(sections: Sections): boolean {
  return Object.keys(sections).some((path) => {
    return path.startsWith('update/') || path === 'reload_config.alloy' || path === 'added.alloy'
  })
}

/** What the reload reports, if there is one. */
async function update(engine: Engine, sections: Sections, folder: string): Promise<string> {
  for (const [path, text] of Object.entries(sections)) {
    if (path.startsWith('update/')) write(join(folder, path.slice('update/'.length)), text)
    if (path === 'added.alloy') write(join(folder, path), text)
    if (path === 'removed.alloy') rmSync(join(folder, path))
  }
  const reload = sections['reload_config.alloy']
  return reload === undefined ? '' : problemsOf(load(engine, reload))
}

function lastAdded(engine: Engine, _: Sections, isAfter: boolean): Promise<string | undefined> {
  return within3s(() => {
    const value = Number(
      shownValue(engine, 'testcomponents.summation.sum', 'exports', 'last_added'),
    )
    return (isAfter ? value <= -10 : value >= 10) ? undefined : `last_added is ${value}`
  })
}

function received(engine: Engine, _: Sections, isAfter: boolean): Promise<string | undefined> {
  return within3s(() => {
    const sum = Number(shownValue(engine, 'testcomponents.summation_receiver.sum', 'debugInfo'))
    return sum >= (isAfter ? 30 : 10) ? undefined : `the sum is ${sum}`
  })
}

async function receivedAndCounted(
  engine: Engine,
  sections: Sections,
  isAfter: boolean,
): Promise<string | undefined> {
  const problem = await received(engine, sections, isAfter)
  if (problem !== undefined) return problem
  const name = isAfter ? 'expected_metrics_after_reload.prom' : 'expected_metrics.prom'
  const durations = Number(sections['expected_duration_metrics.prom'] ?? Number.NaN)
  return within3s(async () => {
    const text = await engine.exposition()
    const wrong = difference(samples(text, sections[name] ?? ''), samples(sections[name] ?? ''))
    if (wrong !== undefined || Number.isNaN(durations)) return wrong
    const counted = text.match(
      /^alloy_component_(dependencies_wait|evaluation)_seconds_count\{/gm,
    )?.length
    return counted === durations ? undefined : `${counted} series of durations`
  })
}

const compared = [
  'alloy_component_controller_running_components',
  'alloy_component_controller_evaluating',
  'pulse_count',
]

/** The samples that count, sorted; those that `wanted` says nothing of left out. */
function samples(text: string, wanted = text): string {
  const names = compared.filter((name) => wanted.includes(`# TYPE ${name} `))
  const lines = text.split('\n').map((line) => line.trim())
  const kept = lines.filter((line) => names.some((name) => line.startsWith(`${name}{`)))
  return kept.sort().join('\n')
}

function texts(engine: Engine, sections: Sections): Promise<string | undefined> {
  const expected = [
    ['testcomponents.string_receiver.log', sections['expected_debug_info.txt']],
    ['testcomponents.string_receiver.log2', sections['expected_debug_info2.txt']],
  ] as const
  return within3s(() => {
    for (const [id, text] of expected) {
      if (text === undefined) continue
      const wrong = difference(String(shownValue(engine, id, 'debugInfo')), text.trim())
      if (wrong !== undefined) return wrong
    }
    return undefined
  })
}

function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, text)
}

/** Paths of the archives are relative to where the program runs. */
async function inFolder<T>(dir: string, run: () => Promise<T>): Promise<T> {
  const before = process.cwd()
  const folder = mkdtempSync(join(tmpdir(), 'alloyts-runtime-'))
  process.chdir(folder)
  try {
    for (const name of ['repo.git', 'repo2.git']) makeRepository(join(dir, 'git', name), name)
    return await run()
  } finally {
    process.chdir(before)
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 })
  }
}

function makeRepository(from: string, name: string): void {
  if (!existsSync(from)) return
  const path = join('testdata', name)
  cpSync(from, path, { recursive: true })
  const git = (...args: string[]) => {
    const who = ['-c', 'user.name=t', '-c', 'user.email=t@localhost', '-c', 'commit.gpgsign=false']
    execFileSync('git', [...who, ...args], { cwd: path, stdio: 'ignore' })
  }
  git('init', '--initial-branch=main')
  git('add', '--all')
  git('commit', '--message', 'modules')
}
