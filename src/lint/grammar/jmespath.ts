// Whether a text is a JMESPath expression, as the community's specification has it: with
// arithmetic, let expressions and slices of strings. Only the syntax is looked at.

export interface JmesPathProblem {
  readonly message: string
  /** Where in the text, in UTF-16 units. */
  readonly at: number
}

export function jmesPathProblem(text: string): JmesPathProblem | undefined {
  try {
    const parser = new Parser(tokensOf(text))
    parser.expression(0)
    parser.end()
    return undefined
  } catch (error) {
    if (error instanceof Unparsable) return { message: error.message, at: error.at }
    throw error
  }
}

class Unparsable extends Error {
  readonly at: number

  constructor(message: string, at: number) {
    super(message)
    this.at = at
  }
}

type Kind = 'name' | 'quoted' | 'literal' | 'number' | 'variable' | 'operator' | 'end'

interface Token {
  readonly kind: Kind
  readonly text: string
  readonly at: number
}

const patterns: readonly (readonly [Kind, RegExp])[] = [
  ['name', /[A-Za-z_]\w*/y],
  ['quoted', /"(?:[^"\\]|\\.)+"/sy],
  ['literal', /'(?:[^'\\]|\\.)*'|`(?:[^`\\]|\\.)*`/sy],
  ['number', /-?\d+/y],
  ['variable', /\$[A-Za-z_]\w*/y],
  ['operator', /\[\?|\[\]|\|\||&&|==|!=|<=|>=|\/\/|[.*[\]{}(),:|&!<>@$=+\-/%×÷−]/y],
]

function tokensOf(text: string): readonly Token[] {
  const tokens: Token[] = []
  for (let at = 0; at < text.length; ) {
    if (/\s/.test(text[at]!)) {
      at++
      continue
    }
    const found = patterns.flatMap(([kind, pattern]) => {
      pattern.lastIndex = at
      const match = pattern.exec(text)
      return match === null ? [] : [{ kind, text: match[0], at }]
    })
    // A minus sign between two operands is an operator, before a number in brackets a sign.
    const previous = tokens.at(-1)
    const isBehindOperand = previous !== undefined && isOperandEnd(previous)
    const token = found.find(({ kind, text: word }) => {
      return !(kind === 'number' && word.startsWith('-') && isBehindOperand)
    })
    if (token === undefined) throw new Unparsable(`unexpected ${text[at]}`, at)
    tokens.push(token)
    at += token.text.length
  }
  return [...tokens, { kind: 'end', text: '', at: text.length }]
}

function isOperandEnd({ kind, text }: Token): boolean {
  return kind === 'operator' ? [']', ')', '}', '*', '[]'].includes(text) : kind !== 'end'
}

/** How tightly operators bind, as the reference implementations have it. */
const binding: Readonly<Record<string, number>> = {
  '|': 1,
  '||': 3,
  '&&': 4,
  '=': 5,
  '==': 5,
  '!=': 5,
  '<': 5,
  '<=': 5,
  '>': 5,
  '>=': 5,
  '+': 6,
  '-': 6,
  '−': 6,
  '*': 7,
  '×': 7,
  '/': 7,
  '//': 7,
  '÷': 7,
  '%': 7,
  '[]': 9,
  '[?': 21,
  '.': 40,
  '[': 55,
}

/** Deeper nesting is refused, so that nothing recurses without bound. */
const depthMax = 200

class Parser {
  readonly #tokens: readonly Token[]
  #next = 0
  #depth = 0

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens
  }

  end(): void {
    if (this.#peek().kind !== 'end') this.#fail('the end')
  }

  expression(strength: number): void {
    if (++this.#depth > depthMax) this.#fail('less nesting')
    this.#operand()
    for (;;) {
      const { kind, text } = this.#peek()
      const own = kind === 'operator' ? (binding[text] ?? 0) : 0
      if (own <= strength) break
      this.#next++
      this.#after(text, own)
    }
    this.#depth--
  }

  #operand(): void {
    const { kind, text } = this.#take()
    if (kind === 'name') {
      if (text === 'let' && this.#peek().kind === 'variable') this.#let()
      else if (this.#accept('(')) this.#arguments()
      return
    }
    if (kind === 'quoted' || kind === 'literal' || kind === 'variable') return
    if (kind !== 'operator') this.#failAt(this.#next - 1, 'an expression')
    switch (text) {
      case '*':
      case '[]':
      case '@':
      case '$':
        break
      case '!':
        this.expression(45)
        break
      case '-':
      case '+':
      case '−':
        this.expression(8)
        break
      case '&':
        this.expression(2)
        break
      case '(':
        this.expression(0)
        this.#need(')')
        break
      case '{':
        this.#hash()
        break
      case '[':
        this.#bracket(true)
        break
      case '[?':
        this.#filter()
        break
      default:
        this.#failAt(this.#next - 1, 'an expression')
    }
  }

  #after(operator: string, strength: number): void {
    switch (operator) {
      case '.':
        this.#member()
        break
      case '[':
        this.#bracket(false)
        break
      case '[?':
        this.#filter()
        break
      case '[]':
        break
      default:
        this.expression(strength)
    }
  }

  /** What follows a dot. */
  #member(): void {
    const { kind, text } = this.#take()
    if (kind === 'quoted') return
    if (kind === 'name') {
      if (this.#accept('(')) this.#arguments()
      return
    }
    if (text === '{') this.#hash()
    else if (text === '[') this.#list()
    else if (text !== '*') this.#failAt(this.#next - 1, 'a name')
  }

  /** An index, a slice, a star; where an expression begins also a list of expressions. */
  #bracket(begins: boolean): void {
    const { kind, text } = this.#peek()
    if (kind === 'number' || text === ':') {
      while (this.#peek().kind === 'number' || this.#peek().text === ':') this.#next++
      this.#need(']')
    } else if (text === '*' && this.#tokens[this.#next + 1]?.text === ']') {
      this.#next += 2
    } else if (begins || this.#isBehindProjection()) this.#list()
    else this.#fail('an index')
  }

  /** A list may follow at once what gives several values: `[*][a, b]`. */
  #isBehindProjection(): boolean {
    const { text = '' } = this.#tokens[this.#next - 2] ?? {}
    return [']', '[]', '*'].includes(text)
  }

  #list(): void {
    if (this.#accept(']')) return
    do this.expression(0)
    while (this.#accept(','))
    this.#need(']')
  }

  #filter(): void {
    this.expression(0)
    this.#need(']')
  }

  #hash(): void {
    do {
      const { kind } = this.#take()
      if (kind !== 'name' && kind !== 'quoted') this.#failAt(this.#next - 1, 'a name')
      this.#need(':')
      this.expression(0)
    } while (this.#accept(','))
    this.#need('}')
  }

  #arguments(): void {
    if (this.#accept(')')) return
    do this.expression(0)
    while (this.#accept(','))
    this.#need(')')
  }

  /** `let $a = b, $c = d in e` */
  #let(): void {
    do {
      if (this.#take().kind !== 'variable') this.#failAt(this.#next - 1, 'a variable')
      this.#need('=')
      this.expression(0)
    } while (this.#accept(','))
    const { kind, text } = this.#take()
    if (kind !== 'name' || text !== 'in') this.#failAt(this.#next - 1, 'in')
    this.expression(0)
  }

  #peek(): Token {
    return this.#tokens[this.#next] ?? this.#tokens.at(-1)!
  }

  #take(): Token {
    const token = this.#peek()
    this.#next++
    return token
  }

  #accept(operator: string): boolean {
    const { kind, text } = this.#peek()
    if (kind !== 'operator' || text !== operator) return false
    this.#next++
    return true
  }

  #need(operator: string): void {
    if (!this.#accept(operator)) this.#fail(operator)
  }

  #fail(wanted: string): never {
    this.#failAt(this.#next, wanted)
  }

  #failAt(index: number, wanted: string): never {
    const { kind, text, at } = this.#tokens[index] ?? this.#tokens.at(-1)!
    throw new Unparsable(`expected ${wanted}, got ${kind === 'end' ? 'the end' : text}`, at)
  }
}
