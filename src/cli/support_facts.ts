// What the built-in program puts into a support bundle.

import type { Engine } from '../engine/engine.ts'
import type { InternalNetwork } from '../engine/internal_network.ts'
import { Slice } from '../engine/slice.ts'
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
    metrics: async () => maskedLines(await engine.exposition(), mask),
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

/** Large enough that few secrets are looked for often, small enough for the event loop. */
const pieceLength = 64 * 1024

async function maskedLines(text: string, mask: (text: string) => string): Promise<string> {
  const slice = new Slice()
  let masked = ''
  for (let at = 0; at < text.length; ) {
    const lineEnd = text.indexOf('\n', at + pieceLength)
    const end = lineEnd < 0 ? text.length : lineEnd + 1
    masked += mask(text.slice(at, end))
    at = end
    if (slice.due()) await slice.pause()
  }
  return masked
}
