// An engine with the components of alloy-runtime, on the system's clock and files.

import { builtinImports } from '../../src/cli/builtin_imports.ts'
import { loadCatalog } from '../../src/cli/catalog.ts'
import { fileReader } from '../../src/cli/file_reader.ts'
import { declaration as logging } from '../../src/components/config/logging.ts'
import { declaration as tracing } from '../../src/components/config/tracing.ts'
import type { Features } from '../../src/engine/catalog.ts'
import { Engine, LoadError } from '../../src/engine/engine.ts'
import { LiveDebug } from '../../src/engine/live_debug.ts'
import { MetricStore } from '../../src/engine/metrics.ts'
import type { EngineOptions, EngineRuntime } from '../../src/engine/runtime.ts'
import { WorkQueue } from '../../src/engine/work_queue.ts'
import { createStdlib } from '../../src/eval/stdlib.ts'
import type { Value } from '../../src/eval/value.ts'
import { systemClock } from '../../src/model/clock.ts'
import { LabelPool } from '../../src/model/label_pool.ts'
import { silentLogger } from '../../src/model/logger.ts'
import { declareBlock } from '../../src/schema/declaration.ts'
import { schema } from '../../src/schema/schema.ts'
import { describeDiagnostic } from '../../src/syntax/diagnostics.ts'
import { testComponents } from './runtime_components.ts'

/** A service that upstream's tests register. */
const testService = declareBlock({
  name: 'testservice',
  stability: 'generally-available',
  summary: 'For conformance.',
  label: 'none',
  where: 'root',
  service: true,
  arguments: schema({}),
})

export async function engineOptions(
  features: Features,
  storagePath: string,
): Promise<EngineOptions> {
  const catalog = await loadCatalog()
  const service = { configure: () => {} }
  return {
    catalog: {
      component: async (name) => testComponents.get(name),
      block: (name) => (name === testService.name ? testService : catalog.block(name)),
    },
    features,
    scope: createStdlib({
      env: (name) => process.env[name],
      hostname: 'host',
      os: 'linux',
      arch: 'amd64',
      version: 'v0.0.0',
    }),
    services: [
      { ...service, declaration: logging },
      { ...service, declaration: tracing },
    ],
    imports: builtinImports,
    clock: systemClock,
    logger: silentLogger,
    files: fileReader,
    pool: new LabelPool(),
    internal: {
      address: 'alloy.internal:12345',
      request: async () => ({ status: 503, headers: {}, body: new Uint8Array() }),
    },
    program: { version: 'v0.0.0', userAgent: 'conformance', uid: 'uid', hostname: 'host' },
    limits: { scrapeBodySizeBytes: 1, remoteWriteMemoryBytes: 1 },
    storagePath,
    shutdownDeadlineMs: 1_000,
  }
}

/** For a controller without an engine around it. */
export async function runtimeOf(features: Features): Promise<EngineRuntime> {
  const options = await engineOptions(features, 'data')
  return {
    ...options,
    liveDebug: new LiveDebug(options),
    queue: new WorkQueue(),
    modules: new Map(),
    readFailed: () => {},
  }
}

export function metricsOf({ readFailed }: EngineRuntime): MetricStore {
  return new MetricStore((owner, error) => readFailed('metrics', owner, error))
}

/** An engine while `use` needs it, with a storage path of its own. */
export async function withEngine<T>(
  features: Features,
  storagePath: string,
  use: (engine: Engine) => Promise<T>,
): Promise<T> {
  const engine = new Engine(await engineOptions(features, storagePath))
  const stop = new AbortController()
  try {
    return await use(engine)
  } finally {
    stop.abort()
    await engine.close()
  }
}

/** What a load reports, one problem a line; empty where it went well. */
export async function problemsOf(load: Promise<void>): Promise<string> {
  try {
    await load
    return ''
  } catch (error) {
    if (error instanceof LoadError) return error.list.map(describeDiagnostic).join('\n')
    return error instanceof Error ? error.message : String(error)
  }
}

export type Part = 'arguments' | 'exports' | 'debugInfo'

/** Whole numbers as JSON has them. */
export function shownValue(engine: Engine, id: string, part: Part, name?: string): unknown {
  const statements = [...(engine.component(id)?.[part]() ?? [])]
  const found = statements.find((each) => name === undefined || each.name === name)
  return found?.kind === 'attribute' ? plain(found.value) : undefined
}

function plain(value: Value): unknown {
  return typeof value === 'bigint' ? Number(value) : value
}

/** Nothing once `check` finds nothing wrong, else what it finds after three seconds. */
export async function within3s(
  check: () => string | undefined | Promise<string | undefined>,
): Promise<string | undefined> {
  const deadlineMs = systemClock.monotonic() + 3_000
  for (;;) {
    const problem = await check()
    if (problem === undefined || systemClock.monotonic() > deadlineMs) return problem
    await systemClock.sleep(10)
  }
}
