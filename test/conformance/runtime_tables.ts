// alloy-runtime, its tables: loads, reloads and what comes of them.

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Features } from '../../src/engine/catalog.ts'
import { Stopped } from '../../src/engine/component.ts'
import { Controller } from '../../src/engine/controller.ts'
import { dataFlowEdges } from '../../src/engine/data_flow.ts'
import type { Engine } from '../../src/engine/engine.ts'
import type { Given, ModuleInput } from '../../src/engine/modules/module.ts'
import type { Value } from '../../src/eval/value.ts'
import { Diagnostics, describeDiagnostic } from '../../src/syntax/diagnostics.ts'
import { parseFile } from '../../src/syntax/parser.ts'
import { createSource } from '../../src/syntax/source.ts'
import type { Statement } from '../../src/syntax/tree.ts'
import { type Case, difference, readTable } from './harness.ts'
import { valueFrom } from './into.ts'
import {
  metricsOf,
  problemsOf,
  runtimeOf,
  shownValue,
  withEngine,
  within3s,
} from './runtime_engine.ts'

const preview: Features = { stability: 'public-preview', community: false }
const experimental: Features = { stability: 'experimental', community: false }

interface Named {
  readonly name: string
}

export async function* cases(dir: string): AsyncGenerator<Case> {
  yield* table<DeclareRow>(dir, 'declare', runDeclare)
  yield* table<ModuleRow>(dir, 'module', runModule)
  yield* table<LoaderRow>(dir, 'loader', runLoader)
  yield* table<ForeachRow>(dir, 'foreach-names', runForeach)
  yield* table<UpdatesRow>(dir, 'updates', runUpdates)
  yield* table<SourcesRow>(dir, 'sources', runSources)
}

function* table<Row extends Named>(
  dir: string,
  name: string,
  run: (row: Row) => Promise<string | undefined>,
): Generator<Case> {
  for (const row of readTable<Row>(dir, name)) {
    yield { id: `alloy-runtime/${name}/${row.name}`, run: () => run(row) }
  }
}

type Exports = Readonly<Record<string, Readonly<Record<string, unknown>>>>

interface DeclareRow extends Named {
  readonly config: string
  readonly expect?: Exports
  readonly load_error_regex?: string
  readonly reload_config?: string
  readonly expect_after_reload?: Exports
}

function runDeclare(row: DeclareRow): Promise<string | undefined> {
  return running(preview, row.config, async (engine, problems) => {
    if (row.load_error_regex !== undefined) return matches(problems, row.load_error_regex)
    if (problems !== '') return problems
    const before = await exportsBecome(engine, row.expect ?? {})
    if (before !== undefined || row.reload_config === undefined) return before
    const reloaded = await problemsOf(load(engine, row.reload_config))
    if (reloaded !== '') return reloaded
    return exportsBecome(engine, row.expect_after_reload ?? {})
  })
}

function exportsBecome(engine: Engine, expected: Exports): Promise<string | undefined> {
  return within3s(() => {
    for (const [id, values] of Object.entries(expected)) {
      for (const [name, value] of Object.entries(values)) {
        const actual = shownValue(engine, id, 'exports', name)
        if (actual !== value) return `${id}.${name} is ${String(actual)}`
      }
    }
    return undefined
  })
}

interface ModuleRow extends Named {
  readonly module_id?: string
  readonly module_config?: string
  readonly root_config?: string
  readonly args?: Readonly<Record<string, unknown>>
  readonly error_contains?: string
  readonly exports_include?: readonly string[]
}

async function runModule(row: ModuleRow): Promise<string | undefined> {
  if (row.root_config !== undefined) {
    return running(preview, row.root_config, async (_, problems) => {
      return contains(problems, row.error_contains)
    })
  }
  let exports: ReadonlyMap<string, Value> = new Map()
  const id = row.module_id ?? 't1'
  return withController(
    id,
    preview,
    (values) => {
      exports = values
    },
    async (controller) => {
      const given = Object.entries(row.args ?? {}).map(([name, value]): [string, Given] => {
        return [name, { value: valueFrom(value) }]
      })
      const problems = await loadInto(controller, [[id, row.module_config ?? '']], {
        arguments: new Map(given),
      })
      const missing = (row.exports_include ?? []).filter((name) => !exports.has(name))
      if (missing.length > 0) return `no export ${missing.join(', ')}`
      return contains(problems, row.error_contains)
    },
  )
}

interface LoaderStep {
  readonly components?: string
  readonly config_blocks?: string
  readonly declares?: string
  readonly error?: boolean
  readonly error_contains?: string
  readonly graph?: {
    readonly nodes: readonly string[]
    readonly edges: readonly (readonly [from: string, to: string])[]
  }
  readonly data_flow_edges?: Readonly<Record<string, readonly string[]>>
  readonly same_node_as_before?: readonly string[]
  readonly gone?: readonly string[]
}

interface LoaderRow extends Named {
  readonly min_stability: string
  readonly community_components: boolean
  readonly steps: readonly LoaderStep[]
}

function runLoader(row: LoaderRow): Promise<string | undefined> {
  const { community_components: community, min_stability } = row
  const isKnown = min_stability === 'public-preview' || min_stability === 'generally-available'
  const stability = isKnown ? min_stability : 'experimental'
  return withController(
    '',
    { stability, community },
    () => {},
    async (controller) => {
      for (const step of row.steps) {
        const before = new Map(controller.graph.nodes.map(({ id, node }) => [id, node]))
        const { components = '', config_blocks = '', declares = '' } = step
        const texts = [components, config_blocks, declares].map((text) => ['FILE', text] as const)
        const problems = await loadInto(controller, texts, {})
        const wrong = stepProblem(step, problems) ?? graphProblem(step, controller, before)
        if (wrong !== undefined) return wrong
      }
      return undefined
    },
  )
}

function stepProblem({ error, error_contains }: LoaderStep, problems: string): string | undefined {
  if (error === true) return problems === '' ? 'it loads' : undefined
  return contains(problems, error_contains)
}

function graphProblem(
  { data_flow_edges = {}, gone = [], graph, same_node_as_before = [] }: LoaderStep,
  controller: Controller,
  before: ReadonlyMap<string, unknown>,
): string | undefined {
  const actual = controller.graph
  if (graph !== undefined) {
    const edges = actual.ids.flatMap((id) => [...actual.dependencies(id)].map((to) => [id, to]))
    const wrong =
      difference(sortedText(actual.ids), sortedText(graph.nodes)) ??
      difference(sortedText(edges.map(String)), sortedText(graph.edges.map(String)))
    if (wrong !== undefined) return wrong
  }
  const flow = dataFlowEdges(actual)
  for (const [id, to] of Object.entries(data_flow_edges)) {
    const wrong = difference(sortedText(flow.get(id) ?? []), sortedText(to))
    if (wrong !== undefined) return wrong
  }
  for (const id of same_node_as_before) {
    if (actual.get(id)?.node !== before.get(id)) return `${id} is another node`
  }
  return gone.some((id) => actual.has(id)) ? 'what should be gone is there' : undefined
}

interface ForeachRow extends Named {
  readonly steps: readonly {
    readonly config: string
    readonly scope?: Readonly<Record<string, unknown>>
    readonly instances?: readonly string[]
    readonly error_contains?: string
  }[]
}

function runForeach(row: ForeachRow): Promise<string | undefined> {
  return withController(
    '',
    experimental,
    () => {},
    async (controller) => {
      for (const { config, scope = {}, instances = [], error_contains } of row.steps) {
        const variables = Object.entries(scope).map(([name, value]): [string, Value] => {
          return [name, valueFrom(value)]
        })
        const problems = await loadInto(controller, [['FILE', config]], {
          variables: new Map(variables),
        })
        const wrong = contains(problems, error_contains)
        if (wrong !== undefined || error_contains !== undefined) return wrong
        const [view] = [...controller.views().values()]
        const actual = (view?.createdModuleIds ?? []).map((id) => id.slice(id.indexOf('/') + 1))
        const other = difference(sortedText(actual), sortedText(instances))
        if (other !== undefined) return other
      }
      return undefined
    },
  )
}

interface UpdatesRow extends Named {
  readonly config: string
  readonly wait_until: readonly {
    readonly component: string
    readonly export: string
    readonly equals: unknown
  }[]
  /** Values by `arg:NAME` and `export:NAME`. */
  readonly then?: Exports
}

function runUpdates(row: UpdatesRow): Promise<string | undefined> {
  return running(preview, row.config, async (engine, problems) => {
    if (problems !== '') return problems
    for (const { component, equals, ...wait } of row.wait_until) {
      const wrong = await exportsBecome(engine, { [component]: { [wait.export]: equals } })
      if (wrong !== undefined) return wrong
    }
    for (const [id, values] of Object.entries(row.then ?? {})) {
      for (const [key, value] of Object.entries(values)) {
        const [part, name] = key.split(':')
        const actual = shownValue(engine, id, part === 'arg' ? 'arguments' : 'exports', name)
        if (actual !== value) return `${key} of ${id} is ${String(actual)}`
      }
    }
    return undefined
  })
}

interface SourcesRow extends Named {
  readonly sources: Readonly<Record<string, string>>
  readonly load_errors?: number
  readonly [files_with_syntax_error: string]: unknown
}

function runSources({ sources, load_errors, ...row }: SourcesRow): Promise<string | undefined> {
  const files = Object.entries(sources).map(([name, text]) => ({ name, bytes: Buffer.from(text) }))
  return inStorage((storagePath) =>
    withEngine(preview, storagePath, async (engine) => {
      const problems = await problemsOf(engine.loadSources(files, '.'))
      const lines = problems === '' ? [] : problems.split('\n')
      if (load_errors !== undefined) {
        return lines.length === load_errors ? undefined : `${lines.length} errors: ${problems}`
      }
      const expected = Object.values(row).flatMap((value) => (Array.isArray(value) ? value : []))
      const wrong = [...new Set(lines.map((line) => line.split(':')[0] ?? ''))]
      return difference(sortedText(wrong), sortedText(expected.map(String)))
    }),
  )
}

function load(engine: Engine, text: string): Promise<void> {
  return engine.loadSources([{ name: 'FILE', bytes: Buffer.from(text) }], '.')
}

/** An engine that has tried to load the text, and runs it where that went well. */
function running(
  features: Features,
  text: string,
  check: (engine: Engine, problems: string) => Promise<string | undefined>,
): Promise<string | undefined> {
  return inStorage((storagePath) =>
    withEngine(features, storagePath, async (engine) => {
      const problems = await problemsOf(load(engine, text))
      if (problems !== '') return check(engine, problems)
      const stop = new AbortController()
      const ran = engine.run(stop.signal)
      try {
        return await check(engine, problems)
      } finally {
        stop.abort()
        await ran
      }
    }),
  )
}

async function inStorage<T>(use: (path: string) => Promise<T>): Promise<T> {
  const path = mkdtempSync(join(tmpdir(), 'alloyts-runtime-'))
  try {
    return await use(path)
  } finally {
    rmSync(path, { recursive: true, force: true, maxRetries: 3 })
  }
}

async function withController(
  id: string,
  features: Features,
  exported: (values: ReadonlyMap<string, Value>) => void,
  use: (controller: Controller) => Promise<string | undefined>,
): Promise<string | undefined> {
  const runtime = await runtimeOf(features)
  const controller = new Controller({ id, runtime, metrics: metricsOf(runtime), exported })
  try {
    return await use(controller)
  } finally {
    await controller.close(new Stopped('shutdown'))
  }
}

async function loadInto(
  controller: Controller,
  texts: readonly (readonly [name: string, text: string])[],
  input: Omit<ModuleInput, 'body' | 'modulePath'>,
): Promise<string> {
  const diagnostics = new Diagnostics()
  const body = texts.flatMap(([name, text]): readonly Statement[] => {
    return parseFile(createSource(name, Buffer.from(text)), diagnostics).body
  })
  const parsed = diagnostics.errors === 0
  const { list } = diagnostics
  const found = parsed
    ? (await controller.load({ ...input, body, modulePath: '' })).diagnostics
    : list
  const errors = found.filter(({ severity }) => severity === 'error')
  return errors.map(describeDiagnostic).join('\n')
}

function contains(problems: string, expected: string | undefined): string | undefined {
  if (expected === undefined) return problems === '' ? undefined : problems
  return problems.includes(expected) ? undefined : `expected ${expected}\ngot ${problems}`
}

function matches(problems: string, pattern: string): string | undefined {
  return new RegExp(pattern).test(problems) ? undefined : `expected ${pattern}\ngot ${problems}`
}

function sortedText(texts: readonly string[]): string {
  return [...texts].sort().join('\n')
}
