// The syntax tree. Nodes are plain data; every span covers the node's text exactly.

import type { Source, Span } from './source.ts'

export interface File {
  readonly source: Source
  readonly body: readonly Statement[]
  /** Groups of comments on adjacent lines, in source order; no node owns a comment. */
  readonly comments: readonly (readonly Comment[])[]
}

export interface Comment {
  readonly span: Span
  /** With its slashes, without the line's end; carriage returns are removed. */
  readonly text: string
}

export type Statement = AttributeStatement | BlockStatement

export interface AttributeStatement {
  readonly kind: 'attribute'
  readonly name: string
  readonly nameSpan: Span
  readonly value: Expression
  readonly span: Span
}

export interface BlockStatement {
  readonly kind: 'block'
  /** `prometheus.scrape`: the parts joined by dots. */
  readonly name: string
  readonly nameSpan: Span
  /** The raw text between the quotes; empty means no label. */
  readonly label: string
  /** With its quotes. */
  readonly labelSpan?: Span
  readonly body: readonly Statement[]
  /** Offset of `{`. */
  readonly open: number
  /** Offset of `}`. */
  readonly close: number
  readonly span: Span
}

export type Expression =
  | LiteralExpression
  | IdentifierExpression
  | ArrayExpression
  | ObjectExpression
  | AccessExpression
  | IndexExpression
  | CallExpression
  | UnaryExpression
  | BinaryExpression
  | ParenExpression

export interface LiteralExpression {
  readonly kind: 'literal'
  readonly type: 'null' | 'bool' | 'number' | 'float' | 'string'
  /** As written, quotes included. Bytes that are not UTF-8 are escaped as src/go/text.ts says. */
  readonly text: string
  readonly span: Span
}

export interface IdentifierExpression {
  readonly kind: 'identifier'
  readonly name: string
  readonly span: Span
}

export interface ArrayExpression {
  readonly kind: 'array'
  readonly elements: readonly Expression[]
  readonly span: Span
}

export interface ObjectExpression {
  readonly kind: 'object'
  readonly fields: readonly ObjectField[]
  readonly span: Span
}

export interface ObjectField {
  /** Raw text, escapes not decoded; the empty quoted key keeps its two quotes. */
  readonly name: string
  readonly nameSpan: Span
  readonly quoted: boolean
  readonly value: Expression
}

export interface AccessExpression {
  readonly kind: 'access'
  readonly value: Expression
  readonly name: string
  readonly nameSpan: Span
  readonly span: Span
}

export interface IndexExpression {
  readonly kind: 'index'
  readonly value: Expression
  /** Offset of `[`. */
  readonly open: number
  readonly index: Expression
  readonly span: Span
}

export interface CallExpression {
  readonly kind: 'call'
  readonly callee: Expression
  /** Offset of `(`. */
  readonly open: number
  readonly args: readonly Expression[]
  readonly span: Span
}

export interface UnaryExpression {
  readonly kind: 'unary'
  readonly operator: '!' | '-'
  readonly value: Expression
  readonly span: Span
}

export type BinaryOperator =
  | '||'
  | '&&'
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

export interface BinaryExpression {
  readonly kind: 'binary'
  readonly operator: BinaryOperator
  readonly operatorSpan: Span
  readonly left: Expression
  readonly right: Expression
  readonly span: Span
}

export interface ParenExpression {
  readonly kind: 'paren'
  readonly value: Expression
  readonly span: Span
}
