// Checks of configurations given as texts.

import { loadCatalog } from '../../src/cli/catalog.ts'
import { type Checked, type CheckOptions, checkConfig } from '../../src/cli/check_config.ts'
import { localImports } from '../../src/cli/import_reader.ts'
import type { ConfigSource } from '../../src/engine/sources.ts'

/** All features are on unless said, and nothing is imported over the network. */
export async function checkSources(
  sources: readonly ConfigSource[],
  options: Partial<CheckOptions> = {},
): Promise<Checked> {
  return checkConfig(sources, {
    catalog: await loadCatalog(),
    features: { stability: 'experimental', community: true },
    depth: 'upstream',
    disabled: new Set(),
    imports: localImports,
    ...options,
  })
}

/** A single file, `config.alloy`. */
export function checkText(text: string, options: Partial<CheckOptions> = {}): Promise<Checked> {
  return checkSources([{ name: 'config.alloy', bytes: Buffer.from(text) }], options)
}
