// Parses source text into a tree and goes on after errors, so that one run reports all of them.
// What is skipped after an error follows the original: it decides which errors users see.
// Source: syntax/parser of Grafana Alloy, as measured.

import { quote } from '../go/quote.ts'
import type { Diagnostics } from './diagnostics.ts'
import { isIdentifier } from './identifier.ts'
import { Scanner } from './scanner.ts'
import { positionOf, type Source, type Span } from './source.ts'
import type { Token, TokenKind } from './token.ts'
import type {
  BinaryOperator,
  Comment,
  Expression,
  File,
  LiteralExpression,
  ObjectField,
  Statement,
} from './tree.ts'
import { childrenOf } from './walk.ts'

/**
 * Nodes inside one another, chains of operators and accessors included. Whoever walks a tree may
 * recurse: the original has no bound, but its stack grows.
 */
const depthMax = 500
const tooDeep = `expressions and blocks may be nested ${depthMax} deep at most`

/** Higher binds tighter. `^` is right associative and binds tighter than all of these. */
const precedences: Partial<Record<TokenKind, number>> = {
  '||': 1,
  '&&': 2,
  '==': 3,
  '!=': 3,
  '<': 3,
  '<=': 3,
  '>': 3,
  '>=': 3,
  '+': 4,
  '-': 4,
  '*': 5,
  '/': 5,
  '%': 5,
}

const literalTypes: Partial<Record<TokenKind, LiteralExpression['type']>> = {
  NULL: 'null',
  BOOL: 'bool',
  NUMBER: 'number',
  FLOAT: 'float',
  STRING: 'string',
}

const expressionEnds: ReadonlySet<TokenKind> = new Set(['EOF', 'TERMINATOR', ')', '}', ']', ','])

interface Name {
  readonly name: string
  readonly nameSpan: Span
  readonly isDotted: boolean
}

interface Label {
  readonly label: string
  readonly labelSpan: Span
}

/** The tree of a file. What could not be parsed is missing from it or `null`. */
export function parseFile(source: Source, diagnostics: Diagnostics): File {
  const parser = new Parser(source, diagnostics)
  const body = parser.body('EOF')
  return { source, body, comments: parser.comments }
}

/** The tree of a source that holds a single expression. */
export function parseExpression(source: Source, diagnostics: Diagnostics): Expression {
  const parser = new Parser(source, diagnostics)
  const expression = parser.boundedExpression()
  parser.expect('TERMINATOR')
  return expression
}

class Parser {
  readonly comments: Comment[][] = []
  readonly #source: Source
  readonly #diagnostics: Diagnostics
  readonly #scanner: Scanner
  #token: Token
  /** Where the token before ends. */
  #lastEnd = 0
  /** Lines that an error was reported for: further ones there are left out. */
  #lastErrorLine = 0
  #depth = 0
  /** Operators and accessors of the statement at hand. */
  #links = 0

  constructor(source: Source, diagnostics: Diagnostics) {
    this.#source = source
    this.#diagnostics = diagnostics
    this.#scanner = new Scanner(source.bytes, (message, offset) =>
      diagnostics.error(message, this.#at(offset)),
    )
    this.#token = this.#scanPastComments()
  }

  /** Statements up to `until`, which is left to the caller. */
  body(until: TokenKind): Statement[] {
    const statements: Statement[] = []
    while (!this.#is(until) && !this.#is('EOF')) {
      const statement = this.#statement()
      if (statement !== undefined) statements.push(statement)
      if (this.#is(until)) break
      if (!this.#is('TERMINATOR')) {
        this.#fail(`expected TERMINATOR, got ${this.#token.kind}`)
        this.#skipStatement()
      }
      this.#advance()
    }
    return statements
  }

  expression(): Expression {
    const expression = this.#deeper() ? this.#binary(1) : this.#missing()
    this.#depth--
    return expression
  }

  /** Consumes the token in any case. */
  expect(kind: TokenKind): Token {
    const token = this.#token
    if (token.kind !== kind) this.#fail(`expected ${kind}, got ${token.kind}`)
    this.#advance()
    return token
  }

  #is(kind: TokenKind): boolean {
    return this.#token.kind === kind
  }

  #advance(): void {
    this.#lastEnd = this.#token.end
    this.#token = this.#scanPastComments()
  }

  #scanPastComments(): Token {
    let group: Comment[] | undefined
    let groupEndLine = 0
    for (;;) {
      const { kind, text, start, end } = this.#scanner.scan()
      if (kind !== 'COMMENT') return { kind, text, start, end }
      const line = this.#lineOf(start)
      if (group === undefined || line > groupEndLine + 1) {
        group = []
        this.comments.push(group)
      }
      group.push({ text, span: this.#span(start, end) })
      groupEndLine = this.#lineOf(end)
    }
  }

  #lineOf(offset: number): number {
    return positionOf(this.#source, offset).line
  }

  #span(start: number, end: number): Span {
    return { source: this.#source, start, end }
  }

  #at(offset: number): Span {
    return this.#span(offset, Math.min(offset + 1, this.#source.bytes.length))
  }

  #tokenSpan({ start, end }: Token): Span {
    return this.#span(start, end)
  }

  /** Reports at the current token, unless its line has had an error. */
  #fail(message: string, offset = this.#token.start): void {
    const line = this.#lineOf(offset)
    if (line === this.#lastErrorLine) return
    this.#lastErrorLine = line
    this.#diagnostics.error(message, this.#at(offset))
  }

  #skipTo(kind: TokenKind): void {
    while (!this.#is(kind) && !this.#is('EOF')) this.#advance()
  }

  /** Leaves the terminator that ends the statement to the caller. */
  #skipStatement(): void {
    let curly = 0
    let round = 0
    let square = 0
    while (!this.#is('EOF')) {
      const { kind } = this.#token
      if (kind === 'TERMINATOR' && curly <= 0 && round <= 0 && square <= 0) return
      if (kind === '{') curly++
      else if (kind === '}') curly--
      else if (kind === '(') round++
      else if (kind === ')') round--
      else if (kind === '[') square++
      else if (kind === ']') square--
      this.#advance()
    }
  }

  #statement(): Statement | undefined {
    const name = this.#name()
    if (name === undefined) return undefined
    const label = this.#is('=') || this.#is('{') ? undefined : this.#label()
    if (this.#is('=')) return this.#attribute(name, label)
    if (this.#is('{')) return this.#block(name, label)
    const isAmbiguous = !name.isDotted && (label?.label ?? '') === ''
    const expected = isAmbiguous ? 'attribute assignment or block body' : 'block body'
    this.#fail(`expected ${expected}, got ${this.#token.kind}`)
    this.#skipTo('IDENT')
    return undefined
  }

  #name(): Name | undefined {
    const { start } = this.#token
    const parts: string[] = []
    for (;;) {
      if (!this.#is('IDENT')) {
        this.#fail(`expected identifier, got ${this.#token.kind}`)
        this.#skipTo('IDENT')
        return undefined
      }
      parts.push(this.#token.text)
      this.#advance()
      if (!this.#is('.')) break
      this.#advance()
    }
    const nameSpan = this.#span(start, this.#lastEnd)
    return { name: parts.join('.'), nameSpan, isDotted: parts.length > 1 }
  }

  #label(): Label | undefined {
    const token = this.#token
    const { kind, text } = token
    if (kind !== 'STRING') {
      this.#fail(`expected block label, got ${kind}`)
      this.#advance()
      return undefined
    }
    const inner = text.slice(1, -1)
    if (text[0] !== '"') {
      const found = quote(text)
      this.#fail(`expected block label to be a double quoted string, but got ${found}`)
    } else if (inner !== '' && !isIdentifier(inner)) {
      const found = quote(inner)
      this.#fail(`expected block label to be a valid identifier, but got ${found}`)
    }
    this.#advance()
    return { label: inner, labelSpan: this.#tokenSpan(token) }
  }

  #attribute(name: Name, label: Label | undefined): Statement {
    if (name.isDotted) {
      const message = 'attribute names may only consist of a single identifier with no "."'
      this.#diagnostics.error(message, name.nameSpan)
    }
    if (label !== undefined) {
      this.#diagnostics.error('attribute names may not have labels', label.labelSpan)
    }
    this.#advance()
    const value = this.boundedExpression()
    const span = this.#span(name.nameSpan.start, value.span.end)
    return { kind: 'attribute', name: name.name, nameSpan: name.nameSpan, value, span }
  }

  #block({ name, nameSpan }: Name, label: Label | undefined): Statement {
    const open = this.#token.start
    this.#advance()
    const body = this.#deeper() ? this.body('}') : []
    this.#depth--
    const { start: close, end } = this.expect('}')
    const span = this.#span(nameSpan.start, end)
    const block = { kind: 'block' as const, name, nameSpan, body, open, close, span }
    return label === undefined ? { ...block, label: '' } : { ...block, ...label }
  }

  /** A value whose height is bounded, so that recursion over it is safe. */
  boundedExpression(): Expression {
    this.#links = 0
    const value = this.expression()
    if (this.#links + this.#depth < depthMax || !isDeeperThan(depthMax, value)) return value
    this.#diagnostics.error(tooDeep, value.span)
    return { kind: 'literal', type: 'null', text: 'null', span: value.span }
  }

  #binary(precedenceMin: number): Expression {
    let left = this.#power()
    for (;;) {
      const operator = this.#token
      const precedence = precedences[operator.kind] ?? 0
      if (precedence < precedenceMin) return left
      this.#advance()
      left = this.#combine(left, operator, this.#binary(precedence + 1))
    }
  }

  #power(): Expression {
    const base = this.#unary()
    if (!this.#is('^')) return base
    const operator = this.#token
    this.#advance()
    const exponent = this.#deeper() ? this.#power() : this.#missing()
    this.#depth--
    return this.#combine(base, operator, exponent)
  }

  #combine(left: Expression, operator: Token, right: Expression): Expression {
    this.#links++
    return {
      kind: 'binary',
      operator: operator.kind as BinaryOperator,
      operatorSpan: this.#tokenSpan(operator),
      left,
      right,
      span: this.#span(left.span.start, right.span.end),
    }
  }

  #unary(): Expression {
    const { kind, start } = this.#token
    if (kind !== '!' && kind !== '-') return this.#postfix(this.#primary())
    this.#advance()
    const value = this.#deeper() ? this.#unary() : this.#missing()
    this.#depth--
    return { kind: 'unary', operator: kind, value, span: this.#span(start, value.span.end) }
  }

  #postfix(value: Expression): Expression {
    const { start } = value.span
    for (;;) {
      this.#links++
      if (this.#is('.')) {
        this.#advance()
        const name = this.expect('IDENT')
        const nameSpan = this.#tokenSpan(name)
        value = {
          kind: 'access',
          value,
          name: name.text,
          nameSpan,
          span: this.#span(start, name.end),
        }
      } else if (this.#is('[')) {
        const open = this.#token.start
        this.#advance()
        const index = this.expression()
        const { end } = this.expect(']')
        value = { kind: 'index', value, open, index, span: this.#span(start, end) }
      } else if (this.#is('(')) {
        const open = this.#token.start
        this.#advance()
        const args = this.#list(')')
        const { end } = this.expect(')')
        value = { kind: 'call', callee: value, open, args, span: this.#span(start, end) }
      } else if (this.#is('STRING') || this.#is('{')) {
        return this.#misplacedBlock(value)
      } else {
        return value
      }
    }
  }

  /** The user has assigned a block to an attribute: read all of it, for the sake of one error. */
  #misplacedBlock(value: Expression): Expression {
    if (this.#is('STRING')) this.#advance()
    const isOpen = this.expect('{').kind === '{'
    if (isOpen) {
      if (this.#deeper()) this.body('}')
      this.#depth--
      const { kind, end } = this.expect('}')
      if (kind === '}') {
        const span = this.#span(value.span.start, end)
        this.#diagnostics.error('cannot use a block as an expression', span)
        return value
      }
    }
    this.#skipStatement()
    return value
  }

  #primary(): Expression {
    const { kind, text, start } = this.#token
    const span = this.#tokenSpan(this.#token)
    const type = literalTypes[kind]
    if (type !== undefined) {
      this.#advance()
      return { kind: 'literal', type, text, span }
    }
    switch (kind) {
      case 'IDENT':
        this.#advance()
        return { kind: 'identifier', name: text, span }
      case '(': {
        this.#advance()
        const value = this.expression()
        return { kind: 'paren', value, span: this.#span(start, this.expect(')').end) }
      }
      case '[': {
        this.#advance()
        const elements = this.#list(']')
        return { kind: 'array', elements, span: this.#span(start, this.expect(']').end) }
      }
      case '{': {
        this.#advance()
        const fields = this.#fields()
        return { kind: 'object', fields, span: this.#span(start, this.expect('}').end) }
      }
      default: {
        this.#fail(`expected expression, got ${kind}`)
        const missing = this.#missing()
        while (!expressionEnds.has(this.#token.kind)) this.#advance()
        return missing
      }
    }
  }

  #missing(): Expression {
    return { kind: 'literal', type: 'null', text: 'null', span: this.#tokenSpan(this.#token) }
  }

  #list(until: TokenKind): Expression[] {
    const elements: Expression[] = []
    while (!this.#is(until) && !this.#is('EOF')) {
      elements.push(this.expression())
      if (this.#is(until)) break
      if (!this.#is(',')) this.#fail("missing ',' in expression list")
      this.#advance()
    }
    return elements
  }

  /** The original looks for `]` where it asks whether there are any fields. */
  #fields(): ObjectField[] {
    const fields: ObjectField[] = []
    if (this.#is(']')) return fields
    while (!this.#is('}') && !this.#is('EOF')) {
      fields.push(this.#field())
      if (this.#is('}')) break
      if (!this.#is(',')) this.#fail("missing ',' in field list")
      this.#advance()
    }
    return fields
  }

  #field(): ObjectField {
    const token = this.#token
    const { kind, text } = token
    const quoted = kind === 'STRING'
    if (quoted || kind === 'IDENT') {
      this.#advance()
    } else {
      this.#fail(`expected field name (string or identifier), got ${kind}`)
      this.#skipTo('=')
    }
    this.expect('=')
    const name = quoted && text.length > 2 ? text.slice(1, -1) : text
    return { name, nameSpan: this.#tokenSpan(token), quoted, value: this.expression() }
  }

  /** Goes one level down, unless that is too deep: then the rest of the source is given up. */
  #deeper(): boolean {
    this.#depth++
    if (this.#depth <= depthMax) return true
    this.#diagnostics.error(tooDeep, this.#at(this.#token.start))
    const end = this.#source.bytes.length
    this.#token = { kind: 'EOF', text: '', start: end, end }
    this.#lastErrorLine = this.#lineOf(end)
    this.#scanner.stop()
    return false
  }
}

/** Without recursion, as the height is what is in question. */
function isDeeperThan(max: number, root: Expression): boolean {
  const stack = [{ node: root, depth: 1 }]
  for (let top = stack.pop(); top !== undefined; top = stack.pop()) {
    const { node, depth } = top
    if (depth > max) return true
    for (const child of childrenOf(node)) stack.push({ node: child, depth: depth + 1 })
  }
  return false
}
