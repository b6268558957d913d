// What an instance of a `declare` may be given: the arguments that its body names.

import type { Diagnostics } from '../syntax/diagnostics.ts'
import type { BlockStatement } from '../syntax/tree.ts'

/** By name, whether it must be given. */
export type CustomArguments = ReadonlyMap<string, { readonly required: boolean }>

export function customArguments(declare: BlockStatement): CustomArguments {
  const found = new Map<string, { readonly required: boolean }>()
  for (const statement of declare.body) {
    if (statement.kind !== 'block' || statement.name !== 'argument') continue
    found.set(statement.label, { required: !isOptional(statement) })
  }
  return found
}

/** Names only: what values fit is known when the module runs. */
export function checkCustomArguments(
  known: CustomArguments,
  block: BlockStatement,
  diagnostics: Diagnostics,
): void {
  const given = new Set<string>()
  for (const { kind, name, span } of block.body) {
    given.add(name)
    if (kind === 'block' || !known.has(name)) {
      diagnostics.error(`unrecognized ${kind} name "${name}"`, span)
    }
  }
  for (const [name, { required }] of known) {
    if (required && !given.has(name)) {
      diagnostics.error(`missing required attribute "${name}"`, block.span)
    }
  }
}

function isOptional(argument: BlockStatement): boolean {
  return argument.body.some((statement) => {
    if (statement.kind !== 'attribute' || statement.name !== 'optional') return false
    const { value } = statement
    return value.kind === 'literal' && value.text === 'true'
  })
}
