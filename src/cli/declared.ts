// Declarations by name, for the commands that show them.

import {
  blockDeclarationOf,
  components as componentModules,
  configBlocks,
  declarationOf,
} from '../components/all.ts'
import { closest } from '../schema/closest.ts'
import type { BlockDeclaration, Declaration } from '../schema/declaration.ts'
import { CommandLineError } from './failure.ts'

export interface Declared {
  readonly components: readonly Declaration[]
  readonly blocks: readonly BlockDeclaration[]
}

export async function allDeclarations(): Promise<Declared> {
  const components = await Promise.all(Object.values(componentModules).map((load) => load()))
  const blocks = await Promise.all(Object.values(configBlocks).map((load) => load()))
  return {
    components: components.map(({ declaration }) => declaration),
    blocks: blocks.map(({ declaration }) => declaration),
  }
}

/** The one of that name. Throws a CommandLineError that names the closest there is. */
export async function declaredNamed(name: string): Promise<Declared> {
  const component = await declarationOf(name)
  if (component !== undefined) return { components: [component], blocks: [] }
  const block = await blockDeclarationOf(name)
  if (block !== undefined) return { components: [], blocks: [block] }
  const names = [...Object.keys(componentModules), ...Object.keys(configBlocks)]
  const near = closest(name, names)
  const hint = near === undefined ? '' : `, did you mean ${near}?`
  throw new CommandLineError(`there is no component or block ${JSON.stringify(name)}${hint}`)
}

/** Name, stability and whether it runs, one component a line, and a sum at the end. */
export function statusTable({ components, blocks }: Declared): string {
  const rows = components.map(({ name, stability, community, load }) => {
    return [name, community ? 'community' : stability, load === undefined ? 'declared' : 'runs']
  })
  const blockRows = blocks.map(({ name, stability }) => [name, stability, 'block'])
  const all = [['NAME', 'STABILITY', 'STATUS'], ...rows, ...blockRows]
  const widths = [0, 1].map((column) => Math.max(...all.map((row) => row[column]!.length)))
  const lines = all.map(([name = '', stability = '', status = '']) => {
    return `${name.padEnd(widths[0]!)}  ${stability.padEnd(widths[1]!)}  ${status}\n`
  })
  const running = components.filter(({ load }) => load !== undefined).length
  return `${lines.join('')}\n${running} of ${components.length} components run\n`
}
