// Which exports of a component others read.

import type { StaticModule } from '../engine/static/model.ts'

/** By id of a node, the names of its exports that something in the module reads. */
export type ReadExports = ReadonlyMap<string, ReadonlySet<string>>

export function readExports(module: StaticModule): ReadExports {
  const read = new Map<string, Set<string>>()
  const visit = ({ nodes, modules }: StaticModule) => {
    for (const { references } of nodes) {
      for (const { target, path } of references) {
        const names = read.get(target) ?? new Set()
        // What is read whole, or by an index, may be any of them.
        read.set(target, names.add(path[0] ?? anyExport))
      }
    }
    // Templates see the nodes around them; other modules have their own.
    for (const inner of modules) if (inner.kind === 'template') visit(inner)
  }
  visit(module)
  return read
}

const anyExport = '*'

/** Without names: whether any is read. */
export function isRead(read: ReadExports, id: string, name?: string): boolean {
  const names = read.get(id)
  if (names === undefined) return false
  return name === undefined || names.has(name) || names.has(anyExport)
}
