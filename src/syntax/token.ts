// The kinds of tokens, by the names that error messages use.

/** Operators and delimiters are their own names. */
export type TokenKind =
  | 'ILLEGAL'
  | 'EOF'
  | 'COMMENT'
  | 'IDENT'
  | 'NUMBER'
  | 'FLOAT'
  | 'STRING'
  | 'BOOL'
  | 'NULL'
  | 'TERMINATOR'
  | Operator

export type Operator =
  | '||'
  | '&&'
  | '!'
  | '='
  | '=='
  | '!='
  | '<'
  | '<='
  | '>'
  | '>='
  | '+'
  | '-'
  | '*'
  | '/'
  | '%'
  | '^'
  | '{'
  | '}'
  | '('
  | ')'
  | '['
  | ']'
  | ','
  | '.'

export interface Token {
  readonly kind: TokenKind
  /** As written; empty for operators and the end, a line feed for terminators. */
  readonly text: string
  /** Offsets of the first byte and behind the last one. */
  readonly start: number
  readonly end: number
}
