// The running program as our own API shows it.

import { hostname } from 'node:os'
import type { EffectiveConfig, Info } from '../client/api.ts'
import { blockDeclarationOf, declarationOf } from '../components/all.ts'
import type { Engine } from '../engine/engine.ts'
import { nextTurn } from '../engine/slice.ts'
import type { ConfigSource } from '../engine/sources.ts'
import { systemClock } from '../model/clock.ts'
import { schemaJson } from '../schema/schema_json.ts'
import type { LoadReports } from '../server/own/load_reports.ts'
import type { LogBuffer } from '../server/own/log_buffer.ts'
import type { MetaHistory } from '../server/own/meta_history.ts'
import type { ProgramView } from '../server/own/program_view.ts'
import { uiPrefix } from '../server/routes.ts'
import { redactedSources } from '../services/redacted_source.ts'
import { loadCatalog } from './catalog.ts'
import type { ProgramOptions } from './run_program.ts'

export interface ProgramParts {
  readonly engine: Engine
  readonly loads: LoadReports
  readonly logs: LogBuffer | undefined
  readonly meta: MetaHistory
  mask(text: string): string
}

export function programView(
  { path, uiPathPrefix, version }: ProgramOptions,
  { engine, loads, logs, mask, meta }: ProgramParts,
): ProgramView {
  const facts: Omit<Info, 'lastLoad' | 'liveDebugging'> = {
    alloyts: 1,
    version,
    nodeVersion: process.version,
    platform: process.platform,
    hostname: hostname(),
    startedMs: Math.round(performance.timeOrigin),
    uiPathPrefix: uiPrefix(uiPathPrefix),
    configPath: path,
    clustering: { enabled: false },
    remotecfg: { enabled: false },
  }
  const info = () => {
    const liveDebugging = { enabled: engine.isLiveDebuggingEnabled }
    return { ...facts, liveDebugging, lastLoad: loads.last }
  }
  const sources = sourcesShown(engine, mask)
  return { clock: systemClock, logs, meta, info, sources, documentation, mask }
}

/** What was shown of sources holds until there are others: finding secrets takes its time. */
function sourcesShown(
  engine: Engine,
  mask: ProgramParts['mask'],
): () => Promise<EffectiveConfig['sources']> {
  let known: readonly ConfigSource[] = []
  let shown: EffectiveConfig['sources'] = []
  return async () => {
    const sources = [...engine.activeSources, ...engine.importedSources()]
    const isKnown = sources.length === known.length && sources.every((each, i) => each === known[i])
    if (!isKnown) {
      shown = await redacted(sources, mask)
      known = sources
    }
    // More may have become known to be secret.
    return shown.map(({ path, text }) => ({ path, text: mask(text) }))
  }
}

async function redacted(
  sources: readonly ConfigSource[],
  mask: ProgramParts['mask'],
): Promise<EffectiveConfig['sources']> {
  const options = { catalog: await loadCatalog(), mask }
  const shown: { path: string; text: string }[] = []
  for (const source of sources) {
    for (const { name, text } of await redactedSources([source], options)) {
      shown.push({ path: name, text })
    }
    await nextTurn()
  }
  return shown
}

async function documentation(name: string): Promise<object | undefined> {
  const component = await declarationOf(name)
  if (component !== undefined) return schemaJson([component], [])
  const block = await blockDeclarationOf(name)
  return block && schemaJson([], [block])
}
