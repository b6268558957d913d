// What the built-in program puts into a support bundle.

import type { Engine } from '../engine/engine.ts'
import type { InternalNetwork } from '../engine/internal_network.ts'
import { uiPrefix } from '../server/routes.ts'
import type { BundleFacts } from '../server/support_bundle/parts.ts'
import type { LogTee } from '../services/log_tee.ts'
import { goArchitecture, goPlatform } from '../services/program.ts'
import { redactedSources, redactedText } from '../services/redacted_source.ts'
import { loadCatalog } from './catalog.ts'
import { flagsText } from './flags_text.ts'
import type { ProgramOptions } from './run_program.ts'

export interface SupportParts {
  readonly engine: Engine
  readonly internal: InternalNetwork
  readonly logs: LogTee
  mask(text: string): string
}

export function supportFacts(
  { environment, flags, uiPathPrefix, version }: ProgramOptions,
  { engine, internal, logs, mask }: SupportParts,
): BundleFacts {
  return {
    version: `v${version}`,
    os: goPlatform(),
    architecture: goArchitecture(),
    environment,
    logs,
    flags: () => flagsText(flags),
    metrics: () => engine.exposition(),
    api: (name) => {
      const path = `${uiPrefix(uiPathPrefix)}${name}`
      const { signal } = new AbortController()
      return internal.request({ method: 'GET', path, headers: {}, signal })
    },
    sources: async () => {
      const { activeSources, lastSources } = engine
      const options = { catalog: await loadCatalog(), mask }
      const before = activeSources === lastSources ? [] : activeSources
      return {
        config: await redactedSources([...lastSources, ...before], options),
        imported: await redactedSources(engine.importedSources(), options),
      }
    },
    redact: (text) => redactedText(text, mask),
  }
}
