// Blocks of configuration for tests, decoded from their text.

import { Scope } from '../../src/eval/scope.ts'
import type { Value } from '../../src/eval/value.ts'
import { bytesOf } from '../../src/go/text.ts'
import { type Decoding, decodeBlock } from '../../src/schema/decode.ts'
import type { Decoded, Fields, Schema } from '../../src/schema/schema.ts'
import { Diagnostics, describeDiagnostic } from '../../src/syntax/diagnostics.ts'
import { parseFile } from '../../src/syntax/parser.ts'
import { createSource } from '../../src/syntax/source.ts'
import type { File } from '../../src/syntax/tree.ts'

/** Throws where the text does not parse. */
export function parsed(text: string): File {
  const diagnostics = new Diagnostics()
  const file = parseFile(createSource('', bytesOf(text)), diagnostics)
  const [first] = diagnostics.list
  if (first !== undefined) throw new Error(describeDiagnostic(first))
  return file
}

export function decoding<F extends Fields>(
  schema: Schema<F>,
  body: string,
  bindings: Readonly<Record<string, Value>> = {},
): Decoding<F> {
  return decodeBlock(schema, parsed(body), Scope.empty.extend(new Map(Object.entries(bindings))))
}

/** Arguments as a component would receive them for this body. Throws if it is wrong. */
export function decoded<F extends Fields>(
  schema: Schema<F>,
  body: string,
  bindings: Readonly<Record<string, Value>> = {},
): Decoded<F> {
  const { args, problems } = decoding(schema, body, bindings)
  if (args !== undefined) return args
  throw new Error(problems.map(describeDiagnostic).join('\n'))
}

/** The messages of what is wrong with this body. */
export function complaints(schema: Schema, body: string): string[] {
  return decoding(schema, body).problems.map(({ message }) => message)
}
