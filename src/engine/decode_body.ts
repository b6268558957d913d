// From a block's text to what a component or service is given.

import type { Scope } from '../eval/scope.ts'
import type { Body } from '../schema/body.ts'
import { type Decoding, decodeBlock, type Problem } from '../schema/decode.ts'
import type { Decoded, Fields, Schema } from '../schema/schema.ts'
import { unavailableIn } from '../schema/unavailable.ts'
import { concealDiagnostics } from '../syntax/concealed.ts'
import type { BlockStatement, Statement } from '../syntax/tree.ts'
import { EvaluationFailed } from './evaluation.ts'
import { secretsOfBlock } from './secret_literals.ts'

/** Without a block, its defaults. Throws an `EvaluationFailed`. */
export function decodeBody(
  schema: Schema,
  block: BlockStatement | undefined,
  scope: Scope,
): { readonly body: Body; readonly args: Decoded<Fields> } {
  const { args, body } = decodeKnown(schema, block, scope)
  if (args === undefined) throw new Error('the scope of a running configuration holds no unknowns')
  return { body, args }
}

/**
 * As `decodeBody`, of what is known so far: without arguments where they rest on what only a
 * running component knows.
 */
export function decodeKnown(
  schema: Schema,
  block: BlockStatement | undefined,
  scope: Scope,
): Omit<Decoding<Fields>, 'problems'> {
  const { args, body, problems } = decodeBlock(schema, block ?? { body: [] }, scope)
  if (problems.length > 0) {
    const concealed = secretsOfBlock(schema, block?.body ?? [])
    throw EvaluationFailed.ofText(concealDiagnostics(problems, concealed))
  }
  const refused = unavailableIn(body)
  if (refused.length > 0) throw EvaluationFailed.ofText(refused.map((path) => refusal(path, block)))
  return { args, body }
}

/** `path` is `endpoint.sigv4`, which may be a default that nobody wrote. */
function refusal(path: string, block: BlockStatement | undefined): Problem {
  const statement = block && find(block.body, path)
  const what = statement?.kind === 'block' ? 'block' : 'argument'
  const message = `${what} "${path}" is not available in alloyts yet`
  const span = statement?.span ?? block?.nameSpan
  return { severity: 'error', message, span, plain: span === undefined }
}

function find(body: readonly Statement[], path: string): Statement | undefined {
  for (const statement of body) {
    if (statement.name === path) return statement
    if (statement.kind !== 'block' || !path.startsWith(`${statement.name}.`)) continue
    const inner = find(statement.body, path.slice(statement.name.length + 1))
    if (inner !== undefined) return inner
  }
  return undefined
}
