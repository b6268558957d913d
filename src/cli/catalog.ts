// The built-in declarations, as the engine and the validator ask for them.

import { blockDeclarationOf, configBlocks, declarationOf } from '../components/all.ts'
import type { Catalog } from '../engine/catalog.ts'
import type { BlockDeclaration } from '../schema/declaration.ts'

/** Blocks are few and loaded at once; components as they are named. */
export async function loadCatalog(): Promise<Catalog> {
  const names = Object.keys(configBlocks)
  const declarations = await Promise.all(names.map(blockDeclarationOf))
  const blocks = new Map<string, BlockDeclaration | undefined>()
  for (const [i, name] of names.entries()) blocks.set(name, declarations[i])
  return { component: declarationOf, block: (name) => blocks.get(name) }
}
