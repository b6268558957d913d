// unused-component

import type { StaticNode } from '../engine/static/model.ts'
import type { Declaration } from '../schema/declaration.ts'
import type { Type } from '../schema/type.ts'
import type { Lint } from './lint.ts'
import { isRead, readExports } from './use_of_exports.ts'

export const unusedComponent: Lint = {
  code: 'unused-component',
  severity: 'warning',
  summary: 'Nothing uses what a component exports, and it does nothing else.',
  check({ modules }, report) {
    for (const module of modules) {
      const read = readExports(module)
      for (const node of module.nodes) {
        const problem = isRead(read, node.id) ? undefined : problemOf(node)
        if (problem !== undefined) report(node.block.nameSpan, problem)
      }
    }
  },
}

/** Capsules of what others send to. */
const receivers: ReadonlySet<string> = new Set([
  'storage.Appendable',
  'loki.LogsReceiver',
  'otelcol.Consumer',
  'pyroscope.Appendable',
])

/** Those that collect by themselves besides. */
const sources = /^(?:database_observability\.|beyla\.|otelcol\.receiver\.googlecloudpubsub$)/

function problemOf({ kind, id, block, declaration }: StaticNode): string | undefined {
  if (kind !== 'component' || declaration === undefined || !isComponent(declaration)) {
    return undefined
  }
  if (sources.test(block.name)) return undefined
  const exports = Object.entries(declaration.exports)
  const receiver = exports.find(([, { type }]) => isReceiver(type))
  if (receiver !== undefined) return `nothing is sent to ${id}.${receiver[0]}`
  const { fields } = declaration.arguments
  const sends = Object.hasOwn(fields, 'forward_to') || Object.hasOwn(fields, 'output')
  const [first] = exports
  if (first === undefined || sends) return undefined
  return `nothing reads ${id}.${first[0]}`
}

function isComponent(
  declaration: NonNullable<StaticNode['declaration']>,
): declaration is Declaration {
  return 'exports' in declaration
}

function isReceiver({ capsule }: Type<unknown>): boolean {
  return capsule !== undefined && receivers.has(capsule)
}
