// Arguments from the text of a block's body, as a component gets them.

import { Scope } from '../../src/eval/scope.ts'
import { decodeBlock } from '../../src/schema/decode.ts'
import type { Decoded, Fields, Schema } from '../../src/schema/schema.ts'
import { Diagnostics, describeDiagnostic } from '../../src/syntax/diagnostics.ts'
import { parseFile } from '../../src/syntax/parser.ts'
import { createSource } from '../../src/syntax/source.ts'

/** Throws what is wrong with the text. */
export function decodeText<F extends Fields>(
  schema: Schema<F>,
  text: string,
  scope = Scope.empty,
): Decoded<F> {
  const diagnostics = new Diagnostics()
  const file = parseFile(createSource('', Buffer.from(text)), diagnostics)
  const { args, problems } = decodeBlock(schema, { body: file.body }, scope)
  const wrong = [...diagnostics.list, ...problems]
  if (wrong.length > 0) throw new Error(wrong.map(describeDiagnostic).join('\n'))
  if (args === undefined) throw new Error('the arguments hold unknowns')
  return args
}
