// Arguments, exports and debug info as the API shows them, in pieces as `valuePieces` has them.
// Source of the behaviour: alloy/syntax/encoding/alloyjson.

import type { DebugBody, DebugStatement } from '../engine/debug_info.ts'
import { jsonString } from '../go/json_text.ts'
import { goStyle, type JsonStyle, valuePieces } from '../schema/value_json.ts'

/** A body, `[]` where it is empty. Throws on numbers that JSON has no text for. */
export function* bodyPieces(body: DebugBody, style: JsonStyle = goStyle): Generator<string> {
  yield '['
  let comma = ''
  for (const statement of body) {
    yield comma
    yield* statementPieces(statement, style)
    comma = ','
  }
  yield ']'
}

function* statementPieces(statement: DebugStatement, style: JsonStyle): Generator<string> {
  const name = jsonString(statement.name)
  if (statement.kind === 'attribute') {
    yield `{"name":${name},"type":"attr","value":`
    yield* valuePieces(statement.value, style)
  } else {
    const label = statement.label ? `,"label":${jsonString(statement.label)}` : ''
    yield `{"name":${name},"type":"block"${label},"body":`
    yield* bodyPieces(statement.body, style)
  }
  yield '}'
}
