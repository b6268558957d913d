// From a block's text to what a component or service is given.

import type { Scope } from '../eval/scope.ts'
import type { Body } from '../schema/body.ts'
import { decodeBlock } from '../schema/decode.ts'
import type { Decoded, Fields, Schema } from '../schema/schema.ts'
import type { BlockStatement } from '../syntax/tree.ts'
import { EvaluationFailed } from './evaluation.ts'

/** Without a block, its defaults. Throws an `EvaluationFailed`. */
export function decodeBody(
  schema: Schema,
  block: BlockStatement | undefined,
  scope: Scope,
): { readonly body: Body; readonly args: Decoded<Fields> } {
  const { args, body, problems } = decodeBlock(schema, block ?? { body: [] }, scope)
  if (problems.length > 0) throw EvaluationFailed.ofText(problems)
  if (args === undefined) throw new Error('the scope of a running configuration holds no unknowns')
  return { body, args }
}
