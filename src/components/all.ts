// Every component and configuration block that is declared. What a configuration does not name is
// never loaded.

import type { BlockDeclaration, Declaration } from '../schema/declaration.ts'

interface Module<D> {
  readonly declaration: D
}

/** By name as users write it. Each loads the declaration; its `load` loads what runs it. */
export const components: { readonly [name: string]: () => Promise<Module<Declaration>> } = {
  'discovery.relabel': () => import('./discovery/relabel.ts'),
  'local.file': () => import('./local/file.ts'),
  'prometheus.echo': () => import('./prometheus/echo.ts'),
  'prometheus.exporter.self': () => import('./prometheus/exporter/self.ts'),
  'prometheus.relabel': () => import('./prometheus/relabel.ts'),
  'prometheus.remote_write': () => import('./prometheus/remote_write.ts'),
  'prometheus.scrape': () => import('./prometheus/scrape.ts'),
}

export const configBlocks: { readonly [name: string]: () => Promise<Module<BlockDeclaration>> } = {
  argument: () => import('./config/argument.ts'),
  cluster: async () => ({ declaration: (await import('./config/closed.ts')).cluster }),
  declare: () => import('./config/declare.ts'),
  export: () => import('./config/export.ts'),
  foreach: () => import('./config/foreach.ts'),
  http: () => import('./config/http.ts'),
  'import.file': () => import('./config/import/file.ts'),
  'import.git': () => import('./config/import/git.ts'),
  'import.http': () => import('./config/import/http.ts'),
  'import.string': () => import('./config/import/string.ts'),
  labelstore: () => import('./config/labelstore.ts'),
  livedebugging: () => import('./config/livedebugging.ts'),
  logging: () => import('./config/logging.ts'),
  otel: async () => ({ declaration: (await import('./config/closed.ts')).otel }),
  remotecfg: () => import('./config/remotecfg.ts'),
  tracing: () => import('./config/tracing.ts'),
  ui: async () => ({ declaration: (await import('./config/closed.ts')).ui }),
}

/** The declaration of a component, or undefined where there is no such component. */
export async function declarationOf(name: string): Promise<Declaration | undefined> {
  const load = Object.hasOwn(components, name) ? components[name] : undefined
  return (await load?.())?.declaration
}

export async function blockDeclarationOf(name: string): Promise<BlockDeclaration | undefined> {
  const load = Object.hasOwn(configBlocks, name) ? configBlocks[name] : undefined
  return (await load?.())?.declaration
}
