// Tokens of OTTL, the language of conditions and statements in OpenTelemetry components.
// Source of the behaviour: the lexer rules of opentelemetry-collector-contrib/pkg/ottl.

import { quote } from '../../../../go/quote.ts'

/** As messages name them. */
export type TokenKind =
  | 'bytes'
  | 'float'
  | 'int'
  | 'string'
  | 'opnot'
  | 'opor'
  | 'opand'
  | 'opcomparison'
  | 'opaddsub'
  | 'opmultdiv'
  | 'boolean'
  | 'equal'
  | 'punct'
  | 'uppercase'
  | 'lowercase'
  | 'eof'

export interface Token {
  readonly kind: TokenKind
  readonly text: string
  /** In UTF-16 units from the start of the text. */
  readonly offset: number
}

/** Something that OTTL's grammar has no place for. */
export class OttlSyntaxError extends Error {
  constructor(source: string, offset: number, problem: string) {
    super(`${placeOf(source, offset)}: ${problem}`)
    this.name = 'OttlSyntaxError'
  }
}

/** The first that matches counts, not the longest. */
const rules: readonly (readonly [TokenKind | 'blank', RegExp])[] = [
  ['blank', /\s+/y],
  ['bytes', /0x[a-fA-F0-9]+/y],
  ['float', /[-+]?\d*\.\d+(?:[eE][-+]?\d+)?/y],
  ['int', /[-+]?\d+/y],
  ['string', /"(?:\\.|[^\\"])*"/y],
  ['opnot', /not\b/y],
  ['opor', /or\b/y],
  ['opand', /and\b/y],
  ['opcomparison', /==|!=|>=|<=|>|</y],
  ['opaddsub', /[+-]/y],
  ['opmultdiv', /[/*]/y],
  ['boolean', /(?:true|false)\b/y],
  ['equal', /=/y],
  ['punct', /[(){}:,.[\]]/y],
  ['uppercase', /[A-Z][A-Z0-9_]*/y],
  ['lowercase', /[a-z][a-z0-9_]*/y],
]

/** Characters of a text without any token that messages repeat. */
const sampleLength = 16

/** The tokens of `source`; the last is of the kind `eof`. Throws `OttlSyntaxError`. */
export function tokensOf(source: string): Token[] {
  const tokens: Token[] = []
  let offset = 0
  while (offset < source.length) {
    const token = tokenAt(source, offset)
    if (token.kind !== 'blank') tokens.push({ ...token, kind: token.kind })
    offset += token.text.length
  }
  tokens.push({ kind: 'eof', text: '<EOF>', offset })
  return tokens
}

function tokenAt(source: string, offset: number) {
  for (const [kind, pattern] of rules) {
    pattern.lastIndex = offset
    const text = pattern.exec(source)?.[0]
    if (text !== undefined) return { kind, text, offset }
  }
  const rest = [...source.slice(offset)]
  const sample = rest.length > sampleLength ? [...rest.slice(0, sampleLength), '...'] : rest
  const problem = `lexer: invalid input text ${quote(sample.join(''))}`
  throw new OttlSyntaxError(source, offset, problem)
}

/** Line and column, both from 1; columns are code points. */
function placeOf(source: string, offset: number): string {
  const lines = source.slice(0, offset).split('\n')
  return `${lines.length}:${[...(lines.at(-1) ?? '')].length + 1}`
}
